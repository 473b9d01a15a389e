"""The first words for an outcome: what the count came to, for those who publish it to change."""

from core.words import series
from voting.ballots.models import Ballot
from voting.ballots.rules import method_of, rules_of
from voting.methods.values import in_pounds
from voting.outcome.counting import COUNCIL, OptionCount, Tally, shown
from voting.outcome.queries import result_words

_UNITS = {
    Ballot.Method.DOTS: " dots",
    Ballot.Method.SCORE: " points",
    Ballot.Method.RANKED: " votes in the last round",
}


def decided_words(ballot: Ballot, count: Tally) -> str:
    """What was decided, as the count says it: who won or is tied, with figures, or why nothing is chosen."""
    said = result_words(ballot, count)
    if not count.chosen and not count.tied:
        return f"{said}."
    if count.chosen:
        said = f"{said}: {_with_figures(ballot, count, count.chosen)}."
        if not count.tied:
            return said
    titles = {line.option.pk: line.option.title for line in count.lines}
    rules = rules_of(ballot, [line.option for line in count.lines])
    tied = method_of(ballot).ties(count.counted_on(count.basis), rules, titles.__getitem__)
    figures = f"{tied.rstrip('.')}: {_with_figures(ballot, count, count.tied)}."
    return f"{said} {figures} {_next(ballot)}" if count.chosen else f"{figures} {_next(ballot)}"


def _next(ballot: Ballot) -> str:
    return {
        Ballot.TieRule.RUN_OFF: "By the rule set before opening, a run-off decides between them.",
        Ballot.TieRule.FACILITATOR: "By the rule set before opening, the facilitator chooses among them.",
    }.get(Ballot.TieRule(ballot.tie_rule), "By the rule set before opening, they stay tied.")


def _with_figures(ballot: Ballot, count: Tally, lines: tuple[OptionCount, ...]) -> str:
    return series(f"{line.option.title} {_figure(ballot, count, line)}" for line in lines)


def _figure(ballot: Ballot, count: Tally, line: OptionCount) -> str:
    of_councils = count.basis == COUNCIL
    score, base = (line.councils, count.councils_voted) if of_councils else (line.people, count.voted)
    if method_of(ballot).counts_people:
        return f"with {shown(score)} of {base:,} {'councils or bodies' if of_councils else 'votes'}"
    if ballot.method == Ballot.Method.BUDGET:
        price = in_pounds(line.option.price or 0)
        return f"for {price}, supported by {shown(line.supporters)} of {count.voted:,}"
    return f"with {shown(score)}{_UNITS.get(Ballot.Method(ballot.method), '')}"
