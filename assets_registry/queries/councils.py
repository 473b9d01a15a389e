"""What one council shares and uses."""

from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from assets_registry.models import Adoption, Asset
from councils.models import Organisation

_IN_USE = [Adoption.Status.EVALUATING, Adoption.Status.PILOTING, Adoption.Status.LIVE]


def owned_or_used(organisation: Organisation) -> QuerySet[Asset, Any]:
    """Published assets it owns, or uses and agreed to be named for, with `use_status` and `use_since`: one query."""
    named = Q(
        adoptions__council=organisation,
        adoptions__confirmed_at__isnull=False,
        adoptions__may_be_listed=True,
        adoptions__status__in=_IN_USE,
    )
    return (
        Asset.objects.published()
        .annotate(use=FilteredRelation("adoptions", condition=named))
        .filter(Q(owner=organisation) | Q(use__isnull=False))
        .annotate(use_status=F("use__status"), use_since=F("use__since"))
        .order_by("name", "pk")
    )
