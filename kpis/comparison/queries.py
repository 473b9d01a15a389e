"""Reads for comparing a council with others, and for which councils publish all four figures."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from accounts.models import AnyUser
from core import clock
from councils.likeness import Likeness, Weights, like
from councils.models import Organisation, Service
from councils.permissions import councils_of
from kpis.comparison.sums import ComparedCouncil, fixed_on
from kpis.indicators.models import ServiceReturn
from kpis.indicators.permissions import published_returns
from kpis.indicators.queries import MEASURED, MOST_QUARTERS, all_four


def published_quarters(service: Service | None = None) -> dict[dt.date, int]:
    """The quarters of which anything is published, of a service or of any, the latest first; by how many councils."""
    found = published_returns().filter(MEASURED, replaced_at=None)
    if service:
        found = found.filter(service=service)
    counted = found.order_by("-quarter").values_list("quarter").annotate(Count("council", distinct=True))
    return dict(counted[:MOST_QUARTERS])


def is_fixed(quarter: dt.date) -> bool:
    return clock.today() > fixed_on(quarter)


def compared_councils(service: Service, quarter: dt.date) -> list[ComparedCouncil]:
    """All councils with a return of a service and a quarter, those that have ended since too. One query."""
    rows = ServiceReturn.objects.filter(service=service, quarter=quarter).select_related("council")
    by_council: dict[int, list[ServiceReturn]] = {}
    for each in rows.order_by("council", "version"):
        by_council.setdefault(each.council_id, []).append(each)
    was_fixed = is_fixed(quarter)
    evening = dt.datetime.combine(fixed_on(quarter) + dt.timedelta(days=1), dt.time.min, clock.LONDON)
    found = []
    for versions in by_council.values():
        today = versions[-1]
        counted = _that_stood(versions, evening) if was_fixed else None
        was_published = any(not each.for_comparison_only for each in versions)
        found.append(ComparedCouncil(today.council, counted, today, was_published))
    return found


def _that_stood(versions: Iterable[ServiceReturn], moment: dt.datetime) -> ServiceReturn | None:
    stood = [each for each in versions if each.returned_at < moment and (each.replaced_at or moment) >= moment]
    return stood[-1] if stood else None


def kind_of(found: Iterable[ComparedCouncil], council: Organisation) -> str:
    """The kind that a council is compared with: its own when it returned what it publishes, else that of today.

    Of what is for comparison only nobody learns here that it was returned.
    """
    published = (each.kind for each in found if each.council.pk == council.pk and not each.today.for_comparison_only)
    return next(published, council.kind)


def of_a_kind(found: Iterable[ComparedCouncil], kind: str) -> list[ComparedCouncil]:
    """The fixed group of a kind: all that were of it when they returned their figures."""
    return [each for each in found if each.kind == kind]


def alike(
    found: Iterable[ComparedCouncil], council: Organisation, weights: Weights
) -> tuple[list[ComparedCouncil], list[Likeness]]:
    """The councils like one by weights that a reader may change: what they publish today, and why they are like it.

    Nothing that is for comparison only: whoever can change a group can subtract it from itself. Two queries.
    """
    open_today = {
        each.council.pk: ComparedCouncil(each.council, None, each.today, True)
        for each in found
        if not each.today.for_comparison_only
    }
    others = like(council, [each.council for each in open_today.values()], weights)
    reasons = [each for each in others if each.is_alike and each.reasons]
    return [open_today[each.council.pk] for each in reasons], reasons


def own_return(found: Iterable[ComparedCouncil], council: Organisation, user: AnyUser) -> ServiceReturn | None:
    """What a council returned, as far as somebody may see it: what is for comparison only, its own people alone."""
    own = next((each.today for each in found if each.council.pk == council.pk), None)
    if own is None or not own.for_comparison_only:
        return own
    return own if council.pk in {each.pk for each in councils_of(user)} else None


def with_all_four(quarter: dt.date, service: Service | None = None) -> QuerySet[ServiceReturn]:
    """What is published and stands of a quarter and has all four figures, of one service or of any."""
    found = published_returns().filter(all_four(), quarter=quarter, replaced_at=None)
    return found.filter(service=service) if service else found


def services_with_all_four(quarter: dt.date) -> QuerySet[Service]:
    """The services of which anything is published for a quarter, with how many councils publish it and all four."""
    standing = Q(returns__in=published_returns().filter(MEASURED, quarter=quarter, replaced_at=None))
    four = standing & all_four("returns__")
    counted = Service.objects.filter(standing).annotate(
        publish=Count("returns__council", distinct=True), all_four=Count("returns__council", filter=four, distinct=True)
    )
    return counted.order_by("-all_four", "-publish", "name")
