"""Blocks of which editors compose guidance, news and the home page: each a component of the design system."""
