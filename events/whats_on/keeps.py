"""What is held of the people of events, how long, and which rows that is: for the pages that say it and when it goes.

What the schedules delete are these rows, once their event has been over for so long (`tests/events/test_going.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from events.desk.models import DeskMark
from events.event import keeping
from events.event.keeping import Keeping
from events.event.people import Organiser
from events.floor.models import FloorQuestion, FloorVote
from events.inviting.models import Invitation
from events.leads.models import Lead
from events.places.models import SignUp
from events.places.offers import PlaceOffer
from events.running.models import EventMessage

THOSE_WHO_RUN = "Those who run the event, and the secretariat"
NOBODY = "Nobody, unless they let their name be shown"


@dataclass(frozen=True)
class Held:
    """One thing that is held: its words, how long it is kept, and its rows, with the path from them to an event."""

    what: str
    kept: Keeping
    rows: Callable[[], tuple[tuple[QuerySet[Any], str], ...]]
    seen_by: str = THOSE_WHO_RUN


def _health() -> QuerySet[SignUp]:
    return SignUp.objects.exclude(Q(**dict.fromkeys(SignUp.HEALTH, "")))


def _waited() -> QuerySet[SignUp]:
    return SignUp.objects.filter(status=SignUp.Status.WAITING)


def _named() -> QuerySet[SignUp]:
    return SignUp.objects.named().exclude(status=SignUp.Status.WAITING)


HELD = (
    Held("What people need to take part, and do not eat", keeping.HEALTH, lambda: ((_health(), "event"),)),
    Held("To whom places were offered", keeping.OFFERS, lambda: ((PlaceOffer.objects.all(), "place__event"),)),
    Held("Who only waited", keeping.WAITING, lambda: ((_waited(), "event"),)),
    Held("Who was invited", keeping.INVITATIONS, lambda: ((Invitation.objects.all(), "event"),)),
    Held("Names of who had a place, gave it back, or came", keeping.NAMES, lambda: ((_named(), "event"),)),
    Held(
        "Who noted at the desk that somebody came or left",
        keeping.NAMES,
        lambda: ((DeskMark.objects.filter(by__isnull=False), "event"),),
    ),
    Held(
        "Names of who told of a saving",
        keeping.NAMES,
        lambda: ((Lead.objects.filter(Q(person__isnull=False) | ~Q(note="")), "event"),),
        "The secretariat",
    ),
    Held(
        "Who asked from the floor, or voted for a question",
        keeping.NAMES,
        lambda: (
            (FloorQuestion.objects.filter(asked_by__isnull=False), "event"),
            (FloorVote.objects.all(), "question__event"),
        ),
        NOBODY,
    ),
    Held("Organisers of the event", keeping.NAMES, lambda: ((Organiser.objects.accepted(), "event"),)),
    Held("What was written to its people", keeping.MESSAGES, lambda: ((EventMessage.objects.all(), "event"),)),
)
