"""What people type along the four steps."""
