"""Marks that a phone kept while it was offline and sends as a list."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.models import User
from core.answering import caught_in, refusal_in
from core.errors import Refused
from core.permissions import require
from core.words import series
from events.desk.operations.marks import NOT_STAFF, Press, check_in, check_out, undo_check_in
from events.desk.operations.walk_ins import walk_in
from events.event.models import Event
from events.permissions import can_run_event
from events.places.models import SignUp

# What a walk-in gets in without, where it cannot be used and nobody can be asked.
LEFT_OUT = {"email": "address", "organisation": "organisation", "kind": "kind"}
WITHOUT = {"organisation": {"organisation": None, "for_themselves": True}, "kind": {"kind": None}}
DEEDS = {"in": check_in, "out": check_out, "undo": undo_check_in}


@dataclass(frozen=True)
class Sent:
    """One press of a list: on whom, or who walked in, and what is wrong with it where it cannot be used."""

    client_id: UUID
    at: dt.datetime
    what: str
    reference: UUID | None = None
    form: Any = None  # of a walk-in, bound to what was typed
    may_ask: bool = False  # of a walk-in that was pressed just now: whoever pressed can say what is unclear


def take(event: Event, press: Sent, *, desk: str, by: User) -> SignUp:
    """Do what one press of a list asks for, as the desk would have at that moment; sent twice, it counts once.

    A walk-in of whom something is not clear is let in without it, unless the desk can still be asked.
    """
    require(can_run_event(by, event), NOT_STAFF)
    pressed = Press(desk, press.client_id, press.at)
    if press.what == "walk_in":
        return _let_in(event, press, by=by, pressed=pressed)
    place = event.sign_ups.select_related("event", "person").filter(reference=press.reference or UUID(int=0)).first()
    if place is None:
        raise Refused("Nobody at this event has this place.")
    return DEEDS[press.what](place, by=by, press=pressed)


def _let_in(event: Event, sent: Sent, *, by: User, pressed: Press) -> SignUp:
    """Let a walk-in in; one that was kept on the phone without what is wrong in it, which the answer then names."""
    form = sent.form
    left_out = [name for name in LEFT_OUT if name in form.errors]
    if form.errors and (sent.may_ask or len(form.errors) > len(left_out)):
        raise Refused(str(next(iter(form.errors.values()))[0]))
    if left_out:
        form = type(form)({**form.data, **dict.fromkeys(left_out, "")}, event=event)
        form.is_valid()
    said = dict(form.cleaned_data)
    with caught_in(form):
        return _noting(walk_in(event, by=by, press=pressed, **said), left_out)
    refusal = refusal_in(form)
    assert refusal is not None  # for the type checker
    if sent.may_ask or refusal.field not in WITHOUT:
        raise refusal
    left_out = [name for name in LEFT_OUT if name in {*left_out, refusal.field}]
    return _noting(walk_in(event, by=by, press=pressed, **said | WITHOUT[refusal.field]), left_out)


def _noting(place: SignUp, left_out: list[str]) -> SignUp:
    place.left_out = series(LEFT_OUT[name] for name in left_out)  # type: ignore[attr-defined]  # for the answer
    return place
