"""Which asset another is based on, needs, or is a part of."""
