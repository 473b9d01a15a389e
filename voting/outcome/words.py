"""The first words for an outcome: what the count came to, for those who publish it to change."""

from core.words import one_or_many, series
from voting.ballots.models import Ballot
from voting.ballots.rules import method_of, rules_of
from voting.methods.values import in_pounds, shown
from voting.outcome.counting import COUNCIL, OptionCount, Tally
from voting.outcome.queries import names, result_words

_UNITS = {
    Ballot.Method.DOTS: " dots",
    Ballot.Method.SCORE: " points",
    Ballot.Method.RANKED: " votes in the last round",
}


def decided_words(ballot: Ballot, count: Tally) -> str:
    """What was decided, as the count says it: who won or is tied, with figures, or why nothing is chosen."""
    said = result_words(ballot, count)
    if not count.tied:
        return f"{said}: {_with_figures(ballot, count, count.chosen)}." if count.chosen else f"{said}."
    titles = {line.option.pk: line.option.title for line in count.lines}
    rules = rules_of(ballot, [line.option for line in count.lines])
    tied = method_of(ballot).ties(count.counted_on(count.basis), rules, titles.__getitem__).rstrip(".")
    said = f"{tied}: {_with_figures(ballot, count, count.tied)}. {_next(ballot)}"
    if not count.chosen:
        return said
    is_or_are = one_or_many(len(count.chosen), "is", "are")
    return f"{names(count.chosen)} {is_or_are} chosen: {_with_figures(ballot, count, count.chosen)}. {said}"


def _next(ballot: Ballot) -> str:
    return {
        Ballot.TieRule.RUN_OFF: "By the rule set before opening, a run-off decides between them.",
        Ballot.TieRule.FACILITATOR: "By the rule set before opening, the facilitator chooses among them.",
    }.get(Ballot.TieRule(ballot.tie_rule), "By the rule set before opening, they stay tied.")


def _with_figures(ballot: Ballot, count: Tally, lines: tuple[OptionCount, ...]) -> str:
    """The figure of one option, or of several each with its name."""
    if len(lines) == 1:
        return _figure(ballot, count, lines[0])
    return series(f"{line.option.title} ({_figure(ballot, count, line)})" for line in lines)


def _figure(ballot: Ballot, count: Tally, line: OptionCount) -> str:
    """What an option got, on the basis that decides, with how many voted where it counts people."""
    by_council = count.basis == COUNCIL
    score, base = (line.councils, count.councils_voted) if by_council else (line.people, count.voted)
    if method_of(ballot).counts_people:
        return f"{shown(score)} of {base:,}" + (" councils or bodies" if by_council else "")
    if ballot.method == Ballot.Method.BUDGET:
        price = in_pounds(line.option.price or 0)
        return f"{price}, supported by {shown(line.supporters)} of {count.voted:,}"
    return f"{shown(score)}{_UNITS.get(Ballot.Method(ballot.method), '')}"
