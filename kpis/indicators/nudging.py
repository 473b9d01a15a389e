"""Asking councils for the figures of the quarter that has ended, and inviting those that are asked for none."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial

from django.db import transaction

from core import clock
from core.schedules import do_each
from councils.models import Organisation
from councils.queries import memberships_that_write, who_takes_over
from kpis.indicators import emails
from kpis.indicators.due import DueFigures, councils_asked_for_nothing, days_since, due_figures
from kpis.indicators.models import ServiceReturn
from kpis.indicators.quarters import ASKED_AFTER, DUE_AFTER, REMINDED_AFTER, last_ended, quarter_key
from kpis.indicators.queries import MEASURED
from outbox.models import Message
from outbox.operations import queue_message

INVITED_AGAIN_AFTER = dt.timedelta(days=350)  # so that it comes after the same quarter of the next year


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


def invite_to_return() -> int:
    """Invite councils that are asked for no figures, each once a year at most; how many.

    In the days in which others are asked. Silence is an answer too, so nobody is reminded, and none of it waits on
    anybody's front page. Safe to run again.
    """
    quarter = last_ended()
    if not ASKED_AFTER <= days_since(quarter) <= DUE_AFTER:
        return 0
    lately = Message.objects.filter(
        kind=emails.figures_invited.name, asked_at__gt=clock.now() - INVITED_AGAIN_AFTER, about_id__isnull=False
    )
    silent = list(
        councils_asked_for_nothing().exclude(pk__in=lately.order_by().values("about_id")).order_by("name", "pk")
    )
    together: dict[int, list[int]] = {}
    writing = memberships_that_write().filter(organisation__in=silent).order_by("organisation__name", "organisation")
    for person, council in writing.values_list("person", "organisation"):
        together.setdefault(person, []).append(council)
    return do_each(partial(_invite, together=together), silent)


@transaction.atomic
def _invite(council: Organisation, *, together: Mapping[int, Sequence[int]]) -> int:
    """Ask for the invitation of a council to each who writes for it, naming the others that they are invited for."""
    key = f"invited after {quarter_key(last_ended())}"
    for person in who_takes_over(council):
        councils = together.get(person.pk, [council.pk])
        queue_message(emails.figures_invited, council, to=person, key=key, councils=councils)
    return 1
