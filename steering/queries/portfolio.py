"""Reads of the portfolio: the ratings counted, and the next decision of each project."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Case, CharField, Exists, IntegerField, OuterRef, Prefetch, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from core.words import day_in_words
from events.models import Event
from projects.models import Block, BusinessCase, Project, StatusUpdate
from projects.portfolio.models import HISTORY, ProjectQuerySet
from projects.portfolio.standing import ProjectStanding, standings
from steering.models import Decision
from steering.queries.cases import cases_waiting
from steering.queries.waiting import AllThatWaits

# The columns for a project's row, for its lane and for its next decision.
_FOLLOWED = (
    "title", "slug", "stage", "started_on", "case_accepted_on", "launched_on", "ended_on", "last_updated_at",
    "update_every_days", "outcome_of_year", "source", "is_illustrative", "prototype_id", "lead_council__name",
    "discovery__step", "discovery__starts_on", "discovery__step_one_ended_on", "discovery__step_two_ended_on",
    "discovery__stopped_on", "is_of_the_record", "paused_on", "paused_because", "look_again_on", "nudged_on",
)  # fmt: skip
# The columns that a rating reads.
_RATED = (
    "title", "slug", "stage", "ended_on", "last_updated_at", "update_every_days", "is_of_the_record", "paused_on",
    "paused_because", "look_again_on",
)  # fmt: skip
_OF_A_CASE = ("project", "version", "state")
_OF_A_DECISION = ("business_case", "number", "result", "review_on", "decided_on", "conditions_met_on")


@dataclass(frozen=True)
class NextDecision:
    """The next decision about a project, in words, with its page."""

    words: str
    url: str = ""

    @property
    def in_sentence(self) -> str:
        """The words for the middle of a sentence: `none yet, its business case is a draft`."""
        return f"{self.words[0].lower()}{self.words[1:]}"


def ratings_of_the_living(projects: ProjectQuerySet) -> dict[int, ProjectStanding]:
    """The standing of every project that has not ended and is not of the record; as many queries however many."""
    return standings(list(projects.living().only(*_RATED)))


def in_board_order(projects: ProjectQuerySet, waiting: AllThatWaits) -> ProjectQuerySet:
    """The projects that wait for the board first, by kind; told history last."""
    turns = [When(pk__in=keys, then=Value(turn)) for turn, keys in enumerate(waiting.projects)]
    past = When(HISTORY, then=Value(len(turns) + 1))
    turn = Case(*turns, past, default=Value(len(turns)), output_field=IntegerField())
    return projects.order_by(turn, "stage", "-started_on", "pk")


def is_to_decide() -> Exists:
    """Whether a project's business case waits for the board."""
    return Exists(cases_waiting().filter(project=OuterRef("pk")))


def with_next_decision(projects: QuerySet[Project]) -> QuerySet[Project]:
    """The projects with their cases and decisions, so that `next_decision` needs no query."""
    decisions = Prefetch("decisions", Decision.objects.only(*_OF_A_DECISION))
    cases = BusinessCase.objects.order_by("-version").only(*_OF_A_CASE).prefetch_related(decisions)
    followed = projects.select_related("lead_council", "discovery").only(*_FOLLOWED)
    return followed.prefetch_related(Prefetch("business_cases", cases))


NO_EVENT = "none"  # of a project to which no event on record led


def stream_behind() -> Coalesce:
    """The stream of the first event that led to each project: one of its prototype, else of its discovery."""
    held = Event.objects.exclude(state=Event.State.CANCELLED).order_by("starts_at", "pk").values("stream")
    made = Subquery(held.filter(prototypes=OuterRef("prototype"))[:1])
    found = Subquery(held.filter(discovery=OuterRef("discovery"))[:1])
    return Coalesce(made, found, Value(NO_EVENT), output_field=CharField())


def is_blocked() -> Case:
    """Whether something open blocks each project: yes or no."""
    blocked = Exists(Block.objects.open().filter(project=OuterRef("pk")))
    return Case(When(blocked, then=Value("yes")), default=Value("no"), output_field=CharField())


NOT_RATED = "none"  # of a project that has ended, is of the record, or is paused


def rating_now() -> Case:
    """Each project's rating today, worked out as on its page, as a database expression; as many queries however many.

    What a rating is made of stands in several apps, so the keys of each colour are handed to the database.
    """
    keys: dict[str, list[int]] = defaultdict(list)
    for key, standing in ratings_of_the_living(Project.objects.all()).items():
        keys[standing.rating].append(key)
    rated = [When(pk__in=keys[colour], then=Value(colour)) for colour in StatusUpdate.Rating.values]
    return Case(*rated, default=Value(NOT_RATED), output_field=CharField())


def next_decision(project: Project) -> NextDecision:
    """The next decision: a review that is due, else by the state of the latest business case."""
    decisions = [decision for case in project.business_cases.all() for decision in case.decisions.all()]
    if due := next((decision for decision in decisions if decision.is_review_due), None):
        return NextDecision(f"Review due since {day_in_words(due.review_on)}", due.get_absolute_url())
    if project.has_ended:
        return NextDecision("None, it has ended")
    case = next(iter(project.business_cases.all()), None)
    if case is None:
        return NextDecision("None yet, its business case is not written")
    if case.state == BusinessCase.State.DRAFT:
        which = f"version {case.version} of its business case" if case.version > 1 else "its business case"
        return NextDecision(f"None yet, {which} is a draft")
    latest = next(iter(case.decisions.all()), None)
    if case.state == BusinessCase.State.SUBMITTED and latest and latest.waits_for_conditions:
        return NextDecision(f"The conditions of {latest.number} are to be met", latest.get_absolute_url())
    if case.state == BusinessCase.State.SUBMITTED:
        return NextDecision("Accept the business case", f"/board/cases/{case.pk}/")
    if case.state == BusinessCase.State.REJECTED:
        return NextDecision("A new version of the rejected case")
    if latest and latest.review_on:
        return NextDecision(f"Review on {day_in_words(latest.review_on)}", latest.get_absolute_url())
    if project.stage == Project.Stage.CO_DEVELOP:
        return NextDecision("None, it may launch")
    return NextDecision("None planned")
