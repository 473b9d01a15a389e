"""Places of people who come for somebody else than they said. Callers hold the lock of the event."""

from core.errors import Refused
from councils.models import Organisation
from events.event.models import Event
from events.event.people import ParticipantKind
from events.event.pools import Pool
from events.places.models import SignUp
from events.places.operations.queue import fill, keep_count, move_to_pool
from events.places.room import Room, has_cap, room_of

SIGN_UP_ANEW = "Whoever is not one of them signs up anew and waits for one."


def come_for(
    event: Event,
    place: SignUp,
    organisation: Organisation | None,
    kind: ParticipantKind | None,
    *,
    otherwise: str = "",
) -> None:
    """Have `place` count for `organisation` and for this `kind` of people, and give out what that lets others have.

    Refused where the pools or the cap of a council leave no room for that, with what to do `otherwise`.
    """
    is_another, is_another_kind = organisation != place.organisation, kind != place.kind
    place.organisation, place.kind = organisation, kind
    if place.status not in SignUp.SEATED:
        # Who waits may now be the first whom a free place is for.
        place.save(update_fields=["organisation", "kind"])
        _fill_again(event, place)
        return
    room = room_of(event, among=[organisation] if organisation else [])
    if is_another and (capped := room.capped_words(organisation)):
        raise Refused(f"{capped} {otherwise}".strip(), field="organisation")
    if place.pool and place.pool.is_live(event.now) and not place.pool.is_for(organisation, kind):
        pool = _other_pool(room, place)
        if pool is None and room.outside <= 0:
            gone = f"This place is one of those for {place.pool}, and none is left for others."
            raise Refused(
                f"{gone} {otherwise or SIGN_UP_ANEW}",
                field="kind" if is_another_kind and not is_another else "organisation",
            )
        move_to_pool(place, pool)
    elif not (is_another and has_cap(event)):
        return
    # The place may have come out of a pool, or from under the cap of the council that it was for.
    place.save(update_fields=["organisation", "kind", "pool"])
    _fill_again(event, place)


def prove_council(event: Event, place: SignUp, organisation: Organisation) -> None:
    """Have a `place` that was held for nobody's council count for `organisation`, from its pool where that has room.

    A council that has its most gets no further place in this way: whoever comes for it waits where they signed up.
    """
    place.organisation = organisation
    room = room_of(event, among=[organisation])
    if room.is_at_cap(organisation):
        move_to_pool(place, None)
        event.places_taken -= 1
        place.status = SignUp.Status.WAITING
    elif place.pool is None and (pool := _other_pool(room, place)):
        move_to_pool(place, pool)
    else:
        return
    place.save(update_fields=["organisation", "status", "lapses_at", "pool"])
    fill(event)
    keep_count(event)


def _other_pool(room: Room, place: SignUp) -> Pool | None:
    """The first pool with a free place for whoever holds `place`."""
    return next((pool for pool in room.pools if pool.left > 0 and pool.is_for(place.organisation, place.kind)), None)


def _fill_again(event: Event, place: SignUp) -> None:
    if any(promoted.pk == place.pk for promoted in fill(event)):
        place.refresh_from_db(fields=["status", "pool", "lapses_at", "promoted_at"])
    keep_count(event)
