"""What time does to services in numbers: figures are asked for, the views of a month that has ended written down."""

import datetime as dt

from core.schedules import every
from kpis.indicators.nudging import ask_for_figures, invite_to_return
from kpis.reach.operations import keep_months_counted_here, say_what_is_counted_here


@every(days=1, offset=dt.timedelta(hours=1))
def keep_views_of_news() -> None:
    say_what_is_counted_here()
    keep_months_counted_here()


@every(days=1, offset=dt.timedelta(hours=8))
def ask_for_figures_of_services() -> None:
    ask_for_figures()
    invite_to_return()
