"""Events with their agenda, places at them, and what people said of them afterwards."""

from events.event.models import Access, AgendaItem, Event, EventQuerySet
from events.event.people import Organiser, ParticipantKind
from events.event.pools import Pool
from events.feedback.models import Feedback
from events.places.models import PlaceOffer, QueueLine, SignUp
from events.running.models import EventMessage

__all__ = [
    "Access",
    "AgendaItem",
    "Event",
    "EventMessage",
    "EventQuerySet",
    "Feedback",
    "Organiser",
    "ParticipantKind",
    "PlaceOffer",
    "Pool",
    "QueueLine",
    "SignUp",
]
