"""Questions from the floor as a reader sees them."""

from dataclasses import dataclass

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from accounts.models import AnyUser
from events.event.models import Event
from events.floor.models import FloorQuestion, FloorVote

MOST_ON_SCREEN = 3
MOST_LISTED = 200
State = FloorQuestion.State


@dataclass(frozen=True)
class AskedLine:
    """One question: its words, its votes, and what the reader has to do with it."""

    question: FloorQuestion
    is_own: bool
    has_voted: bool

    @property
    def is_open(self) -> bool:
        return self.question.state in {State.ASKED, State.SHOWN}


def asked_at(event: Event, user: AnyUser, *, moderates: bool) -> list[AskedLine]:
    """The questions in one query: on the screen, waiting by votes, answered; hidden ones for their asker and those who
    run the event."""
    seen = Q() if moderates else ~Q(state=State.HIDDEN) | Q(asked_by=user.pk)
    order = [State.SHOWN, State.ASKED, State.ANSWERED, State.HIDDEN]
    place = Case(
        *(When(state=state, then=Value(number)) for number, state in enumerate(order)), output_field=IntegerField()
    )
    voted = Exists(FloorVote.objects.filter(question=OuterRef("pk"), person=user.pk))
    found = event.floor_questions.filter(seen).select_related("asked_by").annotate(place=place, has_voted=voted)
    return [
        AskedLine(question, question.asked_by_id == user.pk, question.has_voted)
        for question in found.order_by("place", "-votes", "asked_at", "pk")[:MOST_LISTED]
    ]


def on_screen(event: Event) -> list[FloorQuestion]:
    """What the hall sees: the questions that were put on the screen, by votes."""
    shown = event.floor_questions.filter(state=State.SHOWN).select_related("asked_by")
    return list(shown.by_votes()[:MOST_ON_SCREEN])


def waiting_from_floor(event: Event) -> int:
    """How many questions wait to be shown or answered."""
    return event.floor_questions.filter(state=State.ASKED).count()
