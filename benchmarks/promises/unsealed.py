"""The pages served with votes that are not sealed: the control, in which everybody's vote must be found."""

import json
import uuid
from typing import Any

from portal.wsgi import application  # first, since it sets Django up

# isort: split
from accounts.models import SentForm, User
from sealing.models import Mark, Round
from voting.casting import operations
from voting.methods.values import VoteMark
from voting.models import Ballot, Receipt, Vote

__all__ = ["application"]


def _unsealed(round: Round, *, who: User, answer: dict[str, Any]) -> None:
    """Mark, vote and receipt in one transaction, and a draft that was left."""
    ballot = Ballot.objects.get(sealed=round)
    Mark.objects.create(round=round, person=who)
    vote = Vote.objects.create(ballot=ballot, cast_at=None)
    operations.write_choices({vote: tuple(VoteMark(*mark) for mark in answer["marks"])})
    Receipt.objects.create(ballot=ballot, code=answer["receipt"])
    SentForm.objects.create(key=uuid.uuid4().hex, answer=json.dumps(answer))


operations.hand_in = _unsealed  # type: ignore[assignment]  # the control seals nothing
