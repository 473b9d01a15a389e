"""The words of the messages that ask a council for its figures, and that invite it to return any."""

import datetime as dt

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from core.words import counted
from councils.models import Organisation
from kpis.indicators.due import councils_asked_for_nothing, due_figures
from kpis.indicators.inbox import in_words
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
        for name in ("top", "upload"):
            context[f"{name}_url"] = f"{settings.BASE_URL}{reverse(f'kpis:{name}', args=[council.slug])}"
    return Letter("emails/figures_due", context)


@kind(
    "kpis.figures_invited",
    "Your council is invited to return figures of its services",
    about=Organisation,
    can_be_turned_off=True,
)
def figures_invited(council: Organisation, to: User | None) -> Letter | None:
    """What returning figures is for and how it begins; nothing once any are asked for, or its reader may not."""
    if to is None or not can_return_figures(to, council):
        return None
    if not councils_asked_for_nothing().filter(pk=council.pk).exists():
        return None
    context = {
        "person": to,
        "council": council,
        "top_url": f"{settings.BASE_URL}{reverse('kpis:top', args=[council.slug])}",
        "services_url": f"{settings.BASE_URL}{reverse('kpis:services')}",
    }
    return Letter("emails/figures_invited", context)
