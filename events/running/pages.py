"""The contexts of the pages for those who run an event."""

from typing import Any

from django.db.models import Count

from accounts.models import AnyUser, User
from core import mail
from core.words import counted
from events.event.models import Event
from events.event.running import PARTS, lines_of, part_of
from events.places.who_comes import KindCount, WhoComes, missing_sentence, who_comes
from events.running.emails import letter_of
from events.running.forms import MessageForm
from events.running.models import EventMessage

HEADINGS = {
    "before": ("Before", "Before the day"),
    "now": ("Now", "On the day"),
    "after": ("After", "After the day"),
}
MIX_COLUMNS = ["Kind", ("People", "numeric"), "Needed"]


def run_page(event: Event, user: AnyUser) -> dict[str, Any]:
    """The context of the page with its three parts, the one that fits the hour open and first."""
    current = part_of(event)
    order = [current, *(part for part in PARTS if part != current)]
    coming = who_comes(event)
    parts = [
        {"name": part, "heading": HEADINGS[part][1], "lines": lines, "is_current": part == current}
        for part in order
        if (lines := [] if _is_idle(part, event) else lines_of(part, event, user))
    ]
    return {
        "event": event,
        "parts": parts,
        "mix": mix_against_need(coming),
        "mix_columns": MIX_COLUMNS,
        "missing": missing_sentence(event, coming),
        "people_words": f"{counted(coming.people, 'person', 'people')}{_councils(coming)}",
        "may_cancel": event.state != Event.State.CANCELLED and not event.has_ended and not event.arrived,
    }


def _is_idle(part: str, event: Event) -> bool:
    """Whether a part has nothing to say: the day of a draft."""
    return part == "now" and event.state == Event.State.DRAFT


def _councils(coming: WhoComes) -> str:
    return f" from {counted(len(coming.councils), 'council')}" if coming.councils else ""


def mix_against_need(coming: WhoComes) -> list[tuple[str, str, str]]:
    """The rows of the table of kinds, each with whether the event needs it; others where there are any."""
    others = [("Others", f"{coming.others:,}", "")] if coming.others and coming.kinds else []
    return [(kind.name, f"{kind.people:,}", _needed(kind)) for kind in coming.kinds] + others


def _needed(kind: KindCount) -> str:
    if not kind.is_needed:
        return ""
    return "Yes" if kind.people else "Yes: nobody yet"


def kinds_page(event: Event) -> dict[str, Any]:
    """The context of the list of kinds of people, each with how many have signed up as one."""
    kinds = event.participant_kinds.annotate(people=Count("sign_ups"))
    may_change = event.state != Event.State.CANCELLED and not event.has_ended
    return {"event": event, "kinds": list(kinds), "may_change": may_change}


def preview_of(event: Event, by: User, form: MessageForm) -> dict[str, str]:
    """The subject and words of a message as they would go out, from what was typed, and to how many."""
    one = EventMessage(event=event, by=by, **form.cleaned_data)
    letter = letter_of(one, place_url="[the address of their place]")
    subject, body = mail.written(letter.template, letter.context)
    people = counted(form.sizes[one.audience], "person", "people")
    return {"subject": subject, "body": body, "people": people}
