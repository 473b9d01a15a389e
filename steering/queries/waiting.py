"""What waits for the board: cases to decide, decisions to look at again, actions and updates that are late."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, F
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.figures import POUNDS, Figure
from core.pagination import PAGE_SIZE
from core.words import counted, day_in_short, day_in_words, months_in_words
from projects.models import Block, BusinessCase, Project
from projects.portfolio.freshness import rhythm
from projects.portfolio.models import ProjectQuerySet, freshness_now
from steering.models import BoardAction, Decision, Motion
from steering.queries.actions import days_late, overdue_actions
from steering.queries.blocks import blocks_with_the_board
from steering.queries.cases import cases_waiting, reviews_due
from steering.queries.decisions import decisions_not_implemented
from steering.queries.motions import open_motions
from steering.queries.promises import promises_to_explain
from take_up import told
from take_up.models import Benefit

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
    word_for_the_secretariat: str = ""  # where its state is something to do for them alone

    @property
    def since_words(self) -> str:
        return f"since {day_in_short(self.since)}"


@dataclass(frozen=True)
class AllThatWaits:
    """The first lines of each kind, links to the rest, and the keys of their projects by kind."""

    lines: list[Waiting]
    more: list[tuple[str, str]]
    projects: list[list[int]]


def waiting_for_the_board(projects: ProjectQuerySet, *, freshness: Callable[[], Case] = freshness_now) -> AllThatWaits:
    """What bodies vote on by e-mail, business cases to decide, reviews due, late actions and updates; a query each."""
    board = reverse("steering:board")
    cases = list(cases_waiting().only(*_OF_A_CASE)[:PAGE_SIZE])
    reviews = list(reviews_due().annotate(project_key=F("business_case__project"))[:PAGE_SIZE])
    actions = list(overdue_actions()[: MOST + 1])
    late = list(projects_late(projects, freshness()).only(*_OF_A_LATE_PROJECT)[:PAGE_SIZE])
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


def all_that_waits_for_the_board(
    projects: ProjectQuerySet, *, freshness: Callable[[], Case] = freshness_now
) -> AllThatWaits:
    """`waiting_for_the_board` with what is stuck: blocks with the board, promises missed, decisions; a query each."""
    waiting, today = waiting_for_the_board(projects, freshness=freshness), clock.today()
    blocks = list(blocks_with_the_board(today)[: MOST + 1])
    missed = list(promises_to_explain()[: MOST + 1])
    # One whose review is due stands there as that. What was decided in the time of the record waits for nobody.
    decided = decisions_not_implemented(today).filter(decided_on__gt=clock.LAST_DAY_OF_THE_RECORD)
    undone = list(decided.exclude(pk__in=reviews_due().values("pk"))[: MOST + 1])
    more = [
        (len(blocks) > MOST, ("All blocks with the board", f"{reverse('steering:blocks')}?state=open&level=board")),
        (
            len(missed) > MOST,
            ("All promises to explain, with those of 2013 to 2015", f"{reverse('promises:promises')}?unexplained=1"),
        ),
        (len(undone) > MOST, ("All decisions not carried out yet", f"{reverse('steering:decisions')}?open=1")),
    ]
    return replace(
        waiting,
        lines=[
            *waiting.lines,
            *map(blocked, blocks[:MOST]),
            *map(to_explain, missed[:MOST]),
            *map(not_carried_out, undone[:MOST]),
        ],
        more=[*waiting.more, *(where for is_more, where in more if is_more)],
    )


def projects_late(projects: ProjectQuerySet, now: Case | None = None) -> ProjectQuerySet:
    """The projects whose promised update is overdue, the longest overdue first."""
    late = projects.late(now).select_related("lead_council")
    return late.order_by("last_updated_at", "pk")


def to_vote(motion: Motion) -> Waiting:
    """The line of a motion, until its result is recorded."""
    has_ended, url = motion.ballot.has_ended, motion.get_absolute_url()
    until = day_in_words(motion.closes_on)
    return Waiting(
        "Closed" if has_ended else "Vote",
        motion.closes_on if has_ended else timezone.localdate(motion.created_at),
        motion.title,
        url,
        f"The bodies voted by e-mail until {until}; the result is not recorded yet."
        if has_ended
        else f"The bodies vote by e-mail until {until}.",
        "Record the result" if has_ended else "See who has voted",
        reverse("steering:conclude", args=[motion.ballot.reference]) if has_ended else url,
        motion,
        "Record result" if has_ended else "",
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


def blocked(block: Block) -> Waiting:
    """The line of a block that is with the board, with its days and who is asked."""
    url, who = block.get_absolute_url(), block.who_can_remove
    asked = f"{who} can remove it." if who else "Nobody is asked to remove it yet."
    return Waiting(
        "Blocked",
        block.open_since,
        f"Block: {block.title}",
        url,
        f"Open for {counted(block.days_open, 'day')}. {asked}",
        "Pass it on, or say how it was removed",
        url,
        block,
    )


def to_explain(promise: Benefit) -> Waiting:
    """The line of a promise that was missed and that nobody has explained."""
    url, missed_on = promise.get_absolute_url(), promise.missed_on or promise.due_on
    whose = promise.project or told.council_name(promise)
    of = f", by {whose}" if whose else ""
    return Waiting(
        "Missed",
        missed_on,
        f"Promise: {promise.title}",
        url,
        f"Missed since {day_in_words(missed_on)}, and not explained yet{of}.",
        "Read the promise",
        url,
        promise,
    )


def not_carried_out(decision: Decision) -> Waiting:
    """The line of a decision that nobody has carried out yet."""
    return Waiting(
        "Open",
        decision.decided_on,
        f"{decision.number} {decision.title}",
        decision.get_absolute_url(),
        f"{decision.get_result_display()} on {day_in_words(decision.decided_on)}, and not carried out yet.",
        "Say that it was carried out",
        reverse("steering:implementation", args=[decision.number]),
        decision,
    )
