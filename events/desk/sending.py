"""The address to which a phone sends its marks: a list as JSON, answered mark by mark."""

import datetime as dt
import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core import clock
from core.answering import refused_or
from core.permissions import allow
from events.desk.forms import WalkInForm
from events.desk.operations.marks import NEW, NOT_STAFF
from events.desk.pages import arrival_words, was_in_before
from events.desk.taking import DEEDS, Sent, take
from events.event.models import Event
from events.permissions import can_run_events, events_run_by
from events.places.models import SignUp

MOST = 500
UNREADABLE = "This mark cannot be read."


def desk_of(request: HttpRequest, event: Event) -> str:
    """The number of the desk on this browser, or that it has none yet."""
    return str(request.session.get(f"desk-{event.pk}", NEW))


def remember_desk(request: HttpRequest, place: SignUp) -> None:
    """Keep the number that the first mark from this browser was given."""
    if (mark := getattr(place, "last_mark", None)) and desk_of(request, place.event) == NEW:
        request.session[f"desk-{place.event.pk}"] = mark.desk


@allow(can_run_events, because=NOT_STAFF)
@require_POST
def marks(request: SignedInRequest, slug: str) -> JsonResponse:
    """Take the marks of a list in their order and say of each what became of it."""
    # Phones are set right by the clock that judges what they send.
    with_clock = events_run_by(request.user).annotate(locked_at=clock.in_database())
    event = get_object_or_404(with_clock, slug=slug)
    listed, ahead = _read(_body(request), event)
    answers = [_answer(request, event, item, ahead) for item in listed[:MOST]]
    return JsonResponse({"answers": answers}, headers={"Cache-Control": "private, no-store"})


def _body(request: HttpRequest) -> bytes:
    """What was sent; nothing where it was sent as a form, which has been read as one."""
    try:
        return request.body
    except RawPostDataException:
        return b""


def _read(body: bytes, event: Event) -> tuple[list[Any], dt.timedelta]:
    """The list, and how far the phone's clock is ahead of ours, as the event was read; empty where it is none."""
    try:
        sent = json.loads(body)
        listed = sent["marks"]
        phone_says = _moment(sent.get("sent_at"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return [], dt.timedelta()
    ahead = phone_says - event.now if phone_says else dt.timedelta()
    return (listed if isinstance(listed, list) else []), ahead


def _moment(text: object) -> dt.datetime | None:
    try:
        found = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def _answer(request: SignedInRequest, event: Event, item: Any, ahead: dt.timedelta) -> dict[str, Any]:
    client_id = str(item.get("client_id", ""))[:60] if isinstance(item, dict) else ""
    press = _press(event, item, ahead)
    if press is None:
        return {"client_id": client_id, "is_taken": False, "said": UNREADABLE}
    place, refusal = refused_or(take, event, press, desk=desk_of(request, event), by=request.user)
    if place is None:
        return {"client_id": client_id, "is_taken": False, "said": refusal}
    remember_desk(request, place)
    return {
        "client_id": client_id,
        "is_taken": True,
        "said": _words(press, place),
        "note": _note(place),
        "reference": str(place.reference),
        "was_in": was_in_before(place),
    }


def _note(place: SignUp) -> str:
    """What a walk-in got in without, as a sentence to be put right from the list of people; empty where nothing."""
    left_out = getattr(place, "left_out", "")
    return f"{place.person} is in without {left_out}: what was typed could not be used." if left_out else ""


def _words(press: Sent, place: SignUp) -> str:
    if press.what in ("in", "walk_in"):
        return arrival_words(place)
    return f"{place.person} has left." if press.what == "out" else f"{place.person} is no longer checked in."


def _press(event: Event, item: Any, ahead: dt.timedelta) -> Sent | None:
    """One press as sent; None where it cannot be read."""
    if not isinstance(item, dict) or item.get("what") not in (*DEEDS, "walk_in"):
        return None
    try:
        at = _moment(item.get("at"))
        client_id = UUID(str(item.get("client_id")))
        at = at - ahead if at else None
        if item["what"] == "walk_in":
            form = WalkInForm({name: str(item.get(name) or "")[:300] for name in WalkInForm.base_fields}, event=event)
            return Sent(client_id, at, "walk_in", form=form, may_ask=item.get("may_ask") is True) if at else None
        return Sent(client_id, at, item["what"], reference=UUID(str(item.get("reference")))) if at else None
    except (ValueError, OverflowError):
        return None
