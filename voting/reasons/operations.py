"""Operations on the reasons of voters: opened as the vote closes, then shown or held back one by one."""

import structlog
from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.key_folder import KeyFolderUnusable
from sealing.operations import CannotBeOpened, SealedAnswer, close_round, void_round
from voting.ballots.models import Ballot
from voting.ballots.operations import locked_to_run
from voting.ballots.sentences import FEWEST
from voting.reasons.models import Reason

log = structlog.get_logger(__name__)
STAYS = "The outcome is published, so what was held back stays so. What is shown can still be taken down."


def open_reasons(ballot: Ballot) -> None:
    """Write the reasons of a locked ballot that closes, in a random order and without names.

    Fewer than 5 are read by nobody: they are dropped as they are opened. Reasons whose key is lost are given up, so
    that no vote waits for them. While the key folder cannot be reached that is not known, and the close is refused.
    """
    if ballot.reasons_sealed is None:
        return

    def write(answers: list[SealedAnswer]) -> None:
        given = [answer["words"] for answer in answers if answer["words"]]
        if len(given) >= FEWEST:
            Reason.objects.bulk_create(Reason(ballot=ballot, words=words) for words in given)

    try:
        ballot.reasons_sealed = close_round(ballot.reasons_sealed, write=write)
    except KeyFolderUnusable as problem:
        log.error("reasons_cannot_be_opened", about=ballot.reference, why=str(problem))
        raise Refused(
            f"The reasons of voters cannot be opened now. {problem} Tell whoever looks after the site: the vote can be "
            "closed once it is mended."
        ) from problem
    except CannotBeOpened as problem:
        log.error("reasons_cannot_be_opened", about=ballot.reference, why=str(problem))
        ballot.reasons_sealed = void_round(ballot.reasons_sealed, reason="They could not be opened.")


@transaction.atomic
def show_reason(reason: Reason, *, by: User) -> Reason:
    """Let a reason stand beside the result, once the outcome is published."""
    return _decide(reason, Reason.State.SHOWN, by)


@transaction.atomic
def hold_reason_back(reason: Reason, *, by: User) -> Reason:
    """Keep a reason from readers, even one that they have seen; how many were held back stands beside the others."""
    return _decide(reason, Reason.State.HELD_BACK, by)


@transaction.atomic
def read_reason_again(reason: Reason, *, by: User) -> Reason:
    """Take back what was said about a reason, until the outcome is published."""
    return _decide(reason, Reason.State.WAITING, by)


def _decide(reason: Reason, state: str, by: User) -> Reason:
    ballot = locked_to_run(reason.ballot, by)
    if not ballot.is_revealed:
        raise Refused("Reasons are read once the result is shown.")
    reason = Reason.objects.select_for_update(of=("self",)).get(pk=reason.pk)
    if reason.state == state:
        return reason
    is_taken_down = state == Reason.State.HELD_BACK
    if reason.state != Reason.State.WAITING and ballot.state == Ballot.State.PUBLISHED and not is_taken_down:
        raise Refused(STAYS)
    reason.state = state
    reason.moderated_by, reason.moderated_at = (None, None) if state == Reason.State.WAITING else (by, clock.now())
    reason.save(update_fields=["state", "moderated_by", "moderated_at"])
    # What it says stands in no audit line.
    log_action("voting.reason_read", by=by, about=ballot, state=state)
    return reason
