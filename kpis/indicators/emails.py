"""The words of the messages that ask a council for its figures, and that invite it to return any."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import User
from core.words import counted, series
from councils.models import Organisation
from kpis.indicators.due import councils_asked_for_nothing, due_figures
from kpis.indicators.inbox import in_words
from kpis.indicators.models import ServiceReturn
from kpis.indicators.permissions import can_return_figures
from kpis.indicators.quarters import due_in_words, quarter_before, quarter_in_words, quarter_key
from outbox.kinds import Letter, kind


@kind(
    "kpis.figures_due",
    "Figures of your council’s largest services are asked for",
    about=Organisation,
    can_be_turned_off=True,
)
def figures_due(council: Organisation, to: User | None, *, quarter: str) -> Letter | None:
    """That the figures of a quarter are asked for; nothing once all are in, or its reader may not return them."""
    due = next(iter(due_figures([council])), None)
    if to is None or due is None or due.quarter != dt.date.fromisoformat(quarter):
        return None
    if not can_return_figures(to, council):
        return None
    form = reverse("kpis:return", args=[council.slug])
    before = quarter_in_words(quarter_before(due.quarter))
    context = {
        "person": to,
        "council": council,
        "quarter": quarter_in_words(due.quarter),
        "measured": in_words(due) if due.has_list else "",
        "returned": f"{counted(due.of, 'service')} for {before}",
        "due": due_in_words(due.quarter),
        "url": f"{settings.BASE_URL}{form}?quarter={quarter_key(due.quarter)}",
    }
    if not due.has_list:
        context["top_url"] = f"{settings.BASE_URL}{_top(council)}"
        context["upload_url"] = f"{settings.BASE_URL}{reverse('kpis:upload', args=[council.slug])}"
    return Letter("emails/figures_due", context)


@kind(
    "kpis.figures_invited",
    "Your council is invited to return figures of its services",
    about=Organisation,
    can_be_turned_off=True,
)
def figures_invited(council: Organisation, to: User | None, *, councils: Sequence[int]) -> Letter | None:
    """What returning figures is for and how it begins; nothing once any are asked for, or its reader may not.

    `councils` are the keys of all for which its reader is invited at once: the message about the first that is still
    asked for nothing names them all, and those about the others say nothing.
    """
    silent = councils_asked_for_nothing().filter(pk__in=councils).order_by("name", "pk")
    returned = ServiceReturn.objects.filter(council=OuterRef("pk"), replaced_at=None)
    mine = [each for each in silent.annotate(has_returned=Exists(returned)) if to and can_return_figures(to, each)]
    if not mine or mine[0] != council:
        return None
    context = {
        "person": to,
        "councils": [(each, each.has_returned, f"{settings.BASE_URL}{_top(each)}") for each in mine],  # type: ignore[attr-defined]  # annotated
        "names": series(mine),
        "services_url": f"{settings.BASE_URL}{reverse('kpis:services')}",
    }
    return Letter("emails/figures_invited", context)


def _top(council: Organisation) -> str:
    """The address of the form of a council's largest services."""
    return reverse("kpis:top", args=[council.slug])
