"""Events: agenda, places, marks of the desk, what is asked there, what came out, and what people said afterwards."""

from events.desk.models import DeskMark
from events.event.models import Access, AgendaItem, Event, EventQuerySet, Series
from events.event.people import Organiser, ParticipantKind
from events.event.pools import Pool
from events.event.skills import Skill, SkillDemand
from events.event.speakers import Speaker, SpeakerClaim
from events.feedback.models import Feedback, FeedbackComment
from events.floor.models import FloorQuestion, FloorVote
from events.inviting.models import Invitation
from events.leads.models import Lead
from events.outputs.models import Output
from events.places.feeds import OwnCalendar
from events.places.models import QueueLine, SignUp
from events.places.offers import PlaceOffer
from events.running.models import EventMessage

__all__ = [
    "Access",
    "AgendaItem",
    "DeskMark",
    "Event",
    "EventMessage",
    "EventQuerySet",
    "Feedback",
    "FeedbackComment",
    "FloorQuestion",
    "FloorVote",
    "Invitation",
    "Lead",
    "Organiser",
    "Output",
    "OwnCalendar",
    "ParticipantKind",
    "PlaceOffer",
    "Pool",
    "QueueLine",
    "Series",
    "SignUp",
    "Skill",
    "SkillDemand",
    "Speaker",
    "SpeakerClaim",
]
