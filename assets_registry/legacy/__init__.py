"""Entries from lists of earlier programmes, which nobody has verified yet."""
