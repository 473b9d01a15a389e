"""A count by instant run-off in words: the rounds, who was out in each and why, and the options two by two."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from core.words import series
from voting.methods.base import Saying, Titles, share_in_words
from voting.methods.values import Count, Explained, Rules

RULE = (
    "A vote counts for the option that it ranks highest of those still in. Who has more than half of these votes wins; "
    "until then the last is out."
)
WHY = {
    "fewest": "Fewest votes",
    "together": "Fewest votes; together fewer than the next",
    "earlier": "Level for last, and fewer votes in an earlier round",
    "order": "Level for last, and lowest of these on the ballot",
    "each": "Level for last, and the same wins whichever is out",
}


def run_off(step: dict[str, Any], count: Count, rules: Rules, title_of: Titles, say: Saying) -> Iterator[Explained]:
    """The votes of each round, then what happened after it."""
    rounds = [each for each in step["rounds"] if each["kind"] == "round"]
    votes = [{option: Fraction(number) for option, number in each["votes"]} for each in rounds]
    place = f", place {step['place']}" if rules.places > 1 else ""
    needs = "" if rules.threshold is None else f" It needs at least {share_in_words(rules.threshold)} of all votes."
    yield Explained(
        f"Votes in each round{place}",
        f"{RULE}{needs} {_winner(step, rules, title_of)}",
        ("Option", *(f"Round {each['round']}" for each in rounds)),
        (
            *(
                (title_of(option), *(say(now[option]) if option in now else "–" for now in votes))
                for option in votes[0]
            ),
            ("Exhausted: ranks none still in", *(say(count.voted - sum(now.values())) for now in votes)),
        ),
    )
    happened = tuple(_happened(each, title_of, say) for each in rounds if "why" in each)
    if happened:
        yield Explained(
            f"Who was out in each round{place}",
            "A vote goes on to the next option it ranks that is still in; with none left it is exhausted.",
            ("Round", "Out", "Why", "Where the votes went"),
            happened,
        )


def _winner(step: dict[str, Any], rules: Rules, title_of: Titles) -> str:
    """How a run-off ended."""
    names = series(title_of(option) for option in step["winners"])
    if step["is_decided"]:
        if names:
            return f"{names} wins."
        if rules.threshold is None:
            return "Nobody wins, as no votes are left."
        return f"Nobody wins: none has the support of at least {share_in_words(rules.threshold)} of all votes."
    if step["rounds"][-1]["kind"] == "too_many_ways":
        return f"So many were level for last that not every way to go on was tried: {names} could win."
    return (
        f"{names} could each win, and nothing decides between them."
        if len(step["winners"]) > 1
        else (f"Whether {names} wins depends on a tie that nothing decides.")
    )


def _happened(this: dict[str, Any], title_of: Titles, say: Saying) -> tuple[str | int, ...]:
    """What a round ended with: who was out, why, and where the votes went."""
    if this["why"] == "tied":
        level = series(title_of(option) for option, _ in this["ways"])
        follows = "; ".join(
            f"without {title_of(option)}, {series((title_of(each) for each in winners), last='or') or 'nobody'} wins"
            for option, winners in this["ways"]
        )
        return this["round"], "Undecided", f"{level} are level for last, in earlier rounds too", f"{follows}."
    why = WHY[this["why"]]
    if this["why"] == "each":
        why = f"{why}: {series(title_of(option) for option in this['level'])}"
    went = [f"{say(Fraction(votes))} to {title_of(option)}" for option, votes in this["to"]]
    if exhausted := Fraction(this["exhausted"]):
        went.append(f"{say(exhausted)} exhausted")
    return this["round"], series(title_of(option) for option in this["out"]), why, series(went) or "It had none"


def pairs(step: dict[str, Any], title_of: Titles, say: Saying) -> Explained:
    """How many votes put each option before each other one, and whether one beats all others."""
    before = {}
    for one, other, more, less in step["pairs"]:
        before[one, other], before[other, one] = Fraction(more), Fraction(less)
    options = list(dict.fromkeys(option for pair in before for option in pair))
    best = [one for one in options if all(before[one, other] > before[other, one] for other in options if other != one)]
    return Explained(
        "Two by two",
        "How many votes rank the option of the row above that of the column, and how many the other way round. "
        + (f"{title_of(best[0])} beats every other." if best else "None beats every other.")
        + " This explains the result and does not decide it.",
        ("Option", *(title_of(option) for option in options)),
        tuple(
            (
                title_of(one),
                *(
                    f"{say(before[one, other])} to {say(before[other, one])}" if other != one else "–"
                    for other in options
                ),
            )
            for one in options
        ),
    )
