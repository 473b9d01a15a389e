"""The seven outcomes, counted from the forms."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from core import clock
from core.figures import Share
from events.event.models import Event
from events.feedback.models import Feedback
from events.places.models import SignUp
from sealing.models import Round

LEAST_FOR_FACILITATORS, LEAST_FOR_EVERYONE = 5, 10


def are_enough(number: int, *, is_staff: bool = False) -> bool:
    """Whether so many forms, or answers, may be shown: fewer could reveal what one person said."""
    return number >= (LEAST_FOR_FACILITATORS if is_staff else LEAST_FOR_EVERYONE)


@dataclass(frozen=True)
class Outcome:
    """One question with its result: how many of those who answered it said yes."""

    name: str
    words: str
    share: Share


@dataclass(frozen=True)
class Outcomes:
    """The seven outcomes of one event or many, with how many forms were given and how many people were there."""

    forms: int
    attended: int
    outcomes: tuple[Outcome, ...]
    is_illustrative: bool

    @property
    def response_rate(self) -> Share:
        return Share(self.forms, self.attended, "people who came")


def feedback_outcomes(events: QuerySet[Event] | list[Event], *, attended: int | None = None) -> Outcomes:
    """The seven outcomes over `events`, each on the base of those who answered that question.

    `attended`: how many were there, where the caller has counted them.
    """
    sums = {"forms": Count("pk"), "made_up": Count("pk", filter=Q(is_illustrative=True))}
    for name in Feedback.OUTCOMES:
        sums[f"{name}_yes"] = Count("pk", filter=Q(**{name: True}))
        sums[f"{name}_base"] = Count("pk", filter=Q(**{f"{name}__isnull": False}))
    counted = Feedback.objects.filter(event__in=events).aggregate(**sums)
    if attended is None:
        attended = SignUp.objects.filter(event__in=events, checked_in_at__isnull=False).count()
    return Outcomes(
        counted["forms"],
        attended,
        tuple(
            Outcome(
                name,
                Feedback.words_for(name),
                Share(counted[f"{name}_yes"], counted[f"{name}_base"], "who answered"),
            )
            for name in Feedback.OUTCOMES
        ),
        bool(counted["made_up"]),
    )


def is_taken(event: Event) -> bool:
    """Whether feedback can be given now."""
    return event.takes_feedback and (event.feedback_round is None or event.feedback_round.is_open)


def is_void(event: Event) -> bool:
    """Whether feedback was given that could not be opened, and never will be."""
    return event.feedback_round is not None and event.feedback_round.state == Round.State.VOID


def are_opened(event: Event) -> bool:
    """Whether every form that was given can be counted; also where none was sealed."""
    return event.feedback_round is None or event.feedback_round.state == Round.State.CLOSED


def results_for(event: Event, *, attended: int, is_staff: bool) -> Outcomes | None:
    """The results of one event as this reader may see them; None while there are too few, or some are still sealed.

    Only after the window: two readings in between could otherwise reveal what the last form said.
    """
    if clock.now() < event.feedback_closes_at or not are_opened(event):
        return None
    found = feedback_outcomes([event], attended=attended)
    if not are_enough(found.forms, is_staff=is_staff):
        return None
    enough = tuple(outcome for outcome in found.outcomes if are_enough(outcome.share.base, is_staff=is_staff))
    return Outcomes(found.forms, found.attended, enough, found.is_illustrative)
