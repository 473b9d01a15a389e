"""The kinds of message of the steering board, and their words."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from core import clock
from core.words import counted
from outbox.kinds import Letter, kind
from steering.models import BoardAction, Decision, Meeting, Motion
from steering.packs.emails import pack_published
from steering.permissions import seat_of
from steering.queries.actions import open_actions
from steering.queries.motions import how_it_stood, missing_in, roll_of
from voting.models import BallotProject
from voting.outcome.emails import mails_as_sent
from voting.outcome.queries import voters_behind

__all__ = [
    "action_given", "look_at_mails", "motion_asked", "motion_reminder", "motion_result", "pack_published",
    "vote_decided",
]  # fmt: skip

BEGAN = "ballot.opened_at"


def _motions() -> QuerySet[Motion]:
    return Motion.objects.select_related("ballot", "business_case__project", "decision")


@kind("steering.motion_asked", "The board is asked to decide by e-mail", about=_motions, began=BEGAN)
def motion_asked(motion: Motion, to: User | None) -> Letter | None:
    """What is asked, and the way to vote; nothing once the vote has closed or somebody else votes for the body."""
    return _to_vote("motion_asked", motion, to) if motion.ballot.takes_votes else None


@kind("steering.motion_reminder", "The board is still to decide by e-mail", about=_motions, began=BEGAN)
def motion_reminder(motion: Motion, to: User | None) -> Letter | None:
    """The reminder; nothing where the body has voted meanwhile."""
    is_missing = motion.ballot.takes_votes and missing_in(motion).filter(person=to).exists()
    return _to_vote("motion_reminder", motion, to) if is_missing else None


@kind("steering.motion_result", "What the board decided by e-mail", about=_motions, began=BEGAN)
def motion_result(motion: Motion, to: User | None) -> Letter | None:
    """How the bodies stood and what follows, once the result is shown."""
    if not motion.concluded_on:
        return None
    stood = how_it_stood(motion)
    about = motion.decision or motion
    said = f"{about.get_result_display()}, as {about.number}." if motion.decision else stood.words
    return _letter("motion_result", motion, to, said=said, figures=stood.figures, url=_address(about))


def _to_vote(template: str, motion: Motion, to: User | None) -> Letter | None:
    entry = roll_of(motion).filter(person=to).first()
    if entry is None:
        return None
    cast_url = settings.BASE_URL + reverse("voting:cast", args=[motion.ballot.reference])
    return _letter(template, motion, to, body=entry.organisation, cast_url=cast_url, url=_address(motion))


def _letter(template: str, motion: Motion, to: User | None, **context: Any) -> Letter:
    return Letter(f"emails/{template}", {"person": to, "motion": motion, "ballot": motion.ballot, **context})


def _address(record: Any) -> str:
    return settings.BASE_URL + record.get_absolute_url()


def _meetings() -> QuerySet[Meeting]:
    return Meeting.objects.select_related("host__body")


@kind(
    "steering.meeting_planned", "A meeting of the steering board is planned", about=_meetings, began="day",
    can_be_turned_off=True,
)  # fmt: skip
def meeting_planned(meeting: Meeting, to: User | None) -> Letter | None:
    """When and where, and the way to say whether one's body comes; nothing once it is over, held or cancelled."""
    return _to_come(meeting, to, "planned")


@kind("steering.meeting_moved", "A meeting of the steering board has moved", about=_meetings, began="day")
def meeting_moved(meeting: Meeting, to: User | None, *, before: str = "") -> Letter | None:
    """When and where it is now, and when it was to be."""
    return _to_come(meeting, to, "moved", before=dt.date.fromisoformat(before) if before else meeting.day)


@kind("steering.meeting_cancelled", "A meeting of the steering board is cancelled", about=_meetings, began="day")
def meeting_cancelled(meeting: Meeting, to: User | None) -> Letter | None:
    """Why it is cancelled."""
    return _about_meeting(meeting, to, "cancelled") if meeting.is_cancelled else None


@kind(
    "steering.meeting_near", "The steering board meets in a week", about=_meetings, began="day", can_be_turned_off=True
)
def meeting_near(meeting: Meeting, to: User | None) -> Letter | None:
    """When and where, with the agenda and the actions of one's body."""
    return _to_come(meeting, to, "near")


@kind(
    "steering.meeting_decided", "What the steering board decided at a meeting, and who does what", about=_meetings,
    began="day", can_be_turned_off=True,
)  # fmt: skip
def meeting_decided(meeting: Meeting, to: User | None) -> Letter | None:
    """The decisions and actions of a meeting; nothing where none were written down."""
    context = {"decisions": list(meeting.decisions.all()), "actions": list(meeting.actions.select_related("owner"))}
    return _about_meeting(meeting, to, "decided", **context) if any(context.values()) else None


def _to_come(meeting: Meeting, to: User | None, what: str, **context: Any) -> Letter | None:
    if not meeting.is_planned or meeting.day < clock.today():
        return None
    agenda = list(meeting.agenda.filter(is_removed=False))
    seat = seat_of(to) if to else None
    owned = list(open_actions().filter(owner=seat.body)) if seat else []
    answer = meeting.attendances.filter(seat=seat).first() if seat else None
    return _about_meeting(meeting, to, what, agenda=agenda, seat=seat, answer=answer, owned=owned, **context)


def _about_meeting(meeting: Meeting, to: User | None, what: str, **context: Any) -> Letter:
    return Letter(f"emails/meeting_{what}", {"person": to, "meeting": meeting, "url": _address(meeting), **context})


def _actions() -> QuerySet[BoardAction]:
    return BoardAction.objects.select_related("owner", "project")


@kind("steering.action_given", "The steering board asks your organisation to do something", about=_actions,
      began="given_on")  # fmt: skip
def action_given(action: BoardAction, to: User | None) -> Letter | None:
    """To the leads of a body without a seat, whom the board's own mails do not reach; nothing once it is done."""
    if action.done_on:
        return None
    return Letter("emails/action_given", {"person": to, "action": action, "url": _address(action)})


def _decisions() -> QuerySet[Decision]:
    return Decision.objects.select_related("business_case__project")


@kind("steering.vote_decided", "The board has decided on what your vote chose", about=_decisions, began="decided_on")
def vote_decided(decision: Decision, to: User | None, *, how: str = "voted") -> Letter | None:
    """To those who voted for what became the project: the decision on its business case; `how` is as of `ToTell`."""
    if decision.business_case is None:
        return None
    project = decision.business_case.project
    made = BallotProject.objects.filter(project=project).select_related("ballot__event").first()
    if made is None:
        return None
    context = {
        "person": to,
        "how": how,
        "decision": decision,
        "project": project,
        "ballot": made.ballot,
        "result": decision.get_result_display().lower(),
        "url": settings.BASE_URL + decision.get_absolute_url(),
    }
    return Letter("emails/vote_decided", context)


def look_at_mails(decision: Decision, by: User) -> dict[str, Any]:
    """The mails about what a vote chose as they would go out of a decision that is not saved yet, for `_mails.html`.

    Empty where nobody is mailed: no vote chose the project, or it is of 2013 to 2015.
    """
    is_told = decision.result in Decision.FINAL and not vote_decided.is_about_history(decision)
    if decision.business_case is None or not is_told:
        return {}
    told = voters_behind(decision.business_case.project)
    mails = mails_as_sent(told, lambda how: vote_decided(decision, by, how=how))
    return {"mails": mails, "people": counted(told.number, "person", "people"), "number": told.number} if mails else {}
