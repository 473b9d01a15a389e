"""Changing and withdrawing a vote that nobody could vote in yet."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.operations import record
from core.errors import Refused
from core.permissions import require
from projects.models import Prototype
from voting import live
from voting.models import Ballot
from voting.operations.ballot import ONLY_FACILITATORS, check_draft, limit_of, locked, put_up
from voting.permissions import can_run_ballots


@transaction.atomic
def change_ballot(
    ballot: Ballot,
    *,
    by: User,
    question: str,
    closes_at: dt.datetime | None = None,
    prototypes: Iterable[Prototype] | None = None,
    **rules: Any,
) -> Ballot:
    """Put other words, options or rules on a draft. What is not named stays; a run-off keeps its first round's rule.

    `rules` are `basis`, `most_choices`, `to_pursue` and `tie_rule`.
    """
    require(can_run_ballots(by), ONLY_FACILITATORS)
    ballot = locked(ballot)
    if ballot.state != Ballot.State.DRAFT:
        raise Refused("This vote has opened: from then on it stays as people read it.")
    if ballot.run_off_of_id and (rules or prototypes is not None):
        raise Refused("A run-off is between those tied, by the rule of the first round.")
    before = [option.prototype for option in ballot.options.select_related("prototype")]
    chosen = before if prototypes is None else list(dict.fromkeys(prototypes))
    check_draft(chosen, rules.get("to_pursue", ballot.to_pursue), closes_at)
    if "most_choices" in rules:
        rules["most_choices"] = limit_of(rules["most_choices"], chosen)
    given = {"question": question, "closes_at": closes_at, **rules}
    changed = [name for name, value in given.items() if getattr(ballot, name) != value]
    if set(chosen) != set(before):
        changed.append("prototypes")
        ballot.options.all().delete()
        put_up(ballot, chosen)
    if not changed:
        return ballot
    for name, value in given.items():
        setattr(ballot, name, value)
    ballot.version += 1
    ballot.save()
    record("voting.ballot_changed", by=by, about=ballot, changed=changed)
    live.nudge(ballot.pk)
    return ballot


@transaction.atomic
def withdraw_ballot(ballot: Ballot, *, by: User) -> None:
    """Take a draft away. Nobody but facilitators has seen it; the audit trail keeps that it was there."""
    require(can_run_ballots(by), ONLY_FACILITATORS)
    ballot = locked(ballot)
    if ballot.state != Ballot.State.DRAFT:
        raise Refused("This vote has opened: it can be closed, but not withdrawn.")
    take_away(ballot, by=by)


def take_away(ballot: Ballot, *, by: User) -> None:
    """Delete a draft; the audit trail keeps that it was there. Whoever calls has locked it and asked who may."""
    record("voting.ballot_withdrawn", by=by, about=ballot, reference=ballot.reference)
    live.nudge(ballot.pk)
    ballot.delete()
