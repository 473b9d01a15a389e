"""Operations on the actions that the board gives: one owner and one day each."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from councils.models import Organisation
from projects.models import Project
from steering.models import BoardAction, Decision, Meeting
from steering.permissions import can_minute


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
    source: str = "",
    is_illustrative: bool = False,
) -> BoardAction:
    """Give an organisation something to do until a day."""
    require(can_minute(by), "Only the secretariat writes down the board's actions.")
    if not title.strip():
        raise Refused("Say what is to be done.", field="title")
    action = BoardAction.objects.create(
        title=title,
        owner=owner,
        due_on=due_on,
        meeting=meeting,
        decision=decision,
        project=project,
        recorded_by=by,
        source=source,
        is_illustrative=is_illustrative,
    )
    log_action("steering.action_given", by=by, about=action, owner=owner.pk, due=due_on.isoformat())
    return action
