"""Messages asked for, what people choose to be sent, and addresses that take mail again."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Model, QuerySet

from accounts.addresses import is_placeholder
from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.wake import wake
from outbox.kinds import DIGEST, MessageKind, discover
from outbox.models import Message, MessageChoice, Pace, PausedAddress
from outbox.permissions import can_send_again
from outbox.queries import is_wiped, kept_back, paces_of

State = Message.State

Recipient = User | str
_REASON = "Everybody says for themselves what they are sent."


def queue_message(
    kind: MessageKind,
    about: Model | None,
    *,
    to: Recipient | Iterable[Recipient],
    key: str = "",
    not_before: dt.datetime | None = None,
    **details: Any,
) -> None:
    """Ask for a message to each of `to` (people or addresses), in the caller's transaction; at most two queries.

    A message of the same kind about the same record to the same reader is asked for once for each `key`, which names
    the occasion. Without it that is this moment, so what may run again (a schedule, a task) says its own. `details` are
    handed to whoever writes the letter. None is asked for while the clock is set to the past, nor about a record of
    2013 to 2015 (`MessageKind.began`), nor to somebody who has no address.
    """
    if clock.is_entering_history() or kind.is_about_history(about):
        return
    assert kind.write is not None, f"Messages of the kind {kind.name} are written when they are asked for."
    now = clock.now()
    _add(
        _message(kind, reader, now, key, about_id=about and about.pk, details=details, not_before=not_before or now)
        for reader in ([to] if isinstance(to, User | str) else to)
    )


def queue_each(kind: MessageKind, asked: Iterable[tuple[Model, Recipient]], *, key: str) -> None:
    """Ask for a message about each record to its reader, as `queue_message` does: for thousands in a few statements."""
    if clock.is_entering_history():
        return
    now = clock.now()
    _add(
        _message(kind, reader, now, key, about_id=about.pk, details={}, not_before=now)
        for about, reader in asked
        if not kind.is_about_history(about)
    )


def queue_written(kind: MessageKind, *, to: Recipient, subject: str, body: str, person: User | None = None) -> None:
    """Ask for a message whose words are made already, as those of a library are.

    Each is a message of its own, also about the past. Where it goes to an address, `person` may say whose it is.
    """
    now = clock.now()
    message = _message(kind, to, now, uuid4().hex, subject=subject[:300], body=body, not_before=now)
    message.person = message.person or person
    _add([message])


def _message(kind: MessageKind, reader: Recipient, now: dt.datetime, key: str, **fields: Any) -> Message:
    whom: dict[str, Any] = {"person": reader} if isinstance(reader, User) else {"address": reader}
    who = reader.pk if isinstance(reader, User) else reader.lower()
    occasion = (kind.name, fields.get("about_id"), who, key or now.isoformat())
    digest = hashlib.sha256(repr(occasion).encode()).hexdigest()
    return Message(key=digest, kind=kind.name, asked_at=now, next_try_at=fields["not_before"], **whom, **fields)


def _add(messages: Iterable[Message]) -> None:
    """Write them down, but for those to people without an address: no kind of message is ever asked for them."""
    reached = [message for message in messages if not is_placeholder(message.to)]
    if reached:
        Message.objects.bulk_create(reached, ignore_conflicts=True, batch_size=1000)
        wake()


@transaction.atomic
def send_again(message: Message, *, by: User) -> Message:
    """Send a message that failed or is held once more; its address counts as one that takes mail again."""
    require(can_send_again(by), "The secretariat sends a message again.")
    message = Message.objects.select_for_update(of=("self",)).select_related("person").get(pk=message.pk)
    if message.state not in {State.FAILED, State.HELD}:
        raise Refused(f"This message has not failed. It is: {message.get_state_display().lower()}.")
    if is_wiped(message):
        raise Refused("Its words are no longer kept. Its reader can ask for a new one where they asked before.")
    if message.kind == DIGEST and not message.parts.exists():
        raise Refused("What was in it comes with the next messages that its reader has together.")
    write_again(message.to)
    message.state, message.next_try_at, message.not_before = State.WAITING, clock.now(), clock.now()
    message.save(update_fields=["state", "next_try_at", "not_before"])
    log_action("outbox.sent_again", by=by, about=message)
    return message


@transaction.atomic
def write_again(address: str) -> None:
    """Send to an address again that had been paused, beginning with what waited for that."""
    _send_now(kept_back(address))
    PausedAddress.objects.filter(address__iexact=address).delete()


def write_to_new_address(person: User, *, old: str) -> None:
    """Send what waited until a person's address takes mail to the one that they have now."""
    _send_now(kept_back(old, of=person))


def _send_now(messages: QuerySet[Message]) -> None:
    """Let messages be tried as if they were asked for now, so that none is given up at once for its age."""
    now = clock.now()
    messages.update(state=State.WAITING, next_try_at=now, not_before=now)
    wake()


def try_again(person: User, *, by: User) -> None:
    """Write again to a person's own address, which had been paused."""
    require(by == person, _REASON)
    write_again(person.email)


def choose_messages(person: User, *, paces: Mapping[str, str], by: User) -> None:
    """Note how often a person wants messages of each kind; what was waiting for their digest follows at once."""
    require(by == person, _REASON)
    _choose(person, paces)


def turn_everything_off(person: User, *, by: User) -> None:
    """Turn off every kind that can be."""
    require(by == person, _REASON)
    _choose(person, dict.fromkeys(paces_of(person), Pace.OFF))


def turn_off(person: User, kinds: Iterable[MessageKind]) -> None:
    """Turn off just these kinds, for whoever holds the address in a message to that person."""
    _choose(person, {kind.name: Pace.OFF for kind in kinds})


@transaction.atomic
def _choose(person: User, paces: Mapping[str, str]) -> None:
    known, before = discover(), paces_of(person)
    if always := [known[name].title if name in known else name for name in paces if name not in before]:
        raise Refused(f"“{always[0]}” is always sent, so there is nothing to choose.")
    changed = {name: Pace(pace) for name, pace in paces.items() if pace != before[name]}
    now = clock.now()
    rows = [MessageChoice(person=person, kind=name, pace=pace, chosen_at=now) for name, pace in changed.items()]
    MessageChoice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["person", "kind"], update_fields=["pace", "chosen_at"]
    )
    waiting = Message.objects.filter(person=person, state=State.IN_DIGEST, digest=None)
    off, at_once = ([name for name in changed if changed[name] == pace] for pace in (Pace.OFF, Pace.AT_ONCE))
    waiting.filter(kind__in=off).update(state=State.TURNED_OFF)
    if waiting.filter(kind__in=at_once).update(state=State.WAITING, next_try_at=now):
        wake()
