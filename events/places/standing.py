"""How full an event is and the state of somebody's place, in the words of pages and mails."""

from collections.abc import Iterable

from accounts.models import AnyUser
from core.words import counted, moment_in_words, one_or_many, series, time_in_words
from councils.models import Organisation
from councils.permissions import organisations_of
from events.event.models import Event
from events.event.pools import Pool
from events.places.models import SignUp
from events.places.queries import check_in_has_begun, places_by_event, waiting_count
from events.places.room import Room, offer_ends_at, room_of, rooms_of

WAS_WAITING = "You were on the waiting list"


def waiting_words(event: Event) -> str:
    """A sentence for somebody who waits: who gets the places that come free."""
    if event.has_ended:
        return ""
    if check_in_has_begun(event):
        begun = "The event has started" if event.has_started else "Check-in has begun"
        return f"{begun}: places that come free now are given at the door, to people who are there."
    if offer_ends_at(event) is None:
        return "When your turn comes, the place is yours at once and we write to you."
    return (
        f"When your turn comes we write to you, and keep the place for {counted(event.offer_hours, 'hour')} so that "
        "you can say whether you take it: never past a day before the start, and after that it is yours at once."
    )


def left_words(room: Room, organisations: Iterable[Organisation] | None) -> str:
    """How many places are left for whoever comes for one of these: `3 places left for districts`; empty for none.

    None stands for a reader who is not signed in, for whom it says whose places are left.
    """
    if organisations is None and not room.general:
        pools = room.with_room
        return _left(min(room.free, sum(pool.left for pool in pools)), pools)
    left, by_kind = room.left_for(organisations or ())
    if not left.number:
        return _left(by_kind.number, by_kind.pools)
    words = _left(left.number, [] if room.general else left.pools)
    return f"{words}, and {by_kind.number:,} for {_names(by_kind.pools)}" if by_kind.number else words


def _left(number: int, pools: Iterable[Pool]) -> str:
    whose = f" for {_names(pools)}" if pools else ""
    return f"{counted(number, 'place')} left{whose}" if number else ""


def _names(pools: Iterable[Pool]) -> str:
    return series(pool.name for pool in pools)


def left_by_event(events: Iterable[Event], user: AnyUser) -> dict[int, str]:
    """What `left_words` says to this reader of each of the events, by their keys."""
    return {key: left for key, (_, left) in rooms_and_left(events, user).items()}


def rooms_and_left(events: Iterable[Event], user: AnyUser) -> dict[int, tuple[Room, str]]:
    """The free places of the events by their keys, each with what `left_words` says of them to this reader."""
    own = organisations_of(user) if user.is_authenticated else None
    return {key: (room, left_words(room, own)) for key, room in rooms_of(events, among=own or ()).items()}


def states_of(events: Iterable[Event], user: AnyUser) -> dict[int, tuple[str, str]]:
    """What `state_of` says to this reader of each of the events, by their keys; as many queries for one as for many."""
    events = list(events)
    places, left = places_by_event(events, user), left_by_event(events, user)
    return {event.pk: state_of(event, places.get(event.pk), left[event.pk]) for event in events}


def states_in_search(keys: Iterable[int], user: AnyUser) -> dict[int, str]:
    """The words of `states_of` for events that a search found; of a cancelled one its document says so."""
    found = Event.objects.filter(pk__in=list(keys), state=Event.State.PUBLISHED)
    return {key: word for key, (word, _) in states_of(found, user).items() if word}


def why_waiting(place: SignUp, room: Room) -> str:
    """Why somebody waits although places are free, as a sentence; empty where none are."""
    return room.waits_because(place.organisation, place.kind) if place.status == SignUp.Status.WAITING else ""


def why_in_queue(place: SignUp, room: Room, position: int, *, who: str) -> str:
    """Why somebody waits, and behind how many, as sentences."""
    event, ahead = place.event, counted(position - 1, "person", "people")
    why = why_waiting(place, room) or (_all_taken(event) if event.is_full else "")
    signed_up = (
        f"{ahead} who signed up before {who} {one_or_many(position - 1, 'waits', 'wait')} too." if position > 1 else ""
    )
    return f"{why} {signed_up}".strip()


