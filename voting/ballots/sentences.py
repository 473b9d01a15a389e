"""Sentences about a vote that several pages share."""

from collections.abc import Iterable

from core import clock
from core.words import at_moment, counted, series
from voting.ballots.models import Ballot, Option, RollEntry

WHO_SEES_WHAT = (
    "Open vote: the result and the tally while it runs are public; who voted for what can be seen by the people in "
    "this vote, its facilitators and the secretariat."
)
PER_COUNCIL = (
    "Per council, each council that voted weighs one, shared equally among its people who voted. "
    "Organisations that are not councils count per person only."
)


def weight_words(entry: RollEntry) -> str:
    """A sentence for a voter whose vote has no weight in the count that decides; empty for others."""
    if entry.carries_weight:
        return ""
    place = f"for {entry.organisation}, which is not a council" if entry.organisation else "for no organisation"
    return (
        "Your vote will carry no weight in what is chosen: this vote is counted per council, and you are here "
        f"{place}. It is counted per person, beside the result."
    )


def run_words(ballot: Ballot) -> str:
    """The state of a vote for those who run it; `ballot` was read through `ballots_with_figures`."""
    voted = f"{ballot.votes_count:,} of {ballot.roll_count:,}"  # type: ignore[attr-defined]  # annotated
    if ballot.state == Ballot.State.DRAFT:
        return f"{counted(ballot.options_count, 'prototype')}, being prepared."  # type: ignore[attr-defined]  # annotated
    if ballot.takes_votes:
        return f"Open: {voted} have voted. {closing_words(ballot)}"
    run_off = " It was tied and went on in the run-off." if hasattr(ballot, "run_off") else ""
    return f"{closing_words(ballot)} {voted} voted.{run_off}"


def closing_words(ballot: Ballot) -> str:
    """When a vote closes or closed, as a sentence."""
    if ballot.ended_at:
        return f"Closed {at_moment(ballot.ended_at)}."
    if ballot.closes_at:
        return f"Closes {at_moment(ballot.closes_at)}."
    return "Closes when those who run it close it."


def what_is_missing(options: Iterable[Option]) -> list[str]:
    """What each prototype lacks that cannot be voted on yet, in words."""
    prototypes = (option.prototype for option in options)
    return [f"{each.title} lacks {series(each.lacks)}" for each in prototypes if each.lacks]


def why_not_open(ballot: Ballot, options: Iterable[Option], roll: list[RollEntry]) -> list[str]:
    """The reasons why a draft cannot open now, each as a sentence without its full stop."""
    reasons = what_is_missing(options)
    if ballot.closes_at and ballot.closes_at <= clock.now():
        reasons.append("The time announced for its close has passed: give it another, or none")
    if not roll:
        reasons.append("Nobody is checked in yet, so nobody could vote: check people in at the event first")
    elif not any(entry.carries_weight for entry in roll):
        reasons.append(
            "It is counted per council, and nobody checked in is here for one, so no vote would carry weight: "
            "check somebody in who is, or count it per person"
        )
    return reasons
