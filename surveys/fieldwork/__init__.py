"""A wave that is run here: who is asked, how they answer, and how many have."""
