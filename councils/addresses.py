"""The domain of an e-mail address, read strictly, so that no crafted address passes for another's domain."""

import re

# One @, plain ASCII on both sides, no quotes, no comments, no dot at the end.
_ADDRESS = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,})")


def domain_of(address: str) -> str:
    """The domain of an address in lower case; empty for an address that is not plain."""
    match = _ADDRESS.fullmatch(address.lower()) if address.isascii() else None
    return match[1] if match else ""


def parents_of(domain: str) -> list[str]:
    """The domains above a domain: `b.gov.uk`, `gov.uk` and `uk` for `a.b.gov.uk`."""
    parts = domain.split(".")
    return [".".join(parts[n:]) for n in range(1, len(parts))]
