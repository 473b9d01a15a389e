"""The pages of the survey's results: each table beside that of the wave before, as a page and as a file."""
