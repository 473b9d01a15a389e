"""Somebody takes what waits in the queue, so that no two do the same, and gives it back."""

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from core.words import since
from portal.models import QueueClaim
from portal.queue.permissions import can_see_queue
from portal.queue.queries import sources_for
from portal.queue.sources import SOURCES, stands

SEES = "Editors and the secretariat take what waits, of the kinds that they see."
OWN = "You handed it in: somebody else deals with it."
GONE = "It no longer waits: somebody has dealt with it."


@transaction.atomic
def take_from_queue(kind: str, key: int, *, by: User) -> QueueClaim:
    """Say that somebody deals with what waits. Pressed twice it is taken once; what another has taken is refused."""
    source = next((each for each in sources_for(by) if each.kind == kind), None)
    require(can_see_queue(by) and source is not None, SEES)
    assert source is not None
    row = source.rows().select_for_update(of=("self",)).filter(pk=key).first()
    if row is None:
        raise Refused(GONE)
    if source.is_own(row, by):
        raise Refused(OWN)
    former = (
        QueueClaim.objects.select_for_update(of=("self",)).select_related("person").filter(kind=kind, key=key).first()
    )
    if former is not None and not stands(former):
        former.delete()
    claim, is_new = QueueClaim.objects.get_or_create(kind=kind, key=key, defaults={"person": by})
    if claim.person_id != by.pk:
        raise Refused(f"{claim.person} has taken it {since(claim.at)}.")
    if is_new:
        log_action("portal.taken_from_queue", by=by, kind=kind, key=key)  # the words of some rows are not everybody's
    return claim


@transaction.atomic
def give_back_to_queue(kind: str, key: int, *, by: User) -> None:
    """Leave it to others again. What is given back already stays so; nobody gives back what another has taken."""
    require(can_see_queue(by), SEES)
    claim = QueueClaim.objects.select_for_update(of=("self",)).filter(kind=kind, key=key).first()
    if claim is None:
        return
    require(claim.person_id == by.pk, f"{claim.person} has taken it and gives it back.")
    claim.delete()
    log_action("portal.given_back_to_queue", by=by, kind=kind, key=key)


def forget_what_waits_no_more() -> int:
    """Delete the claims to what was dealt with; returns how many."""
    return sum(
        QueueClaim.objects.filter(kind=source.kind).exclude(key__in=source.rows().values("pk")).delete()[0]
        for source in SOURCES
    )
