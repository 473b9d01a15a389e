"""Seats at the door: whoever came without a place of their own gets a free one, in the order in which they came."""

from events.event.models import Event
from events.places.models import SignUp


def seat_the_door(event: Event) -> None:
    """Give the free places of the locked `event` to those who were let in, first come first; others have none.

    Worked out anew from who is there, so that it does not matter in which order the desks say so. Callers write the
    counters (`keep_count`).
    """
    let_in = list(event.sign_ups.filter(is_let_in=True).order_by("checked_in_at", "position").only("is_over_capacity"))
    event.places_taken -= sum(not place.is_over_capacity for place in let_in)
    free = max(event.capacity - event.places_taken, 0)
    event.places_taken += min(free, len(let_in))
    for places, is_over in ((let_in[:free], False), (let_in[free:], True)):
        changed = [place.pk for place in places if place.is_over_capacity != is_over]
        if changed:
            SignUp.objects.filter(pk__in=changed).update(is_over_capacity=is_over)
