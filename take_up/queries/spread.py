"""How an asset spread: councils in live use over time, with its launch and versions, and each confirmed status."""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.timezone import localdate

from assets_registry.models import Asset
from core import clock
from core.figures import Share
from core.history import counted_on
from core.words import month_in_words
from councils.kinds import KINDS_OF_TIER
from councils.queries import counts_by_kind_on
from take_up.models import Adoption, StatusConfirmed
from take_up.queries.take_up import BASE_WORDS, is_in_base

MOST_POINTS = 24
_STEPS = (1, 3, 6, 12, 24, 60)  # months


@dataclass(frozen=True)
class SpreadPoint:
    """The councils in live use on a day, of those the asset was for, and what happened since the point before."""

    day: dt.date
    share: Share
    happened: str = ""

    @property
    def label(self) -> str:
        return month_in_words(self.day, in_short=True)


def confirmed_adoptions(asset: Asset) -> list[Adoption]:
    """The confirmed adoptions of an asset with their councils and the times of use that are over; two queries."""
    rows = Adoption.objects.filter(asset=asset, confirmed_at__isnull=False).select_related("council")
    return list(rows.prefetch_related("earlier_uses").order_by("council__name"))


def spread(asset: Asset, adoptions: Iterable[Adoption], also: Iterable[dt.date] = ()) -> list[SpreadPoint]:
    """The take-up of an asset at the ends of months, quarters or years, at most 24 of them, in two queries.

    Each point is counted as take-up is: distinct councils of the base as it was on that day. Told history ends on the
    day its councils are counted on, unless a council has come or gone, or a version has come out, since. Empty before
    the asset is published.
    Those of the days in `also` that lie between have points of their own.
    """
    adoptions, events = list(adoptions), _events(asset)
    if asset.published_at is None:
        return []
    begins = [day for each in adoptions for day in _first_days(each)]
    moves = [*begins, *(each.since for each in adoptions), *(day for day, _ in events)]
    last_told, today = counted_on(asset.published_at), clock.today()
    until = today if any(day > last_told for day in moves) else last_told
    first = min([day for day, _ in events] + begins)
    days = _days(min(first, until), until)
    days = sorted({*days, *(day for day in also if days[0] < day < until)})
    bases = counts_by_kind_on(set(days))
    kinds, found, before = KINDS_OF_TIER[asset.tier], [], dt.date.min
    for day in days:
        live = sum(each.counts_as_live(day) and is_in_base(each.council, asset.tier, day) for each in adoptions)
        share = Share(live, sum(bases[day][kind] for kind in kinds), BASE_WORDS[asset.tier], as_at=day)
        happened = ", ".join(words for on, words in events if before < on <= day)
        found.append(SpreadPoint(day, share, happened))
        before = day
    return found


def _first_days(adoption: Adoption) -> list[dt.date]:
    """The first day of each time of live use."""
    days = [*(begins for begins, _ in adoption.lived_before), adoption.live_since]
    return [day for day in days if day is not None]


def _events(asset: Asset) -> list[tuple[dt.date, str]]:
    """When it was published here, launched as a project, and when its versions came out, the first first."""
    found = []
    if asset.published_at is not None:
        found.append((localdate(asset.published_at), "Published here"))
    if asset.project is not None and asset.project.launched_on:
        found.append((asset.project.launched_on, "Launch"))
    versions = {each.version: each.released_on for each in asset.versions.all() if each.released_on}
    versions |= {asset.version: asset.released_on} if asset.released_on else {}
    said = [(day, f"Version {version}" if version else "Release") for version, day in versions.items()]
    found += [(day, words) for day, words in said if day <= clock.today()]
    return sorted(found)


def _days(first: dt.date, until: dt.date) -> list[dt.date]:
    """The last days of the months from `first`, or of every third, sixth, twelfth, and `until` itself."""
    months = 12 * (until.year - first.year) + until.month - first.month
    step = next((step for step in _STEPS if months / step < MOST_POINTS), _STEPS[-1])
    days, month = [], 12 * first.year + first.month - 1
    while (day := _last_day(month)) < until:
        days.append(day)
        month += step
    return [*days, until]


def _last_day(month: int) -> dt.date:
    """The last day of a month counted from the year 0."""
    year, number = divmod(month, 12)
    return dt.date(year, number + 1, calendar.monthrange(year, number + 1)[1])


def statuses(asset: Asset, day: dt.date, *, are_all_named: bool, councils: Iterable[int] = ()) -> list[StatusConfirmed]:
    """Each confirmed status that began by a day, the latest first: of councils that may be named, and of `councils`."""
    rows = StatusConfirmed.objects.filter(adoption__asset=asset, since__lte=day).select_related("adoption__council")
    found = rows.order_by("-since", "-confirmed_at", "-pk")
    own = set(councils)
    return [each for each in found if are_all_named or each.adoption.may_be_listed or each.adoption.council_id in own]
