"""Operations on the actions that the board gives: one body owns each, until a day."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import day_in_words
from councils.models import Organisation
from councils.queries import leads_of
from outbox.operations import queue_message
from projects.models import Project
from steering.emails import action_given
from steering.models import BoardAction, BoardSeat, Decision, Meeting
from steering.permissions import can_finish_action, can_minute


@transaction.atomic
def give_action(
    *,
    title: str,
    owner: Organisation,
    due_on: dt.date,
    by: User,
    meeting: Meeting | None = None,
    decision: Decision | None = None,
    project: Project | None = None,
    given_on: dt.date | None = None,
    source: str = "",
    is_illustrative: bool = False,
) -> BoardAction:
    """Give a body something to do by a day. It is open until it is done, and heads the agendas until then.

    `given_on` is the day on which it was given, where that is written down later. The leads of a body that has no seat
    are mailed.
    """
    require(can_minute(by), "Only the secretariat writes down what the board asks for.")
    if not title.strip():
        raise Refused("Say what is to be done.", field="title")
    given_on = given_on or clock.today()
    if due_on < given_on:
        raise Refused("Give it a day from today on.", field="due_on")
    if meeting and meeting.is_cancelled:
        raise Refused("This meeting was cancelled.", field="meeting")
    action = BoardAction.objects.create(
        title=title, owner=owner, due_on=due_on, meeting=meeting, decision=decision, project=project, recorded_by=by,
        given_on=given_on, source=source, is_illustrative=is_illustrative,
    )  # fmt: skip
    log_action("steering.action_given", by=by, about=action, owner=owner.pk, due=due_on.isoformat())
    if not BoardSeat.objects.as_at().filter(body=owner).exists():
        queue_message(action_given, action, to=[each for each in leads_of(owner) if each != by], key="given")
    return action


@transaction.atomic
def finish_action(action: BoardAction, *, words: str, by: User) -> BoardAction:
    """Say that an action is done and what was done, by whoever acts for its owner or by the secretariat."""
    require(can_finish_action(by, action), "Whoever acts for the body that owns it says that it is done.")
    action = _locked_open(action)
    if not words.strip():
        raise Refused("Say what was done.", field="words")
    action.done_on, action.done_words = clock.today(), words
    action.save()
    log_action("steering.action_done", by=by, about=action, late=max((action.done_on - action.due_on).days, 0))
    return action


@transaction.atomic
def move_action(action: BoardAction, *, due_on: dt.date, reason: str, by: User) -> BoardAction:
    """Give an open action another day, with the reason, which is public."""
    require(can_minute(by), "Only the secretariat moves the day of an action.")
    action = _locked_open(action)
    if due_on < clock.today():
        raise Refused("Give it a day from today on.", field="due_on")
    if not reason.strip():
        raise Refused("Say why it is moved.", field="reason")
    before = action.due_on
    action.due_on, action.moved_because = due_on, reason
    action.save()
    log_action("steering.action_moved", by=by, about=action, before=before.isoformat(), now=due_on.isoformat())
    return action


def _locked_open(action: BoardAction) -> BoardAction:
    action = BoardAction.objects.select_for_update(of=("self",)).select_related("owner").get(pk=action.pk)
    if action.done_on:
        raise Refused(f"It was done on {day_in_words(action.done_on)}: {action.done_words}")
    return action
