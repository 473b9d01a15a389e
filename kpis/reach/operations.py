"""Changes of the campaign's reach: numbers entered by people, imported, and those that the portal counts itself."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.db.models.functions import TruncMonth
from wagtail.models import Site

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.months import months_after
from core.permissions import require
from core.words import day_in_words, month_in_words
from kpis.reach.models import PageViews, ReachMetric, ReachValue
from kpis.reach.permissions import NOT_YOURS, can_enter_reach
from publishing.models import NewsPage

DATA = Path(__file__).parent / "data" / "reach.json"
COUNTED_HERE = "Counted by this portal"
MOST = 10**12


@transaction.atomic
def enter_reach(
    metric: ReachMetric,
    *,
    by: User,
    day: dt.date,
    number: int,
    source: str,
    is_at_least: bool = False,
    note: str = "",
    takes_the_place: bool = False,
) -> ReachValue:
    """Enter the number of a metric: for the month that a day is in, or, of a total, until that day.

    Where one stands there already, `takes_the_place` is needed to correct it; the trail keeps what it was.
    """
    require(can_enter_reach(by), NOT_YOURS)
    # Locked, so that the totals on both sides are those that will stand.
    metric = ReachMetric.objects.select_for_update().get(pk=metric.pk)
    day = _day_of(metric, day)
    _refuse_what_cannot_be(metric, day, number, source)
    words = {"number": number, "source": source, "is_at_least": is_at_least, "note": note}
    stands = metric.values.filter(day=day).first()
    if stands and not takes_the_place:
        said = f"{stands.number:,} {metric.unit} stands there already. Say that yours takes its place, or leave it."
        raise Refused(said, field="takes_the_place")
    if stands:
        before = stands.number
        for name, value in {**words, "entered_by": by, "is_illustrative": False}.items():
            setattr(stands, name, value)
        stands.save()
        log_action("kpis.reach_corrected", by=by, about=metric, day=day.isoformat(), before=before, now=number)
        return stands
    value = ReachValue.objects.create(metric=metric, day=day, entered_by=by, **words)
    log_action("kpis.reach_entered", by=by, about=metric, day=day.isoformat(), number=number)
    return value


def _day_of(metric: ReachMetric, day: dt.date) -> dt.date:
    return day.replace(day=1) if metric.kind == ReachMetric.Kind.MONTHLY else day


def _refuse_what_cannot_be(metric: ReachMetric, day: dt.date, number: int, source: str) -> None:
    if metric.is_counted_here:
        raise Refused("The portal counts this itself; nobody enters it.", field="metric")
    if metric.kind == ReachMetric.Kind.MONTHLY and day >= clock.today().replace(day=1):
        raise Refused(f"{month_in_words(day)} has not ended yet.", field="day")
    if day > clock.today():
        raise Refused("That day is still to come.", field="day")
    if not 0 <= number <= MOST:
        raise Refused("Enter a number from 0 to a million million.", field="number")
    if not source.strip():
        raise Refused("Say where the number comes from.", field="source")
    if metric.kind == ReachMetric.Kind.TOTAL:
        before = metric.values.filter(day__lt=day).order_by("-day").first()
        after = metric.values.filter(day__gt=day).order_by("day").first()
        if before and number < before.number:
            said = f"It was {before.number:,} on {day_in_words(before.day)} already, and a total does not fall."
            raise Refused(said, field="number")
        if after and number > after.number:
            said = f"It was {after.number:,} on {day_in_words(after.day)}, later than that, and a total does not fall."
            raise Refused(said, field="number")


@transaction.atomic
def import_reach(path: Path = DATA) -> int:
    """Load metrics and numbers from a file, and return how many were new. What stands already is never written over.

    But the words of what the portal counts itself are those of the release that counts it.
    """
    said = json.loads(path.read_text("utf-8"))
    new = 0
    say_what_is_counted_here()
    for place, row in enumerate(said["metrics"], 1):
        _, is_new = ReachMetric.objects.get_or_create(slug=row["slug"], defaults={**row, "position": 10 * place})
        new += is_new
    metrics = {metric.slug: metric for metric in ReachMetric.objects.all()}
    for row in said["values"]:
        more = {name: value for name, value in row.items() if name not in ("metric", "day")}
        day = dt.date.fromisoformat(row["day"])
        _, is_new = ReachValue.objects.get_or_create(metric=metrics[row["metric"]], day=day, defaults=more)
        new += is_new
    return new


def say_what_is_counted_here() -> int:
    """Give what the portal counts itself the definition of this release, and return how many had another.

    How it is counted changes with the code, so no database of an earlier release keeps saying what was true then.
    """
    changed = 0
    for row in json.loads(DATA.read_text("utf-8"))["metrics"]:
        if row.get("is_counted_here"):
            ours = ReachMetric.objects.filter(slug=row["slug"], is_counted_here=True)
            changed += ours.exclude(definition=row["definition"]).update(definition=row["definition"])
    return changed


@transaction.atomic
def add_views(counted: Mapping[tuple[str, dt.date], int]) -> int:
    """Add views by path and day to the rows of their pages of news, and return how many were added.

    Paths of anything else are left out. All or none: whoever could not add them keeps them.
    """
    root = Site.objects.select_related("root_page").get(is_default_site=True).root_page.url_path.rstrip("/")
    paths = {f"{root}{path}" for path, _ in counted}
    keys = dict(NewsPage.objects.live().filter(url_path__in=paths).values_list("url_path", "pk"))
    found = [(keys.get(f"{root}{path}"), day, views) for (path, day), views in counted.items()]
    # In one order, so that two servers that add at once do not wait for each other.
    rows = sorted((key, day, views) for key, day, views in found if key is not None)
    for key, day, views in rows:
        if not _added(key, day, views):
            try:
                with transaction.atomic():
                    PageViews.objects.create(page_id=key, day=day, views=views)
            except IntegrityError:  # another server was first
                _added(key, day, views)
    return sum(views for *_, views in rows)


def _added(key: int, day: dt.date, views: int) -> int:
    return PageViews.objects.filter(page=key, day=day).update(views=F("views") + views)


@transaction.atomic
def keep_months_counted_here() -> ReachValue | None:
    """Write down the views of news in each whole month since counting began, and return what stands of the last.

    Each once more where a server was late, and each that nobody wrote down in its time. What is kept does not fall: the
    views of a page that was deleted since have gone with it. A month without a view is 0 once counting has begun;
    before that nothing is kept, and None returned.
    """
    last = months_after(clock.today().replace(day=1), -1)
    metric = ReachMetric.objects.select_for_update().filter(is_counted_here=True).first()
    if metric is None:
        return None
    counted = PageViews.objects.filter(day__lt=months_after(last, 1)).annotate(month=TruncMonth("day")).order_by()
    views = dict(counted.values_list("month").annotate(Sum("views")))
    stands = {value.day: value for value in metric.values.all()}
    kept = (day for day, value in stands.items() if value.source == COUNTED_HERE and not value.is_illustrative)
    month = min([*views, *kept], default=None)
    while month and month <= last:
        value, number = stands.get(month), views.get(month, 0)
        if value is None:
            stands[month] = metric.values.create(day=month, number=number, source=COUNTED_HERE)
        elif value.number < number and not value.is_illustrative:
            value.number = number
            value.save()
        month = months_after(month, 1)
    return stands.get(last)
