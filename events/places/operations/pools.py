"""Pools: places kept for some people, made, changed and given up by those who run the event."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from core.words import counted
from events.event.models import Event
from events.event.pools import Pool
from events.permissions import can_run_event
from events.places.operations.capacity import NOT_YOURS, refuse_if_over
from events.places.operations.queue import give_out, lock
from events.places.room import room_of

IS_GONE = "This pool was removed while you had the form open. Its places are for anybody now. You can add it again."


@transaction.atomic
def add_pool(
    event: Event,
    *,
    by: User,
    name: str,
    places: int,
    organisation_kinds: Sequence[str],
    releases_at: dt.datetime | None = None,
) -> Pool:
    """Keep `places` of the event for those who come for organisations of these kinds, until `releases_at`.

    Those of them who have a place already are counted in it.
    """
    require(can_run_event(by, event), NOT_YOURS)
    event = lock(event)
    pool = Pool(event=event)
    _write(event, pool, name=name, places=places, organisation_kinds=organisation_kinds, releases_at=releases_at)
    log_action("events.added_pool", by=by, about=event, pool=pool.name, places=places)
    return pool


@transaction.atomic
def change_pool(
    pool: Pool,
    *,
    by: User,
    name: str,
    places: int,
    organisation_kinds: Sequence[str],
    releases_at: dt.datetime | None = None,
) -> Pool:
    """Change a pool. Who has one of its places keeps it; what it no longer keeps goes to those who wait."""
    require(can_run_event(by, pool.event), NOT_YOURS)
    event = lock(pool.event)
    if (found := event.pools.filter(pk=pool.pk).first()) is None:
        raise Refused(IS_GONE)
    _write(event, found, name=name, places=places, organisation_kinds=organisation_kinds, releases_at=releases_at)
    log_action("events.changed_pool", by=by, about=event, pool=found.name, places=places)
    return found


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
    *,
    name: str,
    places: int,
    organisation_kinds: Sequence[str],
    releases_at: dt.datetime | None,
) -> None:
    refuse_if_over(event)
    if event.pools.filter(name__iexact=name).exclude(pk=pool.pk).exists():
        raise Refused("This event has a pool of that name already.", field="name")
    if places < pool.taken:
        taken = counted(pool.taken, "place is", "places are")
        raise Refused(f"{taken} taken. Enter {pool.taken:,} or more.", field="places")
    if releases_at and releases_at <= event.now:
        raise Refused("This moment is past. Enter one to come, or leave it empty.", field="releases_at")
    if releases_at and releases_at > event.starts_at:
        raise Refused("A pool is released when the event starts, or before.", field="releases_at")
    # Without this pool, what is left for it.
    others = [other for other in room_of(event, among=()).pools if other.pk != pool.pk]
    most = event.capacity - sum(other.places for other in others)
    if places > most:
        raise Refused(f"The other pools leave {counted(most, 'place')}. Enter {most:,} or fewer.", field="places")
    pool.name, pool.places, pool.releases_at = name, places, releases_at
    pool.organisation_kinds = list(organisation_kinds)
    pool.save()
    _count_those_in(event, pool)
    if (short := -room_of(event, among=()).outside) > 0 and event.kept_over == 0:
        raise Refused(
            f"Others hold so many places that {counted(places - short, 'place')} can be kept. Enter "
            f"{places - short:,} or fewer.",
            field="places",
        )
    give_out(event)


def _count_those_in(event: Event, pool: Pool) -> None:
    """Count those of the pool's kinds whose place is of no pool in it, by their order, as long as it has places."""
    theirs = event.sign_ups.seated().filter(pool=None, organisation__kind__in=pool.organisation_kinds)
    keys = list(theirs.order_by("position").values_list("pk", flat=True)[: pool.left])
    if keys:
        pool.taken += event.sign_ups.filter(pk__in=keys).update(pool=pool)
        pool.save(update_fields=["taken"])
