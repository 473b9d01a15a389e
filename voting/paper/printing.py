"""What a printed slip says: the rule, the options with their boxes, and who could find out."""

from dataclasses import dataclass

from voting.ballots.models import Ballot, Option
from voting.ballots.rules import method_of
from voting.ballots.sentences import FEWEST
from voting.casting.words import note_of, reading_words

_HOW = {
    Ballot.Method.SINGLE: "Put a cross in one box.",
    Ballot.Method.APPROVAL: "Put a cross in each box that you choose.",
    Ballot.Method.BUDGET: "Put a cross in each box that you would fund.",
    Ballot.Method.DOTS: "Write how many dots you give into the boxes. An empty box is none.",
    Ballot.Method.SCORE: "Ring one number for each option. A line without a ring is no opinion.",
    Ballot.Method.RANKED: "Write 1 beside your first choice, 2 beside your second, and so on.",
    Ballot.Method.MATRIX: "Ring one number for each question. Answer both questions of an option, or neither.",
}
_BOX = (Ballot.Method.SINGLE, Ballot.Method.APPROVAL, Ballot.Method.BUDGET)


@dataclass(frozen=True)
class SlipLine:
    """One option on a slip. `scales`: its rows of numbers to ring, each with the question it answers, if any."""

    title: str
    note: str
    scales: tuple[tuple[str, tuple[int, ...]], ...] = ()


@dataclass(frozen=True)
class PrintedSlip:
    """What every slip of a ballot says but for its number."""

    how: str
    reading: str
    lines: tuple[SlipLine, ...]
    is_ticked: bool
    who_could_find_out: str


def slip_of(ballot: Ballot, options: list[Option]) -> PrintedSlip:
    """The slip of a ballot, its options in their order."""
    return PrintedSlip(
        how=_HOW[Ballot.Method(ballot.method)],
        reading=""
        if ballot.method == Ballot.Method.RANKED
        else reading_words(ballot).replace("Tick all", "Choose all"),
        lines=tuple(SlipLine(option.title, note_of(option), _scales_of(ballot)) for option in options),
        is_ticked=ballot.method in _BOX,
        who_could_find_out=who_could_find_out(ballot),
    )


def _scales_of(ballot: Ballot) -> tuple[tuple[str, tuple[int, ...]], ...]:
    if ballot.method not in (Ballot.Method.SCORE, Ballot.Method.MATRIX):
        return ()
    method = method_of(ballot)
    numbers = tuple(range(method.lowest, (method.highest or 0) + 1))
    return tuple((question, numbers) for question in method.questions)


def few_can_be_worked_out(ballot: Ballot) -> str:
    """What few slips mean for those who get one and for the result, as sentences for before they are handed out."""
    if ballot.is_secret:
        return (
            f"A secret vote has no result where fewer than {FEWEST} people vote in all, or where 1 to {FEWEST - 1} "
            f"votes come on screens or by card beside paper. Where all vote on paper, {FEWEST} slips "
            "that are not spoilt are enough."
        )
    return (
        f"Once the vote has closed, its roll says who was handed a slip: with fewer than {FEWEST} slips people can "
        "work out what they say."
    )


def who_could_find_out(ballot: Ballot) -> str:
    """Who could find out what a slip says and whose it is, in a sentence or two."""
    seen = (
        "Secret vote: those who count the slips see what each says, and not whose it is, unless they know your hand or "
        "few vote on paper."
    )
    if not ballot.is_secret:
        seen = (
            "Open vote: what each slip says is counted without a name, even where votes on screens are shown with one. "
            f"Those who count see what each says. {few_can_be_worked_out(ballot)}"
        )
    return f"{seen} Write no name. The number on a slip only helps to count slips: nobody notes who got which."
