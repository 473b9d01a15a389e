"""Operations on the kinds of people that an event wants in the room."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from core.words import counted, series
from events.event.models import Event
from events.event.people import FOUR_KINDS, GONE, SOMEBODY_ELSE, ParticipantKind
from events.event.pools import Pool
from events.permissions import can_run_event
from events.places.operations.queue import lock

NOT_STAFF = "Only those who run the event say which kinds of people it needs."
MOST_KINDS = 12
BUILT_IN = frozenset({"someone else", "somebody else", "other", "others"})


def make_default_kinds(event: Event) -> None:
    """Make the four kinds of a Co-Design Day, where the event is one and has none. The caller has locked it."""
    if event.kind == Event.Kind.CO_DESIGN_DAY and not event.participant_kinds.exists():
        ParticipantKind.objects.bulk_create(
            ParticipantKind(event=event, key=key, name=name, order=number)
            for number, (key, name) in enumerate(FOUR_KINDS.items())
        )


def copy_kinds(event: Event, *, to: Event) -> None:
    """Give a new event the kinds of another instead of its own. The caller has locked it."""
    to.participant_kinds.all().delete()
    ParticipantKind.objects.bulk_create(
        ParticipantKind(event=to, key=kind.key, name=kind.name, order=kind.order, is_needed=kind.is_needed)
        for kind in event.participant_kinds.all()
    )


def refuse_other_kind(event: Event, kind: ParticipantKind | None, *, field: str = "kind") -> None:
    """Refuse a kind that is not one of the locked event's, or is no longer: it was removed while a form was open."""
    if kind is not None and not event.participant_kinds.filter(pk=kind.pk).exists():
        raise Refused(GONE, field=field)


@transaction.atomic
def add_kind(event: Event, *, by: User, name: str, is_needed: bool = True) -> ParticipantKind:
    """Add a kind of people to an event."""
    event = _hold(event, by)
    kinds = list(event.participant_kinds.all())
    if len(kinds) >= MOST_KINDS:
        raise Refused(f"An event has at most {counted(MOST_KINDS, 'kind')} of people.", field="name")
    _refuse_name_twice(kinds, name)
    order = max((kind.order for kind in kinds), default=-1) + 1
    kind = event.participant_kinds.create(key=_free_key(kinds, name), name=name, order=order, is_needed=is_needed)
    log_action("events.added_kind", by=by, about=event, kind=kind.key)
    return kind


@transaction.atomic
def change_kind(kind: ParticipantKind, *, by: User, name: str, is_needed: bool) -> ParticipantKind:
    """Call a kind of people something else, or say whether the event needs it. Its key stays."""
    event = _hold(kind.event, by)
    kind = _read(event, kind)
    _refuse_name_twice([each for each in event.participant_kinds.all() if each.pk != kind.pk], name)
    kind.name, kind.is_needed = name, is_needed
    kind.save(update_fields=["name", "is_needed"])
    log_action("events.changed_kind", by=by, about=event, kind=kind.key)
    return kind


@transaction.atomic
def move_kind(kind: ParticipantKind, *, by: User, is_up: bool) -> ParticipantKind:
    """Exchange a kind with the one before it, or after it, wherever kinds are listed. First stays first, last last."""
    event = _hold(kind.event, by)
    kind = _read(event, kind)
    order = list(event.participant_kinds.all())
    here = order.index(kind)
    there = here - 1 if is_up else here + 1
    if not 0 <= there < len(order):
        return kind
    order[here], order[there] = order[there], order[here]
    for number, each in enumerate(order):
        each.order = number
    ParticipantKind.objects.bulk_update(order, ["order"])
    log_action("events.moved_kind", by=by, about=event, kind=kind.key)
    return order[there]


@transaction.atomic
def remove_kind(kind: ParticipantKind, *, by: User) -> Event:
    """Remove a kind of people that nobody has signed up as and that no places are kept for."""
    event = _hold(kind.event, by)
    kind = _read(event, kind)
    if why := why_kind_stays(kind, kind.sign_ups.count(), kind.pools.all()):
        raise Refused(why)
    kind.delete()
    log_action("events.removed_kind", by=by, about=event, kind=kind.key)
    return event


def why_kind_stays(kind: ParticipantKind, sign_ups: int, pools: Iterable[Pool]) -> str:
    """Why a kind with so many sign-ups and these pools cannot be removed, as sentences; empty where it can."""
    if sign_ups:
        who = counted(sign_ups, "person has", "people have")
        return f"{who} signed up as {kind.name}, so it stays. You can call it something else."
    if names := series(pool.name for pool in pools):
        return f"Places are kept for {names}. Give them up first, or choose other people for them."
    return ""


def _hold(event: Event, by: User) -> Event:
    """Ask for permission, lock the event and return it as read after that."""
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    refuse_where_kinds_stay(event)
    return event


def refuse_where_kinds_stay(event: Event) -> None:
    """Refuse to change the kinds of people of an event that was cancelled or is over."""
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled.")
    if event.has_ended:
        raise Refused("This event is over, so its kinds of people stay as they were.")


def _read(event: Event, kind: ParticipantKind) -> ParticipantKind:
    """The kind as it is under the lock."""
    if (found := event.participant_kinds.filter(pk=kind.pk).first()) is None:
        raise Refused("This kind of people was removed in the meantime.")
    return found


def _refuse_name_twice(kinds: list[ParticipantKind], name: str) -> None:
    if not name:
        raise Refused("Say what these people are called.", field="name")
    if not any(letter.isalpha() for letter in name):
        raise Refused("Say it in words, like Carer.", field="name")
    if name.casefold() in BUILT_IN:
        raise Refused("Whoever is none of the kinds can always say “Someone else”. Name another kind.", field="name")
    if name.casefold() in {kind.name.casefold() for kind in kinds}:
        raise Refused(f"The event has {name} already.", field="name")


def _free_key(kinds: list[ParticipantKind], name: str) -> str:
    """A key of the name's letters that none of the kinds has."""
    wanted, taken = slugify(name).replace("-", "_")[:50] or "kind", {SOMEBODY_ELSE, *(kind.key for kind in kinds)}
    keys = (wanted if number == 1 else f"{wanted}_{number}" for number in range(1, len(taken) + 2))
    return next(key for key in keys if key not in taken)
