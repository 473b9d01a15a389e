"""A ballot's rules as plain values and in words."""

from collections.abc import Iterable
from fractions import Fraction

from core.words import counted, one_or_many, series, spelled
from voting.ballots.models import Ballot, Option
from voting.methods import METHODS
from voting.methods.base import Method
from voting.methods.values import Rules

THRESHOLDS = {"half": Fraction(1, 2), "two_thirds": Fraction(2, 3)}


def method_of(ballot: Ballot) -> Method:
    return METHODS[ballot.method]


def rules_of(ballot: Ballot, options: Iterable[Option]) -> Rules:
    """The rules that its method counts by."""
    options = list(options)
    return Rules(
        options=tuple(option.pk for option in options),
        places=ballot.to_pursue,
        most=ballot.most_choices,
        cap=ballot.most_per_option,
        pot=ballot.pot,
        prices={option.pk: option.price for option in options if option.price is not None},
        threshold=THRESHOLDS.get(ballot.threshold),
        has_order=ballot.tie_rule == Ballot.TieRule.ORDER,
    )


def choice_rule(ballot: Ballot, options: Iterable[Option]) -> str:
    """What a voter does, as a sentence: how many one may tick, or how many dots there are to give."""
    return method_of(ballot).rule_words(rules_of(ballot, options))


def rule_words(ballot: Ballot) -> str:
    """The rules that are fixed before opening, in words."""
    if ballot.is_of_bodies:
        quorum = f" {counted(ballot.quorum, 'body has', 'bodies have')} to vote." if ballot.quorum else ""
        return f"Each body has one vote, which one person casts for it.{quorum}"
    how = "per council or body" if ballot.weighs_councils else "per person"
    chosen = one_or_many(ballot.to_pursue, "the first is", f"the first {spelled(ballot.to_pursue)} are")
    what = "what the pot pays for is chosen" if ballot.method == Ballot.Method.BUDGET else f"{chosen} chosen"
    when = "is fixed when it opens" if ballot.state == Ballot.State.DRAFT else "was set before opening"
    weight = " Votes of people who are here for no organisation carry no weight." if ballot.weighs_councils else ""
    return f"The rule {when}: {what}, counted {how}, {_tie_words(ballot)}.{_conditions(ballot)}{weight}"


def _tie_words(ballot: Ballot) -> str:
    return {
        Ballot.TieRule.RUN_OFF: "run-off if tied",
        Ballot.TieRule.FACILITATOR: "if tied, the facilitator chooses",
        Ballot.TieRule.ORDER: "if tied, the one that stands first on the list",
        Ballot.TieRule.NONE: "what is tied stays tied",
    }[Ballot.TieRule(ballot.tie_rule)]


def _conditions(ballot: Ballot) -> str:
    """What has to be reached for anything to be chosen, as a sentence after a space; empty where nothing."""
    needed = []
    if ballot.quorum:
        needed.append(f"{counted(ballot.quorum, 'person has', 'people have')} to vote")
    if ballot.threshold:
        needed.append(f"an option needs {ballot.get_threshold_display().lower()}")
    return f" For a choice, {series(needed)}." if needed else ""
