"""Operations that count slips in batches: entered by one person, and confirmed by another who counts them again.

All of it is done under the ballot's lock. What slips say stands in no audit line.
"""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import counted, one_or_many
from voting.ballots.models import Ballot
from voting.ballots.operations import locked_to_run, moved
from voting.ballots.queries import slips_out
from voting.casting.operations import check_marks
from voting.methods.values import VoteMark, as_lines
from voting.paper.models import PaperBatch, PaperPile, SpoiltSlip
from voting.paper.queries import entered_in, slips_in_batches

_STAYS = "This batch is confirmed, and stays as it is."


@transaction.atomic
def start_batch(ballot: Ballot, *, slips: int, by: User) -> PaperBatch:
    """A new batch of so many slips that came back, which `by` enters; never more in all than were handed out.

    Its number was that of no other batch, also of none that was thrown away: an older page cannot mean this one by it.
    """
    ballot = _counting(ballot, by)
    _check_there_are(slips, ballot)
    ballot.batches_started += 1
    batch = PaperBatch.objects.create(ballot=ballot, number=ballot.batches_started, slips=slips, entered_by=by)
    moved(ballot, "voting.batch_started", by, "batches_started", batch=batch.number, slips=slips)
    return batch


@transaction.atomic
def set_slips(batch: PaperBatch, *, slips: int, by: User) -> PaperBatch:
    """Put another number of slips into a batch that is being entered, as after a miscount."""
    batch = _being_entered(batch, by)
    _check_there_are(slips, batch.ballot, apart_from=batch)
    if slips < (entered := entered_in(batch)):
        raise Refused(f"{counted(entered, 'slip is', 'slips are')} entered already.", field="slips")
    batch.slips = slips
    batch.save(update_fields=["slips"])
    log_action("voting.batch_slips_changed", by=by, about=batch.ballot, batch=batch.number, slips=slips)
    return batch


@transaction.atomic
def add_pile(
    batch: PaperBatch, *, marks: Iterable[VoteMark], slips: int, by: User, so_far: int | None = None
) -> PaperPile:
    """Enter so many slips of a batch that say the same; slips that say the same as a pile before are added to it.

    `so_far` is how many were entered when the form was made: sent twice, it is refused the second time.
    """
    batch = _being_entered(batch, by)
    said = as_lines(check_marks(batch.ballot, marks))
    entered = entered_in(batch)
    if so_far is not None and so_far != entered:
        raise Refused(
            f"{_of_the_batch(batch)}, and {entered} are entered now: more or fewer than when you opened the form. Look "
            "whether this pile is among them before you add it."
        )
    _check_left(slips, batch, field="slips")
    pile = next((pile for pile in batch.piles.all() if pile.marks == said), None) or PaperPile(
        batch=batch, marks=said, slips=0
    )
    pile.slips += slips
    pile.save()
    log_action("voting.paper_entered", by=by, about=batch.ballot, batch=batch.number)
    return pile


@transaction.atomic
def remove_pile(pile: PaperPile, *, by: User) -> PaperBatch:
    """Take a pile out of a batch that is being entered. Twice changes nothing."""
    batch = _being_entered(pile.batch, by)
    if PaperPile.objects.filter(pk=pile.pk, batch=batch).delete()[0]:
        log_action("voting.paper_entered", by=by, about=batch.ballot, batch=batch.number)
    return batch


@transaction.atomic
def add_spoilt(batch: PaperBatch, *, number: int, reason: str, by: User) -> SpoiltSlip:
    """Enter a slip of a batch that is blank or that nobody can read, by the number printed on it: it is no vote.

    Refused where that number was entered before, in this batch or in another.
    """
    batch = _being_entered(batch, by)
    if before := SpoiltSlip.objects.filter(ballot=batch.ballot, number=number).select_related("batch").first():
        raise Refused(f"Slip {number} is entered as spoilt already, in batch {before.batch.number}.", field="number")
    _check_left(1, batch, field="number")
    slip = SpoiltSlip.objects.create(ballot=batch.ballot, batch=batch, number=number, reason=reason)
    log_action("voting.paper_entered", by=by, about=batch.ballot, batch=batch.number)
    return slip


@transaction.atomic
def remove_spoilt(slip: SpoiltSlip, *, by: User) -> PaperBatch:
    """Take a spoilt slip out of a batch that is being entered. Twice changes nothing."""
    batch = _being_entered(slip.batch, by)
    if SpoiltSlip.objects.filter(batch=batch, number=slip.number).delete()[0]:
        log_action("voting.paper_entered", by=by, about=batch.ballot, batch=batch.number)
    return batch


@transaction.atomic
def hand_over(batch: PaperBatch, *, by: User) -> PaperBatch:
    """Leave a batch whose slips are all entered to another person, who counts them again."""
    batch = _being_entered(batch, by)
    left = batch.slips - entered_in(batch)
    if left:
        raise Refused(f"{_of_the_batch(batch)}: {_left_words(left)}")
    batch.handed_over_at, batch.sent_back = clock.now(), ""
    batch.save(update_fields=["handed_over_at", "sent_back"])
    return _batch_moved(batch, "voting.batch_handed_over", by)