def meanwhile(place: SignUp) -> str:
    """Why whoever has sent a form that showed a free place waits nevertheless: it went to others, or is for others."""
    room = room_of(place.event, among=[place.organisation] if place.organisation else [])
    why = room.capped_words(place.organisation) or why_waiting(place, room)
    gone = why or "While you filled in the form, the last place was taken."
    return f"{gone} You are on the waiting list instead."


def offered_until(place: SignUp) -> str:
    """Until when a place is kept for whoever waited, in words."""
    return f"It is kept for you until {moment_in_words(place.lapses_at)}." if place.lapses_at else ""


def capped_sentence(room: Room, user: AnyUser) -> str:
    """That the reader's councils have as many places as they may have now, and what is free for the reader alone; else
    empty."""
    own = organisations_of(user) if user.is_authenticated else []
    if not own or not all(room.is_at_cap(one) for one in own):
        return ""
    words = " ".join(room.capped_words(one) for one in own)
    return f"{words} If you come for yourself, you get a place at once." if room.has_place_for(None, None) else words


def released_words(place: SignUp) -> str:
    """That the desk released somebody's place, when, and what they do if they come after all; else empty."""
    if place.status != SignUp.Status.CANCELLED or not place.released_at:
        return ""
    event = place.event
    why = f"The desk released it at {time_in_words(place.released_at)}, as you had not come."
    if event.has_ended or event.state != Event.State.PUBLISHED:
        return why
    return f"{why} If you are on your way, go to the desk: you get in, and have a place if one is free."


def places_sentence(event: Event, left: str | None = None, capped: str = "") -> str:
    """How many places are left or how many wait, as a sentence for those who could still come.

    `left` is what `left_by_event` says to the reader; without it, it counts the places whoever they are for. `capped`
    is what `capped_sentence` says.
    """
    if capped and not event.is_full:
        return f"{capped} For your council you would be number {waiting_count(event) + 1} on the waiting list."
    whosever = f"{counted(event.places_left, 'place')} left"
    if not event.is_full and left in {None, whosever}:
        return f"{event.places_left:,} of {counted(event.capacity, 'place')} left."
    if left:
        return f"{left}."
    if not event.is_full:
        waiting = waiting_count(event)
        one = one_or_many(event.places_left, "The place that is left is", f"The {event.places_left:,} places left are")
        return f"{one} kept for others. {_queue(waiting)}"
    waiting = waiting_count(event)
    return f"{_all_taken(event)} {_queue(waiting)}"


def _all_taken(event: Event) -> str:
    return f"{'Its one place is' if event.capacity == 1 else f'All {event.capacity:,} places are'} taken."


def _queue(waiting: int) -> str:
    queue = f"{counted(waiting, 'person', 'people')} waiting" if waiting else "Nobody is waiting yet"
    return f"{queue}: you would be number {waiting + 1}."


def state_of(event: Event, place: SignUp | None = None, left: str | None = None) -> tuple[str, str]:
    """The words and colour of an event's tag; for those signed up, the state of their own place.

    `left` is what `left_by_event` says to the reader; without it, it counts the places whoever they are for.
    """
    if event.state != Event.State.PUBLISHED:
        return event.get_state_display(), "coral" if event.state == Event.State.CANCELLED else "grey"
    if event.has_ended:
        return ("You were there", "teal") if place and place.checked_in_at else ("", "")
    if place is not None and place.checked_in_at:
        return "You are checked in", "teal"
    if place is not None and place.status == SignUp.Status.WAITING:
        return (WAS_WAITING, "grey") if event.has_started else (place.get_status_display(), "amber")
    if place is not None and place.status in SignUp.PENDING:
        held = place.status == SignUp.Status.HELD  # of whoever reads this the address is confirmed
        word = "Held until you confirm it" if held else place.get_status_display()
        return ("On now", "violet") if event.has_started else (word, "amber")
    if place is not None:
        return place.get_status_display(), "green"
    if event.has_started:
        return "On now", "violet"
    if not event.takes_sign_ups:
        return "Sign-up closed", "grey"
    if event.is_full or left == "":
        return "Waiting list", "amber"
    return left or counted(event.places_left, "place") + " left", "green"
