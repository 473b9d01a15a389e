"""Pages and deeds along the four steps."""
