"""An event that asks something at sign-up, and what was answered."""

from typing import Any

from accounts.models import User
from events.models import Event
from questions.models import AnswerSheet
from tests.factories.events import EventFactory
from tests.factories.questions import KIND, sign_up_question


def a_day_that_asks() -> Event:
    """An event that asks three things, one of them only of those who say yes."""
    event = EventFactory()
    sign_up_question(event, KIND.YES_NO, key="lunch", words="Will you stay for lunch?")
    sign_up_question(event, KIND.TEXT, key="table", words="Whom with?", shown_if="lunch", shown_if_values=["yes"])
    sign_up_question(event, KIND.MATRIX, key="matrix", kept_days=90)
    return event


def asking(event: Event, path: str = "") -> str:
    """The address of the page on which those who run the event write its questions."""
    return f"/events/{event.slug}/questions/{path}"


def answers_of(person: User) -> dict[str, Any]:
    """What somebody answered, who has answered at one event."""
    return AnswerSheet.objects.get(person=person).answers
