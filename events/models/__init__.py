"""Events with their agenda, places at them, and what people said of them afterwards."""

from events.models.event import Access, AgendaItem, Event, EventQuerySet
from events.models.feedback import Feedback
from events.models.places import PlaceOffer, SignUp

__all__ = ["Access", "AgendaItem", "Event", "EventQuerySet", "Feedback", "PlaceOffer", "SignUp"]
