"""Receipts as people read and type them."""

import re

_IN_THE_WAY = re.compile(r"[\s‐-―−-]+")


def grouped(code: str) -> str:
    """A receipt in two groups, to be written down: `K7F2Q-DM4XP`; empty for none."""
    return f"{code[:5]}-{code[5:]}" if code else ""


def receipt_read(text: str) -> str:
    """The receipt that somebody typed, with or without its dash, in letters of either case."""
    return _IN_THE_WAY.sub("", text[:40]).upper()
