"""Pages of needs and what is done on them."""
