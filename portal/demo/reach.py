"""How far the campaign reached: the three numbers of the report, months before them that are made up, and views of today.

What leads up to the report's numbers is illustrative, and so are the views of the last months, which no reader made.
"""

import datetime as dt

from core import clock
from core.months import months_after
from kpis.models import ReachMetric, ReachValue
from kpis.reach.operations import import_reach

# January to November 2014; December is the report's.
OPENS = (4100, 4350, 4900, 5200, 5150, 5900, 6300, 5700, 6900, 7450, 7800)
VIEWS = (6800, 7100, 7900, 8600, 8200, 9300, 9900, 8700, 10800, 11600, 12100)
IMPRESSIONS = ((3, 31, 1_900_000), (6, 30, 3_600_000), (9, 30, 5_400_000))
# The six months before this one.
HERE = (310, 420, 380, 510, 640, 590)


def build() -> None:
    """Load the report's numbers, and add what leads up to them; a number that stands is left alone."""
    import_reach()
    for slug, numbers in (("newsletter-opens", OPENS), ("news-blog-views", VIEWS)):
        for month, number in enumerate(numbers, 1):
            _make_up(slug, dt.date(2014, month, 1), number)
    for month, day, number in IMPRESSIONS:
        _make_up("social-impressions", dt.date(2014, month, day), number)
    this_month = clock.today().replace(day=1)
    for place, number in enumerate(HERE):
        _make_up("news-views-here", months_after(this_month, place - len(HERE)), number)


def _make_up(slug: str, day: dt.date, number: int) -> None:
    metric = ReachMetric.objects.get(slug=slug)
    ReachValue.objects.get_or_create(metric=metric, day=day, defaults={"number": number, "is_illustrative": True})
