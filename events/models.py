"""Events with their agenda, places at them, and what people said of them afterwards."""

from events.event.models import Access, AgendaItem, Event, EventQuerySet, Series
from events.event.people import Organiser, ParticipantKind
from events.event.pools import Pool
from events.feedback.models import Feedback, FeedbackComment
from events.inviting.models import Invitation
from events.leads.models import Lead
from events.places.feeds import OwnCalendar
from events.places.models import PlaceOffer, QueueLine, SignUp
from events.running.models import EventMessage

__all__ = [
    "Access",
    "AgendaItem",
    "Event",
    "EventMessage",
    "EventQuerySet",
    "Feedback",
    "FeedbackComment",
    "Invitation",
    "Lead",
    "Organiser",
    "OwnCalendar",
    "ParticipantKind",
    "PlaceOffer",
    "Pool",
    "QueueLine",
    "Series",
    "SignUp",
]