@transaction.atomic
def confirm_batch(batch: PaperBatch, *, handed_over: str, by: User) -> PaperBatch:
    """Say as a second person that the slips of a batch say what was entered. It never changes after that.

    `handed_over` is when the piles that they saw were handed over: others, entered meanwhile, are not confirmed.
    """
    batch = _waiting(batch, by)
    if batch.handed_over_at is None or handed_over != batch.handed_over_at.isoformat():
        raise Refused("This batch was changed and handed over again. Look at it once more.")
    _check_there_are(batch.slips, batch.ballot, apart_from=batch)
    batch.confirmed_by, batch.confirmed_at = by, clock.now()
    batch.save(update_fields=["confirmed_by", "confirmed_at"])
    return _batch_moved(batch, "voting.batch_confirmed", by)


@transaction.atomic
def send_batch_back(batch: PaperBatch, *, reason: str, by: User) -> PaperBatch:
    """Give a batch back to whoever entered it, because its slips say something else."""
    batch = _waiting(batch, by)
    if not reason.strip():
        raise Refused("Say what is different.", field="reason")
    batch.handed_over_at, batch.sent_back = None, reason.strip()
    batch.save(update_fields=["handed_over_at", "sent_back"])
    return _batch_moved(batch, "voting.batch_sent_back", by)


@transaction.atomic
def discard_batch(batch: PaperBatch, *, by: User) -> Ballot:
    """Throw away a batch that nobody has confirmed: its slips can be counted in another. Twice changes nothing."""
    ballot = _counting(batch.ballot, by)
    found = PaperBatch.objects.filter(ballot=ballot, number=batch.number).first()
    if found is None:
        return ballot
    if found.confirmed_at:
        raise Refused(_STAYS)
    found.delete()
    return moved(ballot, "voting.batch_discarded", by, batch=found.number)


def _counting(ballot: Ballot, by: User) -> Ballot:
    """The ballot, locked, while its paper may be counted: also after the time announced for its close has come."""
    ballot = locked_to_run(ballot, by)
    if not ballot.is_running:
        raise Refused("Paper is counted while a vote runs, and this one does not.")
    return ballot


def _of_running_ballot(batch: PaperBatch, by: User) -> PaperBatch:
    """The batch as it is once its ballot is locked."""
    ballot = _counting(batch.ballot, by)
    try:
        batch = PaperBatch.objects.select_related("entered_by").get(pk=batch.pk)
    except PaperBatch.DoesNotExist:
        raise Refused("This batch was thrown away.") from None
    batch.ballot = ballot
    return batch


def _being_entered(batch: PaperBatch, by: User) -> PaperBatch:
    batch = _of_running_ballot(batch, by)
    require(batch.entered_by == by, f"{batch.entered_by} enters this batch, so that somebody else can confirm it.")
    if batch.confirmed_at:
        raise Refused(_STAYS)
    if batch.handed_over_at:
        raise Refused("This batch is handed over. Whoever counts it again can send it back.")
    return batch


def _waiting(batch: PaperBatch, by: User) -> PaperBatch:
    batch = _of_running_ballot(batch, by)
    if batch.confirmed_at:
        raise Refused(_STAYS)
    if not batch.handed_over_at:
        raise Refused("This batch is still being entered.")
    if batch.entered_by == by:
        raise Refused("You entered this batch, so another person counts its slips again and confirms it.")
    return batch


def _check_left(slips: int, batch: PaperBatch, *, field: str) -> None:
    """Refuse more slips than a locked batch has left to enter: each is spent once, as a vote or as spoilt."""
    left = batch.slips - entered_in(batch)
    if slips > left:
        raise Refused(f"{_of_the_batch(batch)}: {_left_words(left)}", field=field)


def _check_there_are(slips: int, ballot: Ballot, *, apart_from: PaperBatch | None = None) -> None:
    """Refuse more slips in all batches of a locked ballot than were handed out."""
    out = slips_out(ballot)
    others = slips_in_batches(ballot, apart_from=apart_from)
    if others + slips <= out:
        return
    if not out:
        raise Refused("No slip has been handed out in this vote, so none can be counted.", field="slips")
    raise Refused(
        f"{counted(out, 'slip was', 'slips were')} handed out"
        + (f", and {counted(others, 'of them is', 'of them are')} in other batches" if others else "")
        + ". More than that cannot be counted.",
        field="slips",
    )


def _of_the_batch(batch: PaperBatch) -> str:
    return f"There {one_or_many(batch.slips, 'is', 'are')} {counted(batch.slips, 'slip')} in this batch"


def _left_words(left: int) -> str:
    return f"{counted(left, 'is', 'are')} still to be entered." if left else "all of them are entered."


def _batch_moved(batch: PaperBatch, action: str, by: User) -> PaperBatch:
    moved(batch.ballot, action, by, batch=batch.number)
    return batch
