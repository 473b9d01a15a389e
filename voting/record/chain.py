"""The chain of a record: each part is hashed with the one before, and the last hash gives the record's code."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

FORMAT = "local-digital-alliance-vote-1"  # docs/record.md; other rules of counting are another format
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def canonical(value: Any) -> str:
    """A value as JSON that is written one way only: keys sorted, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def chained(parts: Mapping[str, Any]) -> dict[str, Any]:
    """The parts as a bundle: each with its hash, and the code of them all."""
    digest = sha256(FORMAT.encode())
    links = []
    for name, content in parts.items():
        digest = sha256((digest.hexdigest() + canonical([name, content])).encode())
        links.append([name, content, digest.hexdigest()])
    return {"format": FORMAT, "parts": links, "code": code_of(digest.digest())}


def code_of(digest: bytes) -> str:
    """A hash as 16 letters and digits in fours (80 bits), which can be read out and compared by eye."""
    letters = "".join(_LETTERS[byte % 32] for byte in digest[:16])
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))
