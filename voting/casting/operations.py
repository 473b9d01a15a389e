"""The operation of casting a vote: in the open under a name, in a secret ballot sealed."""

from collections.abc import Iterable, Sequence
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.key_folder import KeyFolderUnusable, KeyLost
from core.permissions import require
from core.words import at_moment
from councils.kinds import Kind
from councils.models import Organisation
from sealing.models import Round
from sealing.operations import hand_in
from sealing.receipts import code_for
from voting.ballots import live
from voting.ballots.models import LONGEST_REASON, Ballot, Option, RollEntry
from voting.ballots.operations import locked
from voting.ballots.queries import options_by_key, standing_entries
from voting.ballots.rules import method_of, rules_of
from voting.casting.models import Choice, Receipt, Vote
from voting.casting.queries import NOT_ON_ROLL, own_marks, why_not_on_roll
from voting.methods.values import VoteMark, WrongVote, as_lines

log = structlog.get_logger(__name__)


class TooLate(Refused):
    """The ballot did not take votes when this one came."""


class AlreadyCounted(Refused):
    """This voter's vote is in the count, and cannot be changed."""


# In plain SQL, for every vote pays for them under the ballot's lock, and building them costs more than their answer.
_NOTE_FORM = 'UPDATE "voting_rollentry" SET "receipt" = %s, "last_form" = %s WHERE "id" = %s'
_KEEP_RECEIPT = 'INSERT INTO "voting_receipt" ("id", "ballot_id", "code") VALUES (%s, %s, %s)'
_RAISE_VERSION = 'UPDATE "voting_ballot" SET "version" = "version" + 1 WHERE "id" = %s'
_Statement = tuple[str, list[Any]]
NOT_SAFE = "Votes cannot be sealed safely at the moment, so yours was not counted. Tell those who run the vote."


def ticks(options: Iterable[Option]) -> tuple[VoteMark, ...]:
    """A vote that ticks these options, as plain values."""
    return tuple(VoteMark(option.pk) for option in options)


@transaction.atomic
def cast(ballot: Ballot, *, by: User, marks: Iterable[VoteMark], token: str = "", reason: str = "") -> str:
    """Count `by`'s vote and return its receipt; the same vote sent twice counts once and answers the same.

    `reason` is sealed apart from the vote, where the ballot asks for one: with somebody's first vote alone.

    In an open ballot a later vote takes the place of an earlier one, and the receipt is empty then. In a secret one
    nothing is changed any more: `token`, which each form brings along, tells a form that is sent again from another.

    The ballot's row is locked until the commit: a vote that was acknowledged is in the count of a close at the same
    moment, and one that comes after the close is refused.
    """
    require(by.is_authenticated, NOT_ON_ROLL)
    asked, ballot = ballot, locked(ballot)
    entry = next(iter(standing_entries(ballot.pk, by.pk)), None)
    if ballot.state in (Ballot.State.DRAFT, Ballot.State.VOID):
        raise TooLate(why_not_now(ballot))
    if entry is None:
        raise PermissionDenied(why_not_on_roll(ballot, by))
    entry.ballot, entry.person = ballot, by  # known, so not read again
    receipt, form, marks = receipt_of(entry, token), _form_of(entry, token), tuple(marks)
    is_sent_again = bool(token) and entry.receipt == form
    if ballot.is_secret and entry.has_voted:
        if is_sent_again:
            return receipt
        raise AlreadyCounted("Your vote is counted already. A secret vote cannot be changed.")
    is_last = bool(token) and entry.last_form == form
    if is_sent_again and not is_last:
        raise Refused("You have changed your vote since you sent this one, and the later one counts.")
    if not ballot.takes_votes:
        if is_last and set(own_marks(entry)) == set(marks):  # its answer was lost
            return receipt if is_sent_again else ""
        raise TooLate(why_not_now(ballot))
    marks = check_marks(ballot, marks, options=asked.options_as_opened)
    if ballot.reasons_sealed and not entry.has_voted:
        seal_reason(ballot.reasons_sealed, who=by, reason=reason)
    if ballot.is_secret:
        _seal(ballot, entry, marks, receipt, form)
        return receipt
    return _write(ballot, entry, marks, receipt, form)


def check_marks(ballot: Ballot, marks: Iterable[VoteMark], *, options: Sequence[Option] = ()) -> tuple[VoteMark, ...]:
    """The marks in order, all on options of this ballot and as its method allows.

    An option never changes its ballot once that is open, so those that were read for the page since then, `options`,
    are not read again under the lock.
    """
    rules = rules_of(ballot, options or options_by_key(ballot.pk))
    marks = tuple(sorted(marks, key=lambda mark: (mark.option, mark.question, mark.value)))
    if any(mark.option not in rules.options for mark in marks):
        raise Refused("Vote only for options of this vote.", field="options")
    try:
        method_of(ballot).check(marks, rules)
    except WrongVote as wrong:
        raise Refused(str(wrong), field="options") from None
    return marks


def _seal(ballot: Ballot, entry: RollEntry, marks: tuple[VoteMark, ...], receipt: str, form: str) -> None:
    """Seal the vote of somebody on the roll."""
    assert entry.person is not None  # by constraint: whoever casts stands on the roll by name
    seal_vote(
        ballot, who=entry.person, marks=marks, receipt=receipt, weight=entry.weight, group=group_of(entry.organisation)
    )
    with connection.cursor() as cursor:
        cursor.execute(_NOTE_FORM, [form, "", entry.pk])


