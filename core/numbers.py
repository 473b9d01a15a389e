"""Numbers as people send them, in an address or a form."""

import re
from decimal import Decimal

HIGHEST_KEY = 2**63 - 1  # that a database keeps; no row has it


def revision_read(text: str) -> int:
    """The revision that a form was made from; -1, which no record has, where it names none."""
    number = whole_number(text)
    return -1 if number is None else number


def whole_number(text: str, *, least: int = 0, most: int = HIGHEST_KEY) -> int | None:
    """The number from `least` to `most` written in plain digits; None for anything else.

    Safe for texts of any length, of which `int` refuses the longest. Without `most`, up to the highest key.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        return None
    number = int(text)
    return number if least <= number <= most else None


def decimal_number(text: str) -> Decimal | None:
    """The number of 0 or more in “1,838” or “2.5”, of nine digits and two decimals at most; None for other texts."""
    plain = text.strip().replace(",", "")
    return Decimal(plain) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", plain) else None
