"""What moving contacts from one channel to another would save."""
