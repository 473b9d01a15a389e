"""Counts of councils, always as at a day."""

import datetime as dt

from django.db.models import Count

from councils.models import COUNCIL_KINDS, Organisation


def counts_by_kind(as_at: dt.date | None = None) -> dict[str, int]:
    """How many councils of each kind were in force on that day (today if none is given)."""
    rows = Organisation.objects.councils().in_force(as_at).order_by().values("kind").annotate(n=Count("pk"))
    counted = {row["kind"]: row["n"] for row in rows}
    return {kind.value: counted.get(kind.value, 0) for kind in COUNCIL_KINDS}


def base_for(tier: str, as_at: dt.date | None = None) -> int:
    """How many English councils provided services of `tier` on that day."""
    return Organisation.objects.in_force(as_at).providing(tier).count()
