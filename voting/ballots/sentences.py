"""Sentences about a vote that several pages share."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from core import clock
from core.guards import Guards
from core.words import at_moment, counted, series
from voting.ballots.models import Ballot, Option, RollEntry
from voting.ballots.rules import choice_rule, method_of, rule_words, rules_of

# Said where the basis is chosen, and of an open vote wherever its rules stand.
EXACT = (
    "The figures per council or body of an open vote are exact fractions, from which one can often work out what the "
    "people of a council voted for."
)
EXACT_OR_NOT = f"{EXACT} Those of a secret vote are rounded, and nobody can recount them."
PER_COUNCIL = (
    "Per council or body, each council or other organisation that voted weighs one, shared equally among its people "
    "who voted. People of no organisation count per person only. "
    f"{EXACT}"
)
PER_COUNCIL_IF_SEALED = (
    "Per council or body, each council or other organisation weighs one, shared equally among its people on the roll "
    "as it was when each of them voted. People of no organisation count per person only. These figures are shown to "
    "one tenth, and only where 10 organisations or more voted and nobody's vote could be told from its weight. Nobody "
    "can recount them from the votes, which are published without them."
)


WITH_CARDS = (
    "Vote by voting cards: nobody can ever find out who voted for what, not even whoever runs the site, unless "
    "everybody votes alike or somebody noted who was dealt which card."
)


def who_sees_what(ballot: Ballot) -> str:
    """Who could find out what somebody votes for, in one sentence or two."""
    if ballot.is_by_cards:
        return WITH_CARDS
    if ballot.is_secret:
        return (
            "Secret vote: once it has closed nobody can find out who voted for what, not even whoever runs the site, "
            "unless everybody votes alike; until then only somebody who has both its key and its database could."
        )
    if ballot.is_of_bodies:
        return (
            "Open vote of bodies: how each of them stood is public once the result is shown, and nobody sees it before."
        )
    tally = "the tally is public while it runs" if ballot.shows_tally else "the tally is public once it is shown"
    return (
        f"Open vote: {tally}; who voted for what can then be seen by the people in this vote, its facilitators and the "
        "secretariat."
    )


def per_council_words(ballot: Ballot) -> str:
    """How the count per council or body is made."""
    if not ballot.counts_councils:
        return "Voting cards belong to no council or body, so nothing is counted per council."
    if ballot.is_of_bodies:
        return "Each body has one vote, so both counts are the same."
    return PER_COUNCIL_IF_SEALED if ballot.is_secret else PER_COUNCIL


def why_no_slips(ballot: Ballot) -> str:
    """Why nobody on its roll can be handed a paper slip, whatever its state, as sentences; empty where they can."""
    if ballot.is_of_bodies:
        return "Bodies vote in this, and a slip or a card says of no body whose it is, so nobody can be handed one."
    if ballot.weighs_councils:
        return (
            "This vote is counted per council or body. A slip or a card says of no council whose it is, so nobody can "
            "be handed one."
        )
    if ballot.is_by_cards:
        return "This vote is by voting cards alone. Give out one more card instead of a slip."
    return ""


# Fewer votes than this have no result in a secret vote.
FEWEST = 5
MOST_CARDS = 500
CARDS_BETWEEN = (
    f"Enter a number from {FEWEST} to {MOST_CARDS}. A vote by cards is secret: a result of fewer than {FEWEST} votes "
    "would tell who voted for what, so there is none."
)
NOBODY = {
    Ballot.Roll.CHECK_IN: "Nobody is checked in yet, so nobody could vote: check people in at the event first",
    Ballot.Roll.LIST: "Nobody is on its list yet, so nobody could vote: enter who may vote first",
    Ballot.Roll.BODIES: "No body is on its roll yet, so nobody could vote",
    Ballot.Roll.CARDS: "How many voting cards are handed out has still to be said",
}


def weight_words(entry: RollEntry) -> str:
    """A sentence for a voter whose vote has no weight in the count that decides; empty for others."""
    if entry.carries_weight:
        return ""
    # Why an organisation's one vote is used up would tell who of it has voted.
    why = "" if entry.organisation else ", and you are here for no organisation"
    return (
        "Your vote will carry no weight in what is chosen: this vote is counted per council or body"
        f"{why}. It is counted per person, beside the result."
    )


def body_words(entry: RollEntry) -> str:
    """For which body somebody votes, as a sentence; empty for those who vote for themselves."""
    return f"You vote for {entry.organisation}." if entry.kind == RollEntry.Kind.BODY else ""


def run_words(ballot: Ballot, turnout: str) -> str:
    """The state of a vote for those who run it; `turnout` is how many have voted, in words."""
    if ballot.state == Ballot.State.DRAFT:
        return f"{counted(ballot.options_count, 'option')}, being prepared."  # type: ignore[attr-defined]  # annotated
    if ballot.takes_votes:
        return f"Open: {turnout} have voted. {closing_words(ballot)}"
    if ballot.state == Ballot.State.PAUSED:
        return f"Paused: {turnout} have voted."
    run_off = " It was tied and went on in the run-off." if ballot.is_revealed and hasattr(ballot, "run_off") else ""
    return f"{closing_words(ballot)} {turnout} voted.{run_off}"


def voting_words(ballot: Ballot) -> str:
    """Whether votes are taken, in a few words, whatever came of them."""
    return {
        Ballot.State.DRAFT: "Voting has not opened yet",
        Ballot.State.PAUSED: "Voting is paused",
        Ballot.State.VOID: "This round is void",
    }.get(Ballot.State(ballot.state), "Voting is open" if ballot.takes_votes else "Voting has closed")


def closing_words(ballot: Ballot) -> str:
    """When a vote closes or closed, as a sentence."""
    if ballot.state == Ballot.State.VOID:
        return f"Made void {at_moment(ballot.voided_at)}: {ballot.void_reason}"
    if ballot.state == Ballot.State.PAUSED:
        return "Paused: no votes are taken until it goes on."
    if ballot.ended_at:
        return f"Closed {at_moment(ballot.ended_at)}."
    if ballot.closes_at:
        return f"Closes {at_moment(ballot.closes_at)}."
    return "Closes when those who run it close it."


def quorum_words(ballot: Ballot, voted: int, *, reached_at: dt.datetime | None = None) -> str:
    """The quorum of a vote and how far it is reached, as a sentence; empty where there is none to reach.

    `voted` is the turnout as it may be told; `reached_at`, where known, when that was first as much.
    """
    if not ballot.quorum or ballot.state == Ballot.State.VOID:
        return ""
    if voted >= ballot.quorum:
        when = f" {at_moment(reached_at)}" if reached_at else ""
        return f"Quorum {ballot.quorum}: reached{when}."
    if ballot.has_ended:
        return f"Quorum {ballot.quorum}: not reached, so nothing is chosen."
    if ballot.ended_at:
        return f"Quorum {ballot.quorum}: known once the votes are counted."
    return f"Quorum {ballot.quorum}: {ballot.quorum - voted} more needed."


def what_is_missing(ballot: Ballot, options: Iterable[Option]) -> list[str]:
    """What each option lacks that cannot be voted on yet, in words."""
    needs_prototypes = ballot.event is not None and ballot.event.kind == ballot.event.Kind.CO_DESIGN_DAY
    missing = []
    for option in options:
        if option.prototype and option.prototype.lacks:
            missing.append(f"{option.title} lacks {series(option.prototype.lacks)}")
        elif needs_prototypes and option.prototype is None:
            missing.append(f"{option.title} is no prototype of the day, and a Co-Design Day votes on prototypes only")
    return missing


# Called with a draft that has a roll: one more reason why it cannot open, for `why_not_open`, or empty.
KEPT_SHUT = Guards()


def why_not_open(ballot: Ballot, options: Iterable[Option], roll: list[RollEntry]) -> list[str]:
    """The reasons why a draft cannot open now, each as a sentence without its full stop.

    Of the roll as many entries are enough as `first_of_coming_roll` reads.
    """
    options = list(options)
    reasons = what_is_missing(ballot, options)
    reasons += (sentence.rstrip(".") for sentence in method_of(ballot).why_not(rules_of(ballot, options)))
    if ballot.closes_at and ballot.closes_at <= clock.now():
        reasons.append("The time announced for its close has passed: give it another, or none")
    if not roll:
        reasons.append(NOBODY[Ballot.Roll(ballot.roll_from)])
    elif ballot.is_secret and len(roll) < FEWEST:
        reasons.append(
            f"It is secret, and {counted(len(roll), 'person', 'people')} could vote: a result of fewer than {FEWEST} "
            "would tell who voted for what. Make it an open vote, or wait for more"
        )
    elif ballot.weighs_councils and not any(entry.organisation for entry in roll):
        reasons.append(
            "It is counted per council or body, and nobody on the roll is here for one, so no vote would carry weight: "
            "check somebody in who is, or count it per person"
        )
    if roll:
        reasons += filter(None, KEPT_SHUT.ask(ballot))
    if roll and ballot.quorum and len(roll) < ballot.quorum:
        reasons.append(f"{ballot.quorum} have to vote, and {counted(len(roll), 'person', 'people')} could")
    return reasons


def warnings_before_opening(ballot: Ballot, roll: list[RollEntry]) -> list[str]:
    """What does not keep a draft from opening and may still surprise afterwards, as sentences."""
    organisations = {entry.organisation_id for entry in roll if entry.organisation_id}
    warnings = []
    if not ballot.counts_councils:
        return ["It is by voting cards, which belong to no council: there are no figures per council or body."]
    if ballot.is_secret and len(organisations) < 10:
        warnings.append(
            f"It is secret, and {counted(len(organisations), 'organisation')} could vote: with fewer than 10, the "
            "figures per council or body are not shown."
        )
    elif ballot.is_secret:
        warnings.append(
            "It is secret. The figures per council or body are shown only where nobody’s vote could be told from its "
            "weight, as that of the only person of no organisation."
        )
    if ballot.is_secret and ballot.weighs_councils:
        warnings.append(
            "Of a secret vote nobody can recount what was counted per council or body. Choose an open vote if that "
            "matters."
        )
    return warnings


def about(ballot: Ballot, options: list[Option]) -> dict[str, Any]:
    """What every page of a vote says of its rules."""
    return {
        "ballot": ballot,
        "options": options,
        "rule": rule_words(ballot),
        "choice_rule": choice_rule(ballot, options),
        "who_sees_what": who_sees_what(ballot),
        "per_council": per_council_words(ballot),
        "closing": closing_words(ballot),
    }
