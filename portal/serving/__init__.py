"""How requests are answered: cached pages, error pages, and the rules for foreign routes."""
