"""Places of people who come for somebody else than they said. Callers hold the lock of the event."""

from core.errors import Refused
from councils.models import Organisation
from events.event.models import Event
from events.places.models import SignUp
from events.places.operations.queue import fill, keep_count, move_to_pool
from events.places.room import cap_words, room_of


def come_for(event: Event, place: SignUp, organisation: Organisation | None) -> None:
    """Have `place` count for `organisation`; refused where the pools or the cap of a council leave no room for that."""
    place.organisation = organisation
    if place.status not in SignUp.SEATED:
        # Who waits may now be the first whom a free place is for.
        place.save(update_fields=["organisation"])
        _fill_again(event, place)
        return
    room = room_of(event, among=[organisation] if organisation else [])
    if room.is_at_cap(organisation):
        raise Refused(f"{organisation} has {cap_words(event)}.", field="organisation")
    if place.pool is None or place.pool.is_for(organisation) or not place.pool.is_live(event.now):
        return
    pool = next((pool for pool in room.pools if pool.left > 0 and pool.is_for(organisation)), None)
    if pool is None and room.outside <= 0:
        raise Refused(
            f"Your place is one of those for {place.pool}, and none is left for others. Give it back and sign up "
            "again to wait for one.",
            field="organisation",
        )
    move_to_pool(place, pool)
    place.save(update_fields=["organisation", "pool"])
    _fill_again(event, place)


def _fill_again(event: Event, place: SignUp) -> None:
    if any(promoted.pk == place.pk for promoted in fill(event)):
        place.refresh_from_db(fields=["status", "pool", "lapses_at", "promoted_at"])
    keep_count(event)
