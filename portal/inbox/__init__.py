"""A person's own pages: their week on the home page, and their account page."""
