"""Places that are passed on."""

from accounts.models import User
from events.models import Event, PlaceOffer
from events.places.operations import offer_place, sign_up


def offered(event: Event, giver: User, colleague: User) -> PlaceOffer:
    """A place of the giver's own that they have just offered to the colleague, whose address they typed in capitals."""
    return offer_place(sign_up(event, by=giver), to_email=colleague.email.upper(), by=giver)