def seal_vote(
    ballot: Ballot,
    *,
    who: User | str,
    marks: tuple[VoteMark, ...],
    receipt: str,
    weight: str = "0",
    group: str = "",
) -> None:
    """Seal a vote that was checked, by a person or by a digest that stands for one, in a locked ballot.

    No audit line, no change of the ballot's row and no message: their times could be matched.
    """
    assert ballot.sealed is not None  # by constraint: a secret ballot that has opened is sealed
    answer = {
        "marks": as_lines(marks),
        "weight": weight,
        "group": group,
        "receipt": receipt,
    }
    try:
        hand_in(ballot.sealed, who=who, answer=answer)
    except (KeyFolderUnusable, KeyLost) as problem:
        log.error("vote_cannot_be_sealed", about=ballot.reference, why=str(problem))
        raise Refused(NOT_SAFE) from problem


def seal_reason(round: Round, *, who: User | str, reason: str) -> None:
    """Seal why somebody votes as they do. Who gives none seals an empty one, so that nobody can tell who did."""
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Keep the reason to {LONGEST_REASON} characters.", field="reason")
    try:
        hand_in(round, who=who, answer={"words": reason})
    except (KeyFolderUnusable, KeyLost) as problem:
        log.error("reason_cannot_be_sealed", round=round.pk, why=str(problem))
        raise Refused(NOT_SAFE) from problem


def _write(ballot: Ballot, entry: RollEntry, marks: tuple[VoteMark, ...], receipt: str, form: str) -> str:
    """Write a vote under its voter's name, in place of an earlier one."""
    # Under the lock nobody else writes votes of this ballot, so it is read once.
    is_first = not entry.has_voted  # type: ignore[attr-defined]  # annotated
    vote = None if is_first else Vote.objects.get(entry=entry)
    if vote is None:
        action = "voting.vote_cast"
        vote = Vote(ballot=ballot, entry=entry, person=entry.person, organisation_id=entry.organisation_id)
        vote.save(force_insert=True)
    else:
        if set(own_marks(entry)) == set(marks):
            return receipt if entry.receipt == form else ""
        RollEntry.objects.filter(pk=entry.pk).update(last_form=form)
        action, receipt = "voting.vote_changed", ""
        vote.choices.all().delete()
        # Of a body whose representative changed meanwhile, its vote is the new one's from now on.
        Vote.objects.filter(pk=vote.pk).update(changed_at=clock.now(), person=entry.person)
    write_choices({vote: marks})
    # That they voted is seen on the roll after the close; what they voted for stays out of the audit trail.
    log_action(action, by=entry.person, about=ballot)
    changes: list[_Statement] = [(_RAISE_VERSION, [ballot.pk])]
    if is_first:
        kept = Receipt(ballot=ballot, code=receipt)
        id = Receipt._meta.pk.get_db_prep_value(kept.pk, connection)
        changes += [(_NOTE_FORM, [form, form, entry.pk]), (_KEEP_RECEIPT, [id, ballot.pk, receipt])]
    _run_together(changes)
    live.nudge(ballot.pk)
    return receipt


def _run_together(changes: list[_Statement]) -> None:
    """Run statements on different tables: as one where the database takes them so, else one after the other."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            (last, its), *others = changes
            named = ", ".join(f"change_{n} AS ({sql})" for n, (sql, _) in enumerate(others))
            given = [value for _, values in others for value in values]
            cursor.execute(f"WITH {named} {last}" if named else last, [*given, *its])
            return
        for sql, values in changes:
            cursor.execute(sql, values)


def write_choices(votes: dict[Vote, tuple[VoteMark, ...]]) -> None:
    """Write what saved votes say."""
    Choice.objects.bulk_create(
        Choice(vote=vote, option_id=mark.option, value=mark.value, question=mark.question)
        for vote, marks in votes.items()
        for mark in marks
    )


def group_of(organisation: Organisation | None) -> str:
    """Whether a vote counts as central or as local government's beside the result; empty for others."""
    if organisation is None:
        return ""
    return "local" if organisation.is_council else "central" if organisation.kind == Kind.DEPARTMENT else ""


def receipt_of(entry: RollEntry, token: str) -> str:
    """The receipt that a vote gets which this form casts: 10 letters and digits, the same for the same form.

    Nobody can work it out without the form, nor the form or the voter from it.
    """
    return receipt_for(str(entry.pk), token)


def receipt_for(whose: str, token: str) -> str:
    """The receipt of a form that is cast by what `whose` names: an entry of the roll, or a voting card."""
    return code_for("voting.receipt", whose, token)


def _form_of(entry: RollEntry, token: str) -> str:
    """What the roll keeps of the form that cast a vote, to know it again: nobody can tell its receipt from it."""
    return form_digest(str(entry.pk), token)


def form_digest(whose: str, token: str) -> str:
    """A digest by which a form is known again that was cast by what `whose` names."""
    return salted_hmac("voting.form", f"{whose}:{token}", algorithm="sha256").hexdigest()


def why_not_now(ballot: Ballot) -> str:
    """Why a ballot takes no votes now, as a sentence."""
    if ballot.state == Ballot.State.DRAFT:
        return "This vote has not opened yet."
    if ballot.state == Ballot.State.PAUSED:
        return "This vote is paused, and nothing is counted until it goes on. Send yours then."
    if ballot.state == Ballot.State.VOID:
        return f"This round was made void {at_moment(ballot.voided_at or clock.now())} and does not count."
    return f"This vote closed {at_moment(ballot.ended_at or clock.now())}. A vote sent after that is not counted."
