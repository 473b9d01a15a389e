"""What waits for somebody and what is theirs: their week on the home page, and their account page."""
