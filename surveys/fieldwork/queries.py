"""Reads of a wave that is run here: whether answers are taken, whose link it is, and what they saved."""

import uuid

from django.db.models import Count, QuerySet

from core import clock
from core.words import at_moment
from questions.checking import Answers
from questions.drafts import answers_on
from questions.models import Question
from surveys.fieldwork.models import Fieldwork, SurveyInvitation
from surveys.waves.levels import ROLES

State = SurveyInvitation.State


def runnings() -> QuerySet[Fieldwork]:
    """The runnings of all waves, with their wave."""
    return Fieldwork.objects.select_related("wave__questions", "round")


def is_taken(fieldwork: Fieldwork) -> bool:
    """Whether answers are taken now."""
    return fieldwork.is_open and clock.now() < fieldwork.closes_at


def why_not_taken(fieldwork: Fieldwork) -> str:
    """Why no answers are taken now, as a sentence; empty where they are."""
    if fieldwork.state == Fieldwork.State.PREPARED:
        return "This survey has not opened yet."
    if fieldwork.state == Fieldwork.State.VOID:
        return "This survey has ended without a result: its answers were never opened."
    if not is_taken(fieldwork):
        return f"This survey closed {at_moment(fieldwork.closed_at or fieldwork.closes_at)}. It takes no more answers."
    return ""


def invitation_of(reference: uuid.UUID) -> SurveyInvitation | None:
    """The invitation that somebody's own link leads to."""
    invitations = SurveyInvitation.objects.select_related("organisation", "sheet__set", "fieldwork__round")
    return invitations.select_related("fieldwork__wave__questions").filter(reference=reference).first()


def saved_answers(invitation: SurveyInvitation) -> Answers | None:
    """What somebody has saved to go on with; None where that cannot be read."""
    return {} if invitation.sheet is None else answers_on(invitation.sheet)


def counts_by_state(fieldwork: Fieldwork) -> dict[str, int]:
    """How many people are in each state, those who handed in and closed their account since among them."""
    found = SurveyInvitation.objects.filter(fieldwork=fieldwork).order_by().values_list("state").annotate(n=Count("pk"))
    counts = dict.fromkeys(State.values, 0) | dict(found)
    counts[State.HANDED_IN] += fieldwork.number_nameless
    return counts


def to_remind(fieldwork: Fieldwork) -> QuerySet[SurveyInvitation]:
    """Who was invited, has not handed in, has had no reminder, and has not asked to have none."""
    waiting = SurveyInvitation.objects.filter(fieldwork=fieldwork, state__in=(State.INVITED, State.BEGUN))
    return waiting.filter(invited_at__isnull=False, reminded_on=None)


def roles_of(fieldwork: Fieldwork) -> dict[str, str]:
    """The roles of the questionnaire, as keys and words; their keys alone where it asks for none."""
    asked = Question.objects.asked().filter(set=fieldwork.wave.questions_id, key="role").first()
    return dict(asked.choices) if asked and asked.choices else {key: key for key in ROLES}
