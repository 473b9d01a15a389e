"""Fact cards: numbers that others have said, each with who said it, when, and what was counted."""
