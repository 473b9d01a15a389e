"""Asking councils for the figures of the quarter that has ended."""

from django.db import transaction

from core.schedules import do_each
from councils.models import Organisation
from councils.queries import who_takes_over
from kpis.indicators import emails
from kpis.indicators.due import DueFigures, days_since, due_figures
from kpis.indicators.quarters import REMINDED_AFTER
from outbox.operations import queue_message


def ask_for_figures() -> int:
    """Ask the contributors of each council whose figures are missing, and remind them once; of how many councils.

    Safe to run again: each is written to once for either.
    """
    return do_each(
        _ask, due_figures(Organisation.objects.councils().in_force().filter(top_services__isnull=False).distinct())
    )


@transaction.atomic
def _ask(due: DueFigures) -> int:
    quarter = due.quarter.isoformat()
    when = "reminded" if days_since(due.quarter) >= REMINDED_AFTER else "asked"
    to = who_takes_over(due.council)
    queue_message(emails.figures_due, due.council, to=to, key=f"{when} for {quarter}", quarter=quarter)
    return 1
