"""Reads of the record of a vote: its rows, its bundle, and what became of a receipt."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core import clock
from core.words import at_moment
from sealing.receipts import LENGTH, grouped, receipt_code
from voting.ballots.models import Ballot, Option, RollEntry
from voting.ballots.queries import with_has_voted
from voting.casting.models import Choice, Receipt, Vote
from voting.methods import METHODS
from voting.outcome import counting
from voting.outcome.queries import few_words, organisation_that_weighs
from voting.paper.models import PaperBatch
from voting.record.bundle import marks_by_vote, parts_of, plain_marks
from voting.record.chain import chained
from voting.record.models import RecordCode


@dataclass(frozen=True)
class Slip:
    """One vote as this reader may see it; without name and organisation for people outside the vote."""

    said: str
    person: str = ""
    organisation: str = ""


def slips_of(ballot: Ballot, titles: dict[int, str], *, with_names: bool) -> list[Slip]:
    """The votes as slips, sorted by what is shown, so that the order does not reveal when each was cast."""
    votes = ballot.votes.select_related("person", "organisation").prefetch_related("choices")
    slips = []
    for vote in votes:
        choices = sorted(vote.choices.all(), key=lambda choice: (choice.option_id, choice.question))
        if ballot.method == Ballot.Method.RANKED:
            choices.sort(key=lambda choice: choice.value)
        said = " · ".join(_said(choice, ballot.method, titles) for choice in choices)
        names = _names_of(vote) if with_names else ()
        slips.append(Slip(said, *names))
    return sorted(slips, key=lambda slip: (slip.person, slip.said))


def _names_of(vote: Vote) -> tuple[str, ...]:
    """Whose a vote of an open ballot is: those on paper are the ones without a name."""
    return (str(vote.person), str(vote.organisation or "no organisation")) if vote.person else ("On paper",)


def _said(choice: Choice, method: str, titles: dict[int, str]) -> str:
    """What a vote says of one option: its title, with what it was given where that is not a tick."""
    title = titles[choice.option_id]
    if choice.question:
        return f"{title}, {choice.get_question_display().lower()}: {choice.value}"
    return title if METHODS[method].ticks else f"{title}: {choice.value}"


def groups_of(ballot: Ballot) -> list[tuple[str, str, int, int]]:
    """Rows of the table by organisation: name, whether it has a weight, how many on the roll, how many voted."""
    entries = list(with_has_voted(ballot.roll.standing()).select_related("organisation"))
    roll = [entry for entry in entries if entry.kind in RollEntry.NAMED]
    organisations = {entry.organisation_id: entry.organisation for entry in roll}
    on_roll = Counter(entry.organisation_id for entry in roll)
    voted = Counter(entry.organisation_id for entry in roll if entry.has_voted)
    rows = [
        (
            str(organisation or "No organisation"),
            organisation.kind_in_words.capitalize() if organisation else "Counts per person only",
            on_roll[key],
            voted[key],
        )
        for key, organisation in organisations.items()
    ]
    return sorted(rows, key=lambda row: (row[0] == "No organisation", row[0])) + _groups_of_nobody(entries)


def _groups_of_nobody(entries: list[Any]) -> list[tuple[str, str, int, int]]:
    """Rows of the same table for cards and slips, which belong to nobody."""
    kinds = {RollEntry.Kind.CARD: "Voting cards", RollEntry.Kind.SLIP: "Paper slips"}
    on_roll = Counter(entry.kind for entry in entries)
    voted = Counter(entry.kind for entry in entries if entry.has_voted)
    return [
        (name, "Counts per person only", on_roll[kind], voted[kind]) for kind, name in kinds.items() if on_roll[kind]
    ]


def batches_of(ballot: Ballot) -> list[PaperBatch]:
    """The batches of paper of a ballot that has ended, with who entered and who confirmed them."""
    batches = PaperBatch.objects.filter(ballot=ballot).select_related("entered_by", "confirmed_by")
    return list(batches.prefetch_related("spoilt"))


# The bundle -----------------------------------------------------------------------------------------------


def code_of(ballot: Ballot) -> RecordCode | None:
    """The code that was kept at the close; None for a ballot that closed before codes were kept."""
    return RecordCode.objects.filter(ballot=ballot).select_related("closed_by").first()


def bundle_of(ballot: Ballot, options: list[Option]) -> dict[str, Any]:
    """The bundle of a ballot that has closed, made from its rows: its code is that of the rows as they are now."""
    return chained(_parts(ballot, options))


def _parts(ballot: Ballot, options: list[Option]) -> dict[str, Any]:
    kept = code_of(ballot)
    return parts_of(ballot, options, salt=kept.salt if kept else "")


def bundle_with_organisations(ballot: Ballot, options: list[Option]) -> dict[str, Any]:
    """The bundle of an open ballot with a number for the organisation of each vote, 0 for none that has a weight.

    For those in the vote, who see names on its record; the numbers start anew in each ballot.
    """
    votes = Vote.objects.filter(ballot=ballot).select_related("organisation")
    own = {vote.pk: organisation_that_weighs(ballot, vote.organisation) for vote in votes}
    number = {key: place for place, key in enumerate(sorted({key for key in own.values() if key}), start=1)}
    lines = sorted((plain_marks(marks), number.get(own[vote] or 0, 0)) for vote, marks in marks_by_vote(ballot).items())
    return chained(_parts(ballot, options) | {"organisations": [organisation for _, organisation in lines]})


def _pabulib_day(at: dt.datetime) -> str:
    return ".".join(reversed(at.astimezone(clock.LONDON).date().isoformat().split("-")))  # day.month.year


def pabulib_of(ballot: Ballot, options: list[Option]) -> Iterator[list[Any]]:
    """The rows of the ballot as a file of Pabulib, the library of participatory budgets (.pb)."""
    count = counting.thawed(ballot, options)
    chosen = {line.option.pk for line in count.chosen}
    votes = sorted(map(plain_marks, marks_by_vote(ballot).values()))
    assert ballot.opened_at is not None  # by constraint: it has opened
    assert ballot.closed_at is not None  # by constraint: it has closed
    yield from (
        ["META"],
        ["key", "value"],
        ["description", ballot.question],
        ["country", "United Kingdom"],
        ["unit", ballot.venue],
        ["instance", ballot.reference],
        ["num_projects", len(options)],
        ["num_votes", len(votes)],
        ["budget", ballot.pot],
        ["rule", "equalshares/add1"],
        ["vote_type", "approval"],
        ["date_begin", _pabulib_day(ballot.opened_at)],
        ["date_end", _pabulib_day(ballot.closed_at)],
        ["PROJECTS"],
        ["project_id", "cost", "votes", "name", "selected"],
    )
    support = {line.option.pk: line.people for line in count.lines}
    for option in options:
        yield [option.pk, option.price, support[option.pk], option.title, int(option.pk in chosen)]
    yield from (["VOTES"], ["voter_id", "vote"])
    for number, marks in enumerate(votes, start=1):
        yield [number, ",".join(str(option) for option, *_ in marks)]


# Receipts -------------------------------------------------------------------------------------------------


def rounds_of(ballot: Ballot) -> list[Ballot]:
    """The rounds of a ballot that have opened: those that were made void before it, itself, those copied from it."""
    rounds = [ballot]
    while rounds[0].copy_of:
        rounds.insert(0, rounds[0].copy_of)
    while after := Ballot.objects.filter(copy_of=rounds[-1]).first():
        rounds.append(after)
    return [each for each in rounds if each.state != Ballot.State.DRAFT]


def what_became_of(typed: str, ballot: Ballot) -> tuple[bool, str]:
    """Whether the vote of a receipt is in a count, and a sentence on what became of it."""
    code = receipt_code(typed)
    if len(code) != LENGTH:
        return False, f"A receipt has {LENGTH} letters and digits, and this has {len(code)}. Look at it again."
    rounds = rounds_of(ballot)
    for each in rounds:
        if each.has_ended and Receipt.objects.filter(ballot=each, code=code).exists():
            return True, f"{grouped(code)} is in the count, round {each.round}."
    uncounted = [sentence for each in rounds if (sentence := _nothing_counted(each))]
    return False, " ".join(
        [
            f"No vote with the receipt {grouped(code)} is in this count.",
            *uncounted,
            "Look at each letter again: receipts have no 0, 1, I or O.",
            "If it is right, show it to those who run the vote.",
        ]
    )


def _nothing_counted(ballot: Ballot) -> str:
    """Why no vote of a round is in a count, whatever its receipt, as a sentence; empty where they are."""
    if ballot.voided_at:
        return f"Round {ballot.round} was made void {at_moment(ballot.voided_at)}, and no vote of it is counted."
    if counting_is_withheld(ballot):
        few = few_words(counting.turned_of(ballot))
        return (
            f"In round {ballot.round} {few[0].lower()}{few[1:]}, so its sealed votes were never opened and none is "
            "counted."
        )
    return ""


def counting_is_withheld(ballot: Ballot) -> bool:
    """Whether so few voted in secret that nothing was opened."""
    return ballot.is_secret and ballot.result is not None and counting.turned_of(ballot).are_few
