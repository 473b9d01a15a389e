"""Reads of a wave that is run here: whether answers are taken, whose link it is, and what they saved."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from core import clock
from core.words import at_moment, counted
from questions.checking import Answers
from questions.drafts import answers_on
from questions.models import Question
from surveys.fieldwork.models import Fieldwork, SurveyInvitation
from surveys.waves.levels import ROLES

State = SurveyInvitation.State
NAMES_KEPT = dt.timedelta(days=90)  # after the close: who was invited


def runnings() -> QuerySet[Fieldwork]:
    """The runnings of all waves, with their wave."""
    return Fieldwork.objects.select_related("wave__questions", "round")


def is_taken(fieldwork: Fieldwork) -> bool:
    """Whether answers are taken now."""
    return fieldwork.is_open and clock.now() < fieldwork.closes_at


def may_take_answers(fieldwork: Fieldwork) -> bool:
    """Whether answers are taken now, or may be later."""
    return fieldwork.state == Fieldwork.State.PREPARED or is_taken(fieldwork)


def why_not_taken(fieldwork: Fieldwork) -> str:
    """Why no answers are taken now, as a sentence; empty where they are."""
    if fieldwork.state == Fieldwork.State.PREPARED:
        return "This survey has not opened yet."
    if fieldwork.state == Fieldwork.State.VOID:
        return "This survey has ended without a result: its answers were never opened."
    if not is_taken(fieldwork):
        return f"This survey closed {at_moment(fieldwork.closes_at)}. It takes no more answers."
    return ""


def invitation_of(reference: uuid.UUID) -> SurveyInvitation | None:
    """The invitation that somebody's own link leads to."""
    invitations = SurveyInvitation.objects.select_related("organisation", "sheet__set", "fieldwork__round")
    return invitations.select_related("fieldwork__wave__questions").filter(reference=reference).first()


def saved_answers(invitation: SurveyInvitation) -> Answers | None:
    """What somebody has saved to go on with; None where that cannot be read."""
    return {} if invitation.sheet is None else answers_on(invitation.sheet)


@dataclass(frozen=True)
class PeopleAsked:
    """How many people a wave has invited, and how many of them are how far; as it ended, of one that has ended."""

    invited: int | None  # not known of a wave that ended before this was kept
    handed_in: int
    by_state: dict[str, int] = field(default_factory=dict)  # while it has not ended

    @property
    def in_words(self) -> str:
        """“132 of 150 people have handed in”; without the “of” where that is not known."""
        if self.invited is None:
            return counted(self.handed_in, "person has handed in", "people have handed in")
        return f"{self.handed_in:,} of {counted(self.invited, 'person', 'people')} have handed in"


def people_asked(fieldwork: Fieldwork) -> PeopleAsked:
    """How many people a wave has invited: the one count that every page says."""
    return people_asked_by([fieldwork])[fieldwork.pk]


def people_asked_by(fieldworks: Collection[Fieldwork]) -> dict[int, PeopleAsked]:
    """The same of several waves, by their keys. Who handed in and closed their account since is among them.

    Of a wave that has ended as it ended: invitations go with accounts, and all of them after 90 days.
    """
    now = counts_by_state([each for each in fieldworks if not each.closed_at])
    return {
        each.pk: _as_it_ended(each)
        if each.closed_at
        else PeopleAsked(sum(now[each.pk].values()), now[each.pk][State.HANDED_IN], now[each.pk])
        for each in fieldworks
    }


def _as_it_ended(fieldwork: Fieldwork) -> PeopleAsked:
    handed_in = fieldwork.wave.respondents if fieldwork.handed_in is None else fieldwork.handed_in
    return PeopleAsked(fieldwork.invited, handed_in or 0)


def counts_by_state(fieldworks: Collection[Fieldwork]) -> dict[int, dict[str, int]]:
    """By the key of each wave, how many people are in each state now, in one query."""
    rows = SurveyInvitation.objects.filter(fieldwork__in=fieldworks).order_by()
    counts = {each.pk: dict.fromkeys(State.values, 0) for each in fieldworks}
    for key, state, number in rows.values_list("fieldwork", "state").annotate(n=Count("pk")):
        counts[key][state] = number
    for each in fieldworks:
        counts[each.pk][State.HANDED_IN] += each.number_nameless
    return counts


def to_remind(fieldwork: Fieldwork) -> QuerySet[SurveyInvitation]:
    """Who was invited, has not handed in, has had no reminder, and has not asked to have none."""
    waiting = SurveyInvitation.objects.filter(fieldwork=fieldwork, state__in=(State.INVITED, State.BEGUN))
    return waiting.filter(invited_at__isnull=False, reminded_on=None)


def roles_of(fieldwork: Fieldwork) -> dict[str, str]:
    """The roles of the questionnaire, as keys and words; their keys alone where it asks for none."""
    asked = Question.objects.asked().filter(set=fieldwork.wave.questions_id, key="role").first()
    return dict(asked.choices) if asked and asked.choices else {key: key for key in ROLES}
