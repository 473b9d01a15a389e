"""What the entries of each kind say beyond what all entries say."""
