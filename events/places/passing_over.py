"""Who is passed over as free places are given out, and why."""

from core.words import series
from events.places.models import SignUp
from events.places.room import Room, cap_words

IS_SHUT = "The account is shut, so nobody can be written to."


class PassedOver:
    """Those who still wait ahead of somebody in `promoted`, as `room` has it after the places were given out."""

    def __init__(self, room: Room, promoted: list[SignUp]) -> None:
        self.room, self.promoted = room, promoted
        last = max(place.position for place in promoted)
        waiting = room.event.sign_ups.filter(status=SignUp.Status.WAITING, position__lt=last)
        self.people = list(waiting.select_related("person", "organisation").order_by("position"))

    def by(self, promoted: SignUp) -> tuple[int, str]:
        """How many wait ahead of somebody who was given a place, and why it was not theirs."""
        ahead = [place for place in self.people if place.position < promoted.position]
        return len(ahead), " ".join(dict.fromkeys(self._in_general(place, [promoted]) for place in ahead))

    def why(self, place: SignUp) -> str:
        """Why somebody who waits was passed over, to them and to whoever runs the event."""
        capped = self.room.capped_words(place.organisation) if place.person.is_active else ""
        return capped or self._in_general(place, [one for one in self.promoted if one.position > place.position])

    def _in_general(self, place: SignUp, others: list[SignUp]) -> str:
        """The same without saying for whom they come."""
        if not place.person.is_active:
            return IS_SHUT
        if self.room.is_at_cap(place.organisation):
            return f"Councils may have no more than {cap_words(self.room.event)}."
        pools = series(dict.fromkeys(str(other.pool) for other in others if other.pool))
        return f"The place is one of those for {pools}." if pools else "The place was not for them."
