"""Receipts of sealed answers and of votes: ten letters and digits, shown once to whoever gave them and kept nowhere."""

import re

from django.utils.crypto import salted_hmac

# Without those that are taken for one another: 0, 1, I and O.
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 10


def code_for(purpose: str, whose: str, token: str) -> str:
    """The receipt of a form: the same for the same form, which `token` names, of whoever `whose` names.

    Nobody can work it out without the form, nor the form or its sender from it.
    """
    digest = salted_hmac(purpose, f"{whose}:{token}", algorithm="sha256").digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:LENGTH])


def grouped(code: str) -> str:
    """A receipt in two groups, to be written down: `K7F2Q-DM4XP`; empty for none."""
    return f"{code[:5]}-{code[5:]}" if code else ""


def receipt_code(typed: str) -> str:
    """A receipt as it is kept, from what somebody types: with or without dashes, in any case."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper())
