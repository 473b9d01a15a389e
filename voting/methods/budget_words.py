"""A count by equal shares in words: what was funded, what greedy would fund, and why not mine."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from core.words import counted, series
from voting.methods.base import Saying, Titles, share_in_words
from voting.methods.values import Count, Explained, Rules, in_pounds


def funded(step: dict[str, Any], count: Count, rules: Rules, title_of: Titles, say: Saying) -> Explained:
    """What was funded, in this order, and what it cost whom."""
    support = {line.option: line.supporters for line in count.lines}
    raised = f", raised by {in_pounds(step['raised'])} to spend what is left" if step["raised"] else ""
    spent = sum(rules.prices[option] for option, *_ in step["payments"])
    sentence = (
        f"Each vote holds an equal share of the pot, {in_pounds(Fraction(step['share']))}{raised}. In each round what "
        "costs its supporters least is funded, and they pay alike. "
        f"{in_pounds(spent)} of {in_pounds(rules.pot or 0)} is spent."
    )
    if step["beyond"]:
        sentence += (
            f" Raised further, the shares would fund {series(map(title_of, step['beyond']))}: more than the pot."
        )
    if step["is_tied"]:
        sentence += " Some options are tied: this is what follows where ties go by the order of the ballot."
    if rules.threshold is not None:
        sentence += f" Only options with the support of at least {share_in_words(rules.threshold)} of the votes count."
    return Explained(
        "Equal shares",
        sentence,
        ("Round", "Funded", "Price", "Supporters", "Each paid", "Paid less, all they had left"),
        tuple(
            (
                number,
                title_of(option),
                in_pounds(rules.prices[option]),
                say(support[option]),
                in_pounds(Fraction(each)),
                say(Fraction(short)),
            )
            for number, (option, each, short) in enumerate(step["payments"], start=1)
        ),
    )


def compared(step: dict[str, Any], count: Count, rules: Rules, title_of: Titles) -> Explained:
    """What greedy would fund, beside what is funded."""
    support = {line.option: line.supporters for line in count.lines}

    def said(option: int, chosen: Iterable[int], tied: Iterable[int]) -> str:
        return "Funded" if option in chosen else "Tied" if option in tied else "Not funded"

    rows = tuple(
        (
            title_of(option),
            said(option, count.chosen, count.tied),
            said(option, step["chosen"], step["tied"]),
        )
        for option in sorted(rules.options, key=lambda option: -support[option])
    )
    return Explained(
        "Beside it: most supporters first",
        "Greedy funds the option with most supporters first, while the money lasts. "
        + _would_fund(step, count, title_of),
        ("Option", "Equal shares", "Most supporters first"),
        rows,
    )


def _would_fund(step: dict[str, Any], count: Count, title_of: Titles) -> str:
    """What greedy would fund, as a sentence that names it where it is not what is funded."""
    chosen = set(step["chosen"])
    if chosen == {*count.chosen} and {*step["tied"]} == {*count.tied}:
        return "It would fund the same." if chosen else "It would not decide the tie either."
    if not chosen:
        return "It would fund nothing without deciding a tie."
    tied = " and leave a tie" if step["tied"] else ""
    return f"It would fund {series(map(title_of, step['chosen']))}{tied}."


def why_not_mine(steps: list[dict[str, Any]], count: Count, rules: Rules, title_of: Titles, say: Saying) -> Explained:
    """Each option that was not funded, with what would have been enough."""
    support = {line.option: line.supporters for line in count.lines}
    return Explained(
        "Why not mine?",
        "What each option that was not funded lacked; ties are taken to go against it.",
        ("Option", "Supporters", "Price", "Supporters had left", "What would have been enough"),
        tuple(
            (
                title_of(step["option"]),
                say(support[step["option"]]),
                in_pounds(rules.prices[step["option"]]),
                in_pounds(Fraction(step["left"])) if "left" in step else "–",
                _enough_words(step, rules),
            )
            for step in steps
        ),
    )


def _enough_words(step: dict[str, Any], rules: Rules) -> str:
    if step["why"] == "threshold" and rules.threshold is not None:
        return f"The support of {share_in_words(rules.threshold)} of the votes"
    ways = []
    if "votes" in step:
        ways.append(f"{counted(step['votes'], 'more vote')} for it alone")
    if "price" in step:
        ways.append(f"a price of {in_pounds(step['price'])}")
    lacked = rules.prices[step["option"]] - Fraction(step["left"])
    if not ways and lacked > 0:
        ways.append(f"supporters who together had {in_pounds(lacked)} more")
    words = series(ways, last="or") or "more supporters, or a lower price"
    return words[0].upper() + words[1:]
