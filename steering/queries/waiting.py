"""What waits for the board: cases to decide, decisions to look at again, actions and updates that are late."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.figures import POUNDS, Figure
from core.pagination import PAGE_SIZE
from core.words import counted, day_in_short, day_in_words, months_in_words
from projects.models import BusinessCase, Project
from projects.portfolio.freshness import rhythm
from projects.portfolio.models import ProjectQuerySet
from steering.models import BoardAction, Decision, Motion
from steering.queries.actions import days_late, overdue_actions
from steering.queries.cases import cases_waiting, reviews_due
from steering.queries.motions import open_motions

# Of each kind on the board's page. A page is read, so that the portfolio's first page begins with all of them.
MOST = 5
_OF_A_CASE = (
    "project", "submitted_at", "volume", "saving_per_unit", "take_up", "one_off_cost", "source", "is_illustrative",
    "project__title", "project__lead_council__name", "project__lead_council__kind",
)  # fmt: skip
_OF_A_LATE_PROJECT = (
    "title", "slug", "last_updated_at", "update_every_days", "source", "is_illustrative",
    "lead_council__name", "lead_council__kind",
)  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """One line of what waits, with its state and reason; the action is for the secretariat."""

    word: str
    since: dt.date
    title: str
    url: str
    note: str
    action: str
    action_url: str
    record: Any

    @property
    def since_words(self) -> str:
        return f"since {day_in_short(self.since)}"


@dataclass(frozen=True)
class AllThatWaits:
    """The first lines of each kind, links to the rest, and the keys of their projects by kind."""

    lines: list[Waiting]
    more: list[tuple[str, str]]
    projects: list[list[int]]


def waiting_for_the_board(projects: ProjectQuerySet) -> AllThatWaits:
    """What bodies vote on by e-mail, business cases to decide, reviews due, late actions and updates; a query each."""
    board = reverse("steering:board")
    cases = list(cases_waiting().only(*_OF_A_CASE)[:PAGE_SIZE])
    reviews = list(reviews_due().annotate(project_key=F("business_case__project"))[:PAGE_SIZE])
    actions = list(overdue_actions()[: MOST + 1])
    late = list(projects_late(projects).only(*_OF_A_LATE_PROJECT)[:PAGE_SIZE])
    more = [
        (len(cases) > MOST, ("All cases to decide", f"{board}?decide=1#portfolio")),
        (len(reviews) > MOST, ("All reviews that are due", f"{reverse('steering:decisions')}?review=1")),
        (len(actions) > MOST, ("All actions that are late", f"{reverse('steering:actions')}?state=overdue")),
        (len(late) > MOST, ("All updates that are late", f"{board}?overdue=1#portfolio")),
    ]
    return AllThatWaits(
        [
            *map(to_vote, open_motions()[:MOST]),
            *map(to_decide, cases[:MOST]),
            *map(to_review, reviews[:MOST]),
            *map(late_action, actions[:MOST]),
            *map(late_update, late[:MOST]),
        ],
        [where for is_more, where in more if is_more],
        [[case.project_id for case in cases], [each.project_key for each in reviews], [each.pk for each in late]],
    )


def projects_late(projects: ProjectQuerySet) -> ProjectQuerySet:
    """The projects whose promised update is overdue, the longest overdue first."""
    late = projects.late().select_related("lead_council")
    return late.order_by("last_updated_at", "pk")


def to_vote(motion: Motion) -> Waiting:
    """The line of a motion, until its result is recorded."""
    has_ended, url = motion.ballot.has_ended, motion.get_absolute_url()
    until = day_in_words(motion.closes_on)
    return Waiting(
        "Vote",
        timezone.localdate(motion.created_at),
        motion.title,
        url,
        f"The bodies voted by e-mail until {until}." if has_ended else f"The bodies vote by e-mail until {until}.",
        "Record the result" if has_ended else "See who has voted",
        reverse("steering:conclude", args=[motion.ballot.reference]) if has_ended else url,
        motion,
    )


def to_decide(case: BusinessCase) -> Waiting:
    """The line of a submitted case, with what it costs and saves."""
    payback = case.payback()
    yearly = Figure(payback.yearly_saving, unit=f"{POUNDS} a year", places=0)
    saving = f"{yearly} for {Figure(case.one_off_cost, unit=POUNDS)} once"
    paid_back = f"paid back in {months_in_words(payback.months)}" if payback.months is not None else "never paid back"
    led = f" Led by {case.project.lead_council.full_name}." if case.project.lead_council else ""
    return Waiting(
        "Decide",
        timezone.localdate(case.submitted_at),
        f"Accept the business case: {case.project.title}",
        reverse("steering:case", args=[case.pk]),
        f"{saving}, {paid_back}.{led}",
        "Record the decision",
        reverse("steering:decide", args=[case.pk]),
        case,
    )


def to_review(decision: Decision) -> Waiting:
    """The line of a decision whose review is due."""
    return Waiting(
        "Review",
        decision.review_on or clock.today(),
        f"{decision.number} {decision.title}",
        decision.get_absolute_url(),
        f"{decision.get_result_display()} on {day_in_words(decision.decided_on)}, to be looked at again.",
        "Record the review",
        reverse("steering:review", args=[decision.number]),
        decision,
    )


def late_action(action: BoardAction) -> Waiting:
    """The line of an action whose day is over."""
    url = action.get_absolute_url()
    return Waiting(
        "Late",
        action.due_on,
        f"Action: {action.title}",
        url,
        f"Owner: {action.owner}. Was due on {day_in_words(action.due_on)}, {counted(days_late(action), 'day')} ago.",
        "Say that it is done",
        f"{url}done/",
        action,
    )


def late_update(project: Project) -> Waiting:
    """The line of a project whose promised update is overdue."""
    led = f" Led by {project.lead_council.full_name}." if project.lead_council else ""
    last = day_in_words(project.last_updated_at)
    url = f"{project.get_absolute_url()}#latest"
    return Waiting(
        "Late",
        project.next_update_due,
        project.title,
        url,
        f"No update since {last}; one every {rhythm(project)} was promised.{led}",
        "Write an update",
        url,
        project,
    )
