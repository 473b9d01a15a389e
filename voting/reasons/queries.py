"""Reads of the reasons that voters gave."""

from collections import Counter
from dataclasses import dataclass

from core.words import counted, one_or_many
from sealing.models import Round
from voting.ballots.models import Ballot
from voting.ballots.sentences import FEWEST
from voting.reasons.models import Reason

LOST = "The reasons could not be opened, so nobody read them."


@dataclass(frozen=True)
class ToldReasons:
    """What readers see of the reasons of a vote: a sentence, and those that are shown, in an order of their own."""

    sentence: str
    shown: tuple[Reason, ...] = ()


def told_reasons(ballot: Ballot) -> ToldReasons | None:
    """The reasons beside a result; None where none were asked for or nothing is told yet.

    They stand there once the outcome is published, from 5 that were let through on.
    """
    if not ballot.asks_reason or ballot.state != Ballot.State.PUBLISHED:
        return None
    if were_lost(ballot):
        return ToldReasons(LOST)
    reasons = list(ballot.reasons.all())  # type: ignore[attr-defined]  # of this subject's own table
    if not reasons:
        return ToldReasons(f"Fewer than {FEWEST} voters gave a reason, so nobody read them.")
    states = Counter(reason.state for reason in reasons)
    shown = tuple(reason for reason in reasons if reason.state == Reason.State.SHOWN)
    rest = [
        f"{number} {one_or_many(number, 'was', 'were')} {words}"
        for state, words in ((Reason.State.HELD_BACK, "held back"), (Reason.State.WAITING, "not read yet"))
        if (number := states[state])
    ]
    sentence = f"{len(shown)} of {counted(len(reasons), 'reason')} given with votes"
    sentence = "; ".join([sentence, *rest]) + "."
    if len(shown) < FEWEST:
        return ToldReasons(f"{sentence} Fewer than {FEWEST} were let through, so none is shown.")
    return ToldReasons(sentence, shown)


def were_lost(ballot: Ballot) -> bool:
    """Whether the reasons of a vote that has closed could not be opened: its own round counts, theirs is void."""
    return ballot.reasons_sealed is not None and ballot.reasons_sealed.state == Round.State.VOID


def reasons_to_read(ballot: Ballot) -> int:
    """How many reasons nobody has read yet, of a vote whose result is shown."""
    return ballot.reasons.filter(state=Reason.State.WAITING).count() if ballot.asks_reason else 0  # type: ignore[attr-defined]  # of this subject's own table
