"""Lines about the board for somebody's week."""

from dataclasses import replace

from django.db.models import Q
from django.urls import reverse

from core import clock
from core.inbox import MOST, Action, Item, Reader, change_of
from core.words import day_in_words
from projects.models import Project
from projects.permissions import can_facilitate
from projects.portfolio.permissions import visible_projects
from steering.models import BodyAttendance, Decision, Meeting
from steering.permissions import can_minute, owners_for, seat_of, sits_on_board, visible_decisions
from steering.queries import (
    Waiting,
    cases_waiting,
    coming_meeting,
    last_meeting,
    late_action,
    late_update,
    meetings_to_write_down,
    open_actions,
    overdue_actions,
    projects_late,
    reviews_due,
    state_of,
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


def meetings_to_answer(reader: Reader) -> list[Item]:
    """For whoever represents a body: planned meetings of which it has not said whether it comes."""
    seat = seat_of(reader.user)
    if seat is None:
        return []
    answered = BodyAttendance.objects.filter(seat=seat).values("meeting")
    coming = Meeting.objects.planned().filter(day__gte=clock.today()).exclude(pk__in=answered)
    return [
        Item(
            meeting.day,
            f"Steering board on {day_in_words(meeting.day)}: does {seat} come?",
            meeting.get_absolute_url(),
            f"{meeting.hours}, {meeting.place}." if meeting.hours else f"{meeting.place}.",
            at_note="meets",
            actions=(
                _answer("It comes", meeting, BodyAttendance.Came.EXPECTED),
                _answer("Send apologies", meeting, BodyAttendance.Came.APOLOGIES, is_second=True),
            ),
        )
        for meeting in coming.order_by("day")[:MOST]
    ]


def _answer(words: str, meeting: Meeting, came: str, *, is_second: bool = False) -> Action:
    url = reverse("steering:coming", args=[meeting.day.isoformat()])
    return Action(words, url, is_post=True, is_second=is_second, fields=(("came", came),))


def actions_of_our_body(reader: Reader) -> list[Item]:
    """For whoever represents a body or publishes for it: what the board asked it to do, the first due first."""
    owners = owners_for(reader.user)
    if not owners:
        return []
    return [
        Item(
            action.due_on,
            action.title,
            action.get_absolute_url(),
            f"The board asked {action.owner} to do it. {state_of(action)}.",
            at_note="due",
            actions=(Action("Say that it is done", f"{action.get_absolute_url()}done/"),),
        )
        for action in open_actions().filter(owner__in=owners)[:MOST]
    ]


def actions_that_are_late(reader: Reader) -> list[Item]:
    """For the secretariat: actions whose day is over."""
    if not can_minute(reader.user):
        return []
    return [_line(late_action(action), reader, "due", "Read it") for action in overdue_actions()[:MOST]]


def meetings_to_plan(reader: Reader) -> list[Item]:
    """For the secretariat: meetings to write down, and that none is planned after the last."""
    if not can_minute(reader.user):
        return []
    lines = [
        Item(
            meeting.day,
            f"Write down the meeting of {day_in_words(meeting.day)}",
            meeting.get_absolute_url(),
            f"It was planned at {meeting.host}, {meeting.place}.",
            at_note="was planned for",
            actions=(Action("Write it down", f"{meeting.get_absolute_url()}held/"),),
        )
        for meeting in meetings_to_write_down()[:MOST]
    ]
    last = last_meeting()
    if last and not lines and coming_meeting() is None:
        note = f"The board last met on {day_in_words(last.day)}, and nothing is planned."
        plan = Action("Plan it", reverse("steering:plan"))
        lines.append(Item(None, "Plan the next meeting of the board", plan.url, note, actions=(plan,)))
    return lines


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
