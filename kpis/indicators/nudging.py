"""Asking councils for the figures of the quarter that has ended."""

import datetime as dt

from django.db import transaction

from core.schedules import do_each
from councils.models import Organisation
from councils.queries import who_takes_over
from kpis.indicators import emails
from kpis.indicators.due import DueFigures, days_since, due_figures
from kpis.indicators.models import ServiceReturn
from kpis.indicators.quarters import REMINDED_AFTER
from kpis.indicators.queries import MEASURED
from outbox.operations import queue_message


def ask_for_figures() -> int:
    """Ask the contributors of each council whose figures are missing; of how many councils.

    They are asked once a quarter, and reminded once where nothing at all came in, of whichever service. Whoever
    returned something knows of it, and may not count the rest: the line on their front page says how many are missing.
    Safe to run again: each is written to once for either.
    """
    due = due_figures(Organisation.objects.councils().in_force())
    if due and _is_reminded_of(due[0].quarter):  # all of them are due for the same one
        standing = ServiceReturn.objects.filter(MEASURED, replaced_at=None, quarter=due[0].quarter)
        returned = set(standing.order_by().values_list("council", flat=True).distinct())
        due = [each for each in due if each.council.pk not in returned]
    return do_each(_ask, due)


def _is_reminded_of(quarter: dt.date) -> bool:
    return days_since(quarter) >= REMINDED_AFTER


@transaction.atomic
def _ask(due: DueFigures) -> int:
    quarter = due.quarter.isoformat()
    when = "reminded" if _is_reminded_of(due.quarter) else "asked"
    to = who_takes_over(due.council)
    queue_message(emails.figures_due, due.council, to=to, key=f"{when} for {quarter}", quarter=quarter)
    return 1
