"""The content of a record as it was shown, written one way only, and its hash."""

import datetime as dt
import hashlib
import json
from decimal import Decimal
from typing import Any


def canonical(content: dict[str, Any]) -> bytes:
    """The content as canonical JSON: keys in order, no spaces, UTF-8."""
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return written.encode()


def digest_of(content: dict[str, Any]) -> str:
    """The SHA-256 of the content as canonical JSON."""
    return hashlib.sha256(canonical(content)).hexdigest()


def _plain(value: Any) -> str:
    """A sum or a day as it is hashed: £4.20 and £4.2 are the same."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no one way of being written.")
