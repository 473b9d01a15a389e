"""Operations that move a ballot from one state to the next until it closes: open, pause, resume, extend, void."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.key_folder import KeyFolderUnusable
from projects.discoveries.operations import freeze_prototypes
from projects.models import Need, NeedMove
from projects.needs.operations import tell_need_moved
from sealing.operations import open_round, void_round
from voting.ballots import live, queries
from voting.ballots.models import LONGEST_REASON, Ballot, RollEntry
from voting.ballots.operations.locks import lock_event, locked_to_run, moved, running
from voting.ballots.operations.roll import forget_piles, share_weights
from voting.ballots.rules import method_of
from voting.ballots.sentences import why_not_open

# What is sealed with every vote beside its lines: its weight, its group and its receipt.
_SEALED_BESIDE, _SEALED_PER_LINE = 160, 48
# A reason with what stands around it: no character takes more bytes than 4.
_SEALED_REASON = 4 * LONGEST_REASON + 32


@transaction.atomic
def open_ballot(ballot: Ballot, *, by: User) -> Ballot:
    """Fix options and roll and open the vote; of a secret one only once its key is kept. Twice changes nothing."""
    if ballot.event:
        lock_event(ballot.event)
    ballot = locked_to_run(ballot, by)
    if ballot.is_running:
        return ballot
    if ballot.state != Ballot.State.DRAFT:
        raise Refused("This vote has ended, and stays as it is. Prepare another one.")
    options, roll = queries.options_of(ballot), queries.coming_roll(ballot)
    if reasons := why_not_open(ballot, options, roll):
        raise Refused(f"This vote cannot open yet. {'. '.join(reasons)}.")
    share_weights(roll)
    known = [entry for entry in roll if entry.pk]
    RollEntry.objects.bulk_create(entry for entry in roll if not entry.pk)
    RollEntry.objects.bulk_update(known, ["weight"])
    # From now on the prototypes cannot be changed: people vote on what they read.
    prototypes = [option.prototype for option in options if option.prototype]
    freeze_prototypes(prototypes)
    for option in options:
        option.save(update_fields=["title", "summary"])
    _open_rounds(ballot, lines=len(options) * len(method_of(ballot).questions))
    ballot.state = Ballot.State.OPEN
    ballot.opened_by, ballot.opened_at = by, ballot.now
    ballot.version += 1
    ballot.save(update_fields=["state", "opened_by", "opened_at", "version", "sealed", "reasons_sealed"])
    log_action("voting.ballot_opened", by=by, about=ballot, on_roll=len(roll), options=len(options))
    needs = Need.objects.filter(prototypes__in=prototypes).distinct()
    path = ballot.get_absolute_url()
    tell_need_moved(needs, what=NeedMove.What.VOTE, title=ballot.question, path=path, by=by)
    live.nudge(ballot.pk)
    return ballot


def _open_rounds(ballot: Ballot, *, lines: int) -> None:
    """Open the round of a secret ballot's votes, of so many lines each, and that of its reasons, where it asks for any.

    Apart, so that no reason can be tied to what its voter voted for.
    """
    try:
        if ballot.is_secret:
            ballot.sealed = open_round(f"Votes in: {ballot}", length=_SEALED_BESIDE + _SEALED_PER_LINE * lines)
        if ballot.asks_reason:
            ballot.reasons_sealed = open_round(f"Reasons in: {ballot}"[:200], length=_SEALED_REASON)
    except KeyFolderUnusable as problem:
        what = "It is secret, and the key to its votes" if ballot.is_secret else "The key to the reasons of its voters"
        raise Refused(
            f"This vote cannot open yet. {what} cannot be kept safely now. Tell whoever looks after the site."
        ) from problem


@transaction.atomic
def pause_ballot(ballot: Ballot, *, by: User) -> Ballot:
    """Take no votes until it goes on; its time stands still. Pausing twice changes nothing."""
    ballot = running(ballot, by)
    _keeps_its_day(ballot)
    if ballot.state == Ballot.State.PAUSED:
        return ballot
    if not ballot.takes_votes:
        raise Refused("The time announced for its close has come, so it cannot be paused any more.")
    ballot.state, ballot.paused_at = Ballot.State.PAUSED, ballot.now
    return moved(ballot, "voting.ballot_paused", by, "state", "paused_at")


@transaction.atomic
def resume_ballot(ballot: Ballot, *, by: User) -> Ballot:
    """Take votes again; an announced close is later by as long as it was paused. Twice changes nothing."""
    ballot = running(ballot, by)
    if ballot.paused_at is None:
        return ballot
    if ballot.closes_at:
        ballot.closes_at += ballot.now - ballot.paused_at
    ballot.state, ballot.paused_at = Ballot.State.OPEN, None
    return moved(ballot, "voting.ballot_resumed", by, "state", "paused_at", "closes_at")


@transaction.atomic
def extend_ballot(ballot: Ballot, *, by: User, minutes: int = 2) -> Ballot:
    """Move the announced close of a running ballot back by some minutes."""
    ballot = running(ballot, by)
    _keeps_its_day(ballot)
    if ballot.closes_at is None:
        raise Refused("This vote has no announced close: it closes when you close it.")
    if ballot.state == Ballot.State.OPEN and not ballot.takes_votes:
        raise Refused("The time announced for its close has come. A vote that has ended is not prolonged.")
    ballot.closes_at += dt.timedelta(minutes=minutes)
    return moved(ballot, "voting.ballot_extended", by, "closes_at", minutes=minutes)


def _keeps_its_day(ballot: Ballot) -> None:
    """Refuse a ballot of bodies, which were told the day until whose end they vote."""
    if ballot.is_of_bodies:
        raise Refused("The bodies were told until which day they vote, so it is neither paused nor given more time.")


@transaction.atomic
def void_ballot(ballot: Ballot, *, by: User, reason: str) -> Ballot:
    """End a running ballot without a count, for a public reason; what is sealed is never opened. Safe to do twice.

    Raises Refused once it has closed: from then on there is a result.
    """
    ballot = locked_to_run(ballot, by)
    if ballot.state == Ballot.State.VOID:
        return ballot
    if not ballot.is_running:
        raise Refused("Only a vote that has opened and not closed can be made void.")
    if not reason.strip():
        raise Refused("Say why this round does not count.", field="reason")
    queries.note_who_voted(ballot)
    forget_piles(ballot)
    if ballot.sealed:
        ballot.sealed = void_round(ballot.sealed, reason=reason.strip())
    if ballot.reasons_sealed:
        ballot.reasons_sealed = void_round(ballot.reasons_sealed, reason=reason.strip())
    ballot.state, ballot.paused_at = Ballot.State.VOID, None
    ballot.voided_at, ballot.void_reason = ballot.now, reason.strip()
    return moved(
        ballot, "voting.ballot_voided", by, "state", "paused_at", "voided_at", "void_reason", reason=ballot.void_reason
    )
