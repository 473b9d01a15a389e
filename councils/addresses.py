"""What an e-mail address says about where somebody works, read so that nobody can bend it."""

import re

# One @, plain ASCII on both sides, no quotes, no comments, no dot at the end.
_ADDRESS = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,})")


def domain_of(address: str) -> str:
    """The domain in lower case; empty for an address that is not plain."""
    match = _ADDRESS.fullmatch(address.lower()) if address.isascii() else None
    return match[1] if match else ""


def parents_of(domain: str) -> list[str]:
    """`a.b.gov.uk` lies under `b.gov.uk`, `gov.uk` and `uk`."""
    parts = domain.split(".")
    return [".".join(parts[n:]) for n in range(1, len(parts))]
