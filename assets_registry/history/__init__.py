"""The history of an entry: what changed, when, and by which council."""
