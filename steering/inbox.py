"""Lines about the board for somebody's week."""

from dataclasses import replace

from django.db.models import Q

from core.inbox import MOST, Action, Item, Reader, change_of
from projects.models import Project
from projects.permissions import can_facilitate
from projects.portfolio.permissions import visible_projects
from steering.models import Decision
from steering.permissions import can_minute, sits_on_board, visible_decisions
from steering.queries import (
    Waiting,
    cases_waiting,
    late_update,
    projects_late,
    reviews_due,
    to_decide,
    to_review,
    to_vote,
)
from steering.queries.decisions import about_projects
from steering.queries.motions import motions_to_conclude


def cases_to_decide(reader: Reader) -> list[Item]:
    """For the board and the secretariat: the business cases to decide."""
    if not _waits_for(reader):
        return []
    lines = [_line(to_decide(case), reader, "submitted", "Read and decide") for case in cases_waiting()[:MOST]]
    # A project waits for its decision; one whose update is overdue goes on.
    return [replace(line, comes_first=True) for line in lines]


def motions_to_record(reader: Reader) -> list[Item]:
    """For the secretariat: votes of the board by e-mail that have closed and are not recorded."""
    if not can_minute(reader.user):
        return []
    return [_line(to_vote(motion), reader, "asked", "Record the result") for motion in motions_to_conclude()[:MOST]]


def reviews_to_hold(reader: Reader) -> list[Item]:
    """For the board and the secretariat: decisions whose review is due."""
    if not _waits_for(reader):
        return []
    return [_line(to_review(decision), reader, "due since", "Read and review") for decision in reviews_due()[:MOST]]


def updates_that_are_late(reader: Reader) -> list[Item]:
    """For the board: projects whose update is late. `projects.inbox` asks those who may write it."""
    if not sits_on_board(reader.user) or can_facilitate(reader.user):
        return []
    late = projects_late(visible_projects(reader.user))[:MOST]
    return [_line(late_update(project), reader, "update due", "Read how it stands") for project in late]


def _waits_for(reader: Reader) -> bool:
    return can_minute(reader.user) or sits_on_board(reader.user)


def _line(waiting: Waiting, reader: Reader, at_note: str, words: str) -> Item:
    """The line of the board's page as an item, with the action that this reader may take."""
    action = Action(words, waiting.url)
    if can_minute(reader.user):
        action = Action(waiting.action, waiting.action_url)
    return Item(waiting.since, waiting.title, action.url, waiting.note, at_note=at_note, actions=(action,))


def decisions_on_our_projects(reader: Reader) -> list[Item]:
    """Decisions about projects that the reader's organisations lead or take part in, or that the reader follows."""
    if reader.looks_at_nothing:
        return []
    ours = Q(lead_council__in=reader.organisations) | Q(partners__in=reader.organisations)
    ours |= Q(pk__in=reader.followed("project")) | Q(service__in=reader.followed("service"))
    projects = Project.objects.filter(ours).values("pk")
    decided = Decision.objects.filter(about_projects(projects), created_at__gte=reader.since).values("pk")
    decisions = visible_decisions(reader.user).filter(pk__in=decided).order_by("-created_at", "-pk")
    decisions = decisions.select_related(
        "business_case__project__service", "project__service", "block__project__service", "promise__project__service"
    )
    return [
        Item(
            decision.created_at,
            decision.title,
            decision.get_absolute_url(),
            f"{decision.get_result_display()} by the board: {decision.figures}.",
            because=f"{reader.us} is in the project",
            about=decision.project_behind,
            change=change_of(decision, "decided"),
        )
        for decision in decisions[: reader.most]
    ]
