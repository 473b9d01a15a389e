"""The site's own state: its health, and the start of due schedules."""
