"""What the operations of promises have in common."""

from accounts.models import User
from accounts.permissions import holders_of
from accounts.roles import Role
from core.errors import Refused
from councils.queries import who_answers
from take_up import told
from take_up.models import Benefit
from take_up.permissions import can_answer_for_promise


def say_which_way(promise: Benefit, better: str) -> None:
    """Take which way is better of a promise that waits to be told; of any other it stands."""
    if not promise.asks_which_way:
        return
    if better not in Benefit.WAYS:
        raise Refused("Say which way is better.", field="better")
    promise.better = better
    promise.save(update_fields=["better"])


def who_answers_for(promise: Benefit) -> list[User]:
    """The leads of the council that promised, with whoever wrote it down; the secretariat where there is no lead."""
    author = promise.recorded_by
    is_told = promise.origin == Benefit.Origin.CASE_STUDY
    council = told.known().council_of(promise) if is_told else promise.council
    found = who_answers(council) if council else list(holders_of(Role.SECRETARIAT))
    return [*found, *([author] if author not in found and can_answer_for_promise(author, promise) else [])]


def locked(promise: Benefit) -> Benefit:
    """The promise anew, locked, with whose it is."""
    rows = Benefit.objects.select_for_update(of=("self",)).select_related(
        "project__lead_council", "adoption__council", "latest", "recorded_by"
    )
    return rows.get(pk=promise.pk)
