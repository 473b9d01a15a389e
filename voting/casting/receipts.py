"""Receipts as people read them."""


def grouped(code: str) -> str:
    """A receipt in two groups, to be written down: `K7F2Q-DM4XP`; empty for none."""
    return f"{code[:5]}-{code[5:]}" if code else ""
