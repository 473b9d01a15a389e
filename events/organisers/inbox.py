"""The lines about events that somebody is asked to run, in that person's week."""

from django.db.models import Exists, OuterRef

from accounts.queries import confirmed_addresses
from core import clock
from core.inbox import MOST, Action, Item, Reader
from events.event.models import Event
from events.event.people import INVITATION_LASTS, Organiser


def events_to_run(reader: Reader) -> list[Item]:
    """The invitations to a confirmed address of this person, until they accept or it runs out."""
    now = clock.now()
    own_address = confirmed_addresses(reader.user).filter(email__iexact=OuterRef("email"))
    asked = Organiser.objects.filter(
        Exists(own_address),
        person=None,
        at__gt=now - INVITATION_LASTS,
        event__ends_at__gt=now,
    ).exclude(event__state=Event.State.CANCELLED)
    return [
        _to_accept(organiser) for organiser in asked.select_related("event", "given_by").order_by("at", "pk")[:MOST]
    ]


def _to_accept(organiser: Organiser) -> Item:
    event = organiser.event
    return Item(
        organiser.expires_at,
        event.title,
        organiser.get_absolute_url(),
        f"{organiser.given_by} asks you to run it. {event.when}, {event.venue}.",
        at_note="open until",
        actions=(Action("Answer", organiser.get_absolute_url()),),
        comes_first=True,
        closes_at=organiser.expires_at,
    )
