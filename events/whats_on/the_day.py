"""The section of an event's page about the day: agenda, venue, audience and contact."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import AnyUser
from core.words import day_in_words
from events.desk.operations import may_join_now
from events.event import keeping
from events.event.access import access_of
from events.event.models import Event
from events.event.queries import agenda_of, who_is_asked
from events.places.models import SignUp
from events.speaking.permissions import is_of_this_name
from events.speaking.queries import claims_of

STEPS = {Event.Kind.DISCOVERY_DAY: 1, Event.Kind.CO_DESIGN_DAY: 2}


def kind_of(event: Event) -> str:
    """The kind and step of an event in words: `Co-Design Day · step 2 of 4`."""
    step = STEPS.get(Event.Kind(event.kind))
    return f"{event.get_kind_display()} · step {step} of 4" if step else event.get_kind_display()


def _days(event: Event, user: AnyUser, *, is_staff: bool) -> list[dict[str, Any]]:
    """The agenda by day; a day has a name only where there are several."""
    days: dict[int, list[dict[str, Any]]] = {}
    entries = agenda_of(event)
    is_on = event.state != Event.State.CANCELLED  # nobody says then who speaks
    untied = [speaker for entry in entries for speaker in entry.speakers if is_on and speaker.person is None]
    asks = (is_staff and untied) or any(is_of_this_name(user, speaker.name) for speaker in untied)
    claims = claims_of(event, user, is_staff=is_staff) if asks else {}
    for entry in entries:
        line = {"at": entry.time, "title": entry.title, "note": entry.note}
        line["speakers"] = [
            {
                "name": speaker,
                "is_mine": speaker.person is not None and speaker.person == user.pk,
                "may_be_mine": is_on and speaker.person is None and is_of_this_name(user, speaker.name),
                "has_asked": any(claim.person_id == user.pk for claim in claims.get(speaker.key or 0, ())),
                "claims": claims.get(speaker.key or 0, ()) if is_staff else (),
            }
            for speaker in entry.speakers
        ]
        days.setdefault(entry.day, []).append(line)
    first = timezone.localdate(event.starts_at)
    return [{"name": _name(first, day) if event.is_several_days else "", "lines": lines} for day, lines in days.items()]


def _name(first: dt.date, day: int) -> str:
    return day_in_words(first + dt.timedelta(days=day - 1), with_weekday=True, with_year=False)


def _joining(event: Event, place: SignUp | None, *, is_staff: bool) -> dict[str, str]:
    """How to join online: the link for those who run it, a button in time for those with a place, else a sentence."""
    if event.state == Event.State.CANCELLED or event.has_ended:
        return {}
    if not event.join_url:
        return {"words": "How to join is not known yet."} if event.is_online else {}
    if is_staff:
        return {"url": event.join_url}
    if place is None or place.status != SignUp.Status.CONFIRMED:
        return {"words": "People with a place join from here, from 15 minutes before the start."}
    if may_join_now(event):
        return {"button": "Join online"}
    return {"words": "Join from here, from 15 minutes before the start."}


def about_the_day(event: Event, user: AnyUser, *, place: SignUp | None, is_staff: bool) -> dict[str, Any]:
    """The context of this section; one query for the agenda, one where somebody may say that a speaker is them."""
    contact = who_is_asked(event)
    answers = bool(event.host and not event.host.has_ended and not event.is_told)
    return {
        "kind": kind_of(event),
        "agenda": _days(event, user, is_staff=is_staff),
        "access": access_of(event),
        "health_goes_on": keeping.HEALTH.goes_on(event),
        "joining": _joining(event, place, is_staff=is_staff),
        "contact": contact,
        "may_ask": answers and event.state == Event.State.PUBLISHED and contact != user,
    }
