"""Events with their agenda, places at them, marks of the desk, and what people said of them afterwards."""

from events.desk.models import DeskMark
from events.event.models import Access, AgendaItem, Event, EventQuerySet
from events.event.people import Organiser, ParticipantKind
from events.event.pools import Pool
from events.feedback.models import Feedback
from events.places.models import PlaceOffer, QueueLine, SignUp

__all__ = [
    "Access",
    "AgendaItem",
    "DeskMark",
    "Event",
    "EventQuerySet",
    "Feedback",
    "Organiser",
    "ParticipantKind",
    "PlaceOffer",
    "Pool",
    "QueueLine",
    "SignUp",
]
