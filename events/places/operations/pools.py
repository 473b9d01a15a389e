"""Pools: places kept for some people, made, changed and given up by those who run the event."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from core.words import counted
from events.event.deadlines import refuse_wrong_deadline
from events.event.models import Event
from events.event.people import QUOTAS, ParticipantKind
from events.event.pools import Pool
from events.permissions import can_run_event
from events.places.operations.capacity import NOT_YOURS, refuse_if_over
from events.places.operations.kinds import refuse_other_kind
from events.places.operations.queue import give_out, lock
from events.places.room import room_of

ONLY_ITS_NAME = (
    "These places are released: anybody may have them, and only the name can change. To keep places again, enter a "
    "moment to come."
)
IS_GONE = "This pool was removed while you had the form open. Its places are for anybody now. You can add it again."


@transaction.atomic
def add_pool(
    event: Event,
    *,
    by: User,
    name: str,
    places: int,
    organisation_kinds: Sequence[str] = (),
    participant_kinds: Sequence[ParticipantKind] = (),
    releases_at: dt.datetime | None = None,
) -> Pool:
    """Keep `places` of the event for those who come for organisations of these kinds, as people of these kinds, or
    both, until `releases_at`.

    Those of them who have a place already are counted in it.
    """
    require(can_run_event(by, event), NOT_YOURS)
    event = lock(event)
    pool = Pool(event=event)
    who = (organisation_kinds, participant_kinds)
    _write(event, pool, who, name=name, places=places, releases_at=releases_at)
    log_action("events.added_pool", by=by, about=event, pool=pool.name, places=places)
    return pool


def keep_quotas(event: Event, quotas: Mapping[str, int]) -> None:
    """Keep places of a new event for kinds of its people, by their keys. The caller has just made it."""
    if (kept := sum(quotas.values())) > event.capacity:
        raise Refused(
            f"{counted(kept, 'place is', 'places are')} kept for kinds of people below. Enter {kept:,} or more, or "
            "keep fewer.",
            field="capacity",
        )
    kinds = {kind.key: kind for kind in event.participant_kinds.all()} if quotas else {}
    for key, places in quotas.items():
        name = QUOTAS[key][0] if key in QUOTAS else kinds[key].name
        keep_for(Pool(event=event, name=name, places=places), (), [kinds[key]])


def copy_pools(event: Event, *, to: Event, moved: Callable[[dt.datetime | None], dt.datetime | None]) -> None:
    """Keep places of a new event as another does, each until as long before the start (`moved`).

    The caller has locked it and copied the kinds of people.
    """
    kinds = {kind.key: kind for kind in to.participant_kinds.all()}
    for pool in event.pools.with_kinds():
        copy = Pool(event=to, name=pool.name, places=pool.places, releases_at=moved(pool.releases_at))
        keep_for(copy, pool.organisation_kinds, [kinds[kind.key] for kind in pool.participant_kinds.all()])
    give_out(to)


@transaction.atomic
def change_pool(
    pool: Pool,
    *,
    by: User,
    name: str,
    places: int,
    organisation_kinds: Sequence[str] = (),
    participant_kinds: Sequence[ParticipantKind] = (),
    releases_at: dt.datetime | None = None,
) -> Pool:
    """Change a pool. Who has one of its places keeps it; what it no longer keeps goes to those who wait."""
    require(can_run_event(by, pool.event), NOT_YOURS)
    event = lock(pool.event)
    if (found := event.pools.filter(pk=pool.pk).first()) is None:
        raise Refused(IS_GONE)
    who = (organisation_kinds, participant_kinds)
    if not found.is_live(event.now) and releases_at and _minute(releases_at) == _minute(found.releases_at):
        _rename(event, found, who, name=name, places=places)
    else:
        _write(event, found, who, name=name, places=places, releases_at=releases_at)
    log_action("events.changed_pool", by=by, about=event, pool=found.name, places=places)
    return found


def _minute(moment: dt.datetime | None) -> dt.datetime | None:
    """The moment as a form shows it."""
    return moment and moment.replace(second=0, microsecond=0)


def _rename(
    event: Event, pool: Pool, who: tuple[Sequence[str], Sequence[ParticipantKind]], *, name: str, places: int
) -> None:
    """Give a released pool another name, which stands with what became of its places; nothing else can change."""
    refuse_if_over(event)
    _refuse_name_twice(event, pool, name)
    organisation_kinds, participant_kinds = who
    kinds = frozenset(kind.pk for kind in participant_kinds)
    if (places, set(organisation_kinds), kinds) != (pool.places, set(pool.organisation_kinds), pool.kind_ids):
        raise Refused(ONLY_ITS_NAME, field="releases_at")
    pool.name = name
    pool.save(update_fields=["name"])


def _refuse_name_twice(event: Event, pool: Pool, name: str) -> None:
    if event.pools.filter(name__iexact=name).exclude(pk=pool.pk).exists():
        raise Refused("This event has a pool of that name already.", field="name")


@transaction.atomic
def remove_pool(pool: Pool, *, by: User) -> Event:
    """Give a pool up: its places are for anybody, and who has one keeps it. Removing twice changes nothing."""
    require(can_run_event(by, pool.event), NOT_YOURS)
    event = lock(pool.event)
    refuse_if_over(event)
    if event.pools.filter(pk=pool.pk).exists():
        Pool.objects.filter(pk=pool.pk).delete()
        give_out(event)
        log_action("events.removed_pool", by=by, about=event, pool=pool.name)
    return event


def _write(
    event: Event,
    pool: Pool,
    who: tuple[Sequence[str], Sequence[ParticipantKind]],
    *,
    name: str,
    places: int,
    releases_at: dt.datetime | None,
) -> None:
    organisation_kinds, participant_kinds = who
    refuse_if_over(event)
    for kind in participant_kinds:
        refuse_other_kind(event, kind, field="participant_kinds")
    _refuse_name_twice(event, pool, name)
    if places < pool.taken:
        taken = counted(pool.taken, "place is", "places are")
        raise Refused(f"{taken} taken. Enter {pool.taken:,} or more.", field="places")
    too_late = "A pool is released when the event starts, or before."
    refuse_wrong_deadline(event, releases_at, field="releases_at", too_late=too_late)
    # Without this pool, what is left for it.
    others = [other for other in room_of(event, among=()).pools if other.pk != pool.pk]
    most = event.capacity - sum(other.places for other in others)
    if places > most:
        raise Refused(f"The other pools leave {counted(most, 'place')}. Enter {most:,} or fewer.", field="places")
    pool.name, pool.places, pool.releases_at = name, places, releases_at
    keep_for(pool, organisation_kinds, participant_kinds)
    _count_those_in(event, pool)
    if (short := -room_of(event, among=()).outside) > 0 and event.kept_over == 0:
        raise Refused(
            f"Others hold so many places that {counted(places - short, 'place')} can be kept. Enter "
            f"{places - short:,} or fewer.",
            field="places",
        )
    give_out(event)


def keep_for(pool: Pool, organisation_kinds: Sequence[str], participant_kinds: Sequence[ParticipantKind]) -> None:
    """Save a pool of the locked event as one for these kinds, of which it has one at least.

    Whoever writes whom a pool is for does it here: the database cannot keep it to that, see `Pool`.
    """
    if not organisation_kinds and not participant_kinds:
        raise Refused("Choose at least one kind of organisation or of people.", field="organisation_kinds")
    pool.organisation_kinds = list(organisation_kinds)
    pool.save()
    pool.participant_kinds.set(participant_kinds)
    pool.kind_ids = frozenset(kind.pk for kind in participant_kinds)


def _count_those_in(event: Event, pool: Pool) -> None:
    """Count in the pool those whom it is for and whose place is of none, by their order, while it has places.

    Not whoever was let in at the door: theirs is a free place only until somebody else's is counted again.
    """
    theirs = event.sign_ups.seated().filter(pool.whom, pool=None, is_let_in=False)
    keys = list(theirs.order_by("position").values_list("pk", flat=True)[: pool.left])
    if keys:
        pool.taken += event.sign_ups.filter(pk__in=keys).update(pool=pool)
        pool.save(update_fields=["taken"])
