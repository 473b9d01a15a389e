"""How often people came to council websites for a service: the twenty largest of 2012, as their source printed them."""
