"""A vote and its options in words, for the ballot, the page to check it and the one that says it is counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import ordinal

from core.words import counted, months_in_words, one_or_many, series
from voting.ballots.models import Ballot, Option
from voting.ballots.rules import method_of
from voting.methods.values import VoteMark, in_pounds

# What a form says beyond its rule: how its figures are read.
READING = {
    Ballot.Method.SCORE: "0 is not at all, 5 is very much.",
    Ballot.Method.MATRIX: "Impact: 1 is little, 5 is a lot. Feasibility: 1 is hard to do, 5 is easy.",
    Ballot.Method.RANKED: "No two with the same rank.",
    Ballot.Method.BUDGET: "Tick all that you would fund, even if it comes to more: the pot is shared out equally among "
    "all who vote, and buys what enough of them support.",
}


@dataclass(frozen=True)
class SaidLine:
    """What a vote gives one option: `given` is empty for a tick."""

    title: str
    given: str = ""


def reading_words(ballot: Ballot) -> str:
    """How the figures of a ballot are read, as a sentence or two; empty where its rule says it all."""
    return READING.get(Ballot.Method(ballot.method), "")


BY_CARD_IN_SHORT = "By voting card: nobody knows whose it is. Once counted, your vote cannot be changed."


def secrecy_in_short(ballot: Ballot) -> str:
    """Who could find out what one votes for, and whether it can be changed, short enough for the top of a phone."""
    if ballot.is_by_cards:
        return BY_CARD_IN_SHORT
    if ballot.is_secret:
        return (
            "Secret: once it has closed, nobody can find out who voted for what. Once counted, your vote cannot be "
            "changed."
        )
    if ballot.is_of_bodies:
        return "Open: how each body stood is public once the result is shown. You may change its vote until it closes."
    return (
        "Open: the people in this vote, its facilitators and the secretariat can see who voted for what, once its "
        "tally is shown. You may change your vote until it closes."
    )


def note_of(option: Option) -> str:
    """One line about an option: who made it, what it costs, how soon it pays back."""
    outline = getattr(option.prototype, "outline", None) if option.prototype else None
    months = outline.payback().months if outline else None
    said = (
        in_pounds(option.price) if option.price else "",
        option.prototype.made_by if option.prototype else "",
        "" if months is None else f"pays back in {months_in_words(months)}",
    )
    return " · ".join(filter(None, said))


def said_of(ballot: Ballot, options: Iterable[Option], marks: Iterable[VoteMark]) -> list[SaidLine]:
    """What a vote says, a line for each option that it names; a ranking with its first on top."""
    given: dict[int, list[VoteMark]] = {}
    for mark in marks:
        given.setdefault(mark.option, []).append(mark)
    named = [option for option in options if option.pk in given]
    if ballot.method == Ballot.Method.RANKED:
        named.sort(key=lambda option: given[option.pk][0].value)
    return [SaidLine(option.title, _given(ballot, option, given[option.pk])) for option in named]


def _given(ballot: Ballot, option: Option, marks: list[VoteMark]) -> str:
    value = marks[0].value
    if ballot.method == Ballot.Method.DOTS:
        return counted(value, "dot")
    if ballot.method == Ballot.Method.SCORE:
        return f"{value} of 5"
    if ballot.method == Ballot.Method.RANKED:
        return str(ordinal(value))
    if ballot.method == Ballot.Method.MATRIX:
        by_question = {mark.question: mark.value for mark in marks}
        return ", ".join(f"{question} {by_question[question]} of 5" for question in method_of(ballot).questions)
    return in_pounds(option.price) if option.price else ""


def rest_of(ballot: Ballot, options: Iterable[Option], marks: Iterable[VoteMark]) -> str:
    """What a vote leaves out, or comes to, as a sentence; empty where its lines say it all."""
    options, marks = list(options), list(marks)
    named = {mark.option for mark in marks}
    left = [option.title for option in options if option.pk not in named]
    if ballot.method == Ballot.Method.DOTS:
        unused = (ballot.most_choices or 0) - sum(mark.value for mark in marks)
        is_or_are = one_or_many(unused, "is", "are")
        return f"{counted(unused, 'dot')} {is_or_are} not given. You need not give all." if unused > 0 else ""
    if ballot.method == Ballot.Method.BUDGET:
        sum_ticked = sum(option.price or 0 for option in options if option.pk in named)
        return f"Together {in_pounds(sum_ticked)}, and there is {in_pounds(ballot.pot or 0)} to spend."
    if left and ballot.method == Ballot.Method.RANKED:
        return f"Not ranked: {series(left)}."
    if left and ballot.method in (Ballot.Method.SCORE, Ballot.Method.MATRIX):
        return f"No opinion on {series(left)}."
    return ""
