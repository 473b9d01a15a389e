"""Receipts as people read them."""

# Without those that are taken for one another: 0, 1, I and O.
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 10


def grouped(code: str) -> str:
    """A receipt in two groups, to be written down: `K7F2Q-DM4XP`; empty for none."""
    return f"{code[:5]}-{code[5:]}" if code else ""
