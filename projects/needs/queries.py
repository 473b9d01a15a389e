"""Reads of needs and of those who have them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import User
from councils.models import Organisation
from projects.needs.models import Need, NeedQuerySet, NeedSupport


def who_has(need: Need) -> QuerySet[User]:
    """Who raised the need or joined it for a council, as far as their accounts are open."""
    joined = need.supports.values("joined_by")
    return User.objects.filter(Q(pk=need.raised_by_id) | Q(pk__in=joined), is_active=True)


def supports_of(need: Need) -> list[NeedSupport]:
    """The councils that have a need, in the order in which they joined; each says whether it counts."""
    supports = need.supports.saying_whether_they_count()  # type: ignore[attr-defined]  # its manager is of our queryset
    return list(supports.select_related("council").order_by("joined_at", "pk"))


def needs_of(organisations: Iterable[Organisation]) -> NeedQuerySet:
    """The needs that any of these has: raised or joined."""
    return Need.objects.filter(pk__in=NeedSupport.objects.filter(council__in=organisations).values("need"))
