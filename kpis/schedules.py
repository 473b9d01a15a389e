"""What time does to services in numbers: the views of a month that has ended are written down."""

import datetime as dt

from core.schedules import every
from kpis.reach.operations import keep_month_counted_here


@every(days=1, offset=dt.timedelta(hours=1))
def keep_views_of_news() -> None:
    keep_month_counted_here()
