"""The chain of a record: each part is hashed with the one before, and the last hash gives the record's code."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from sealing.receipts import LETTERS

FORMAT = "local-digital-alliance-vote-1"  # docs/record.md; other rules of counting are another format
PARTS = ("ballot", "options", "rules", "turnout", "votes", "receipts", "result")  # what the code stands for


def canonical(value: Any) -> str:
    """A value as JSON that is written one way only: keys sorted, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def chained(parts: Mapping[str, Any]) -> dict[str, Any]:
    """The parts as a bundle: each with its hash, and the code of the seven that every record has.

    What comes after those, for some readers only, is hashed too and does not change the code.
    """
    assert [*parts][: len(PARTS)] == [*PARTS], "A record has these parts in this order."
    digest = sha256(FORMAT.encode())
    links, code = [], ""
    for name, content in parts.items():
        digest = sha256((digest.hexdigest() + canonical([name, content])).encode())
        links.append([name, content, digest.hexdigest()])
        if len(links) == len(PARTS):
            code = code_of(digest.digest())
    return {"format": FORMAT, "parts": links, "code": code}


def code_of(digest: bytes) -> str:
    """A hash as 16 letters and digits in fours (80 bits), which can be read out and compared by eye."""
    letters = "".join(LETTERS[byte % 32] for byte in digest[:16])
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))
