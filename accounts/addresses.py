"""Addresses that lead nowhere: what stands in place of one for a person who said none, and for an emptied account."""

import uuid

from django.db.models import Q

# No such domain ever exists (RFC 2606), so nothing is ever sent there.
NOWHERE = ".invalid"


def placeholder() -> str:
    """What stands in place of the address of a person at the desk who said none."""
    return f"walk-in-{uuid.uuid4().hex[:12]}@no-address{NOWHERE}"


def is_placeholder(address: str) -> bool:
    """Whether this only stands in place of an address, so that no message is asked for."""
    return address.strip().lower().endswith(NOWHERE)


def has_placeholder(path: str = "") -> Q:
    """The condition that a person said no address; `path` is the lookup path to the person from another model."""
    return Q(**{f"{path}email__iendswith": NOWHERE})
