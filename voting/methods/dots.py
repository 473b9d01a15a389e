"""Dots: a number of them, spread over the options."""

from collections.abc import Sequence

from core.words import counted
from voting.methods.base import Method, Saying, Titles, best_first, threshold_words
from voting.methods.values import Count, Explained, Rules, VoteMark, WrongVote


class Dots(Method):
    """Each voter has `most` dots and gives at most `cap` of them to one option; the most dots win.

    Nobody has to give all. An option with no dots may be handed in as 0 or not at all.
    """

    key = "dots"
    name = "Dots"
    asks = "narrow a long list"
    settings = frozenset({"places", "threshold", "most", "cap"})
    nothing = "Give at least one dot."
    lowest = 0
    not_a_value = "Dots are whole numbers, 0 or more."

    def cap(self, rules: Rules) -> int:
        """The most dots that one option takes from a voter."""
        most = rules.most or 0
        return most if rules.cap is None else min(rules.cap, most)

    def why_not(self, rules: Rules) -> list[str]:
        reasons = super().why_not(rules)
        if rules.most is None or rules.most < 1:
            reasons.append("Say how many dots each voter has.")
        elif rules.cap is not None and rules.cap > rules.most:
            reasons.append(f"One option cannot take {counted(rules.cap, 'dot')}: each voter has {rules.most:,}.")
        elif rules.cap is not None and rules.cap * len(rules.options) < rules.most:
            reasons.append(
                f"Nobody could give {counted(rules.most, 'dot')}: {counted(len(rules.options), 'option')} "
                f"take {rules.cap * len(rules.options):,} in all."
            )
        if rules.cap is not None and rules.cap < 1:
            reasons.append("One option has to take at least one dot.")
        return reasons

    def rule_words(self, rules: Rules) -> str:
        have = f"Give {counted(rules.most or 0, 'dot')}"
        cap = self.cap(rules)
        return f"{have}, at most {cap:,} to one." if cap < (rules.most or 0) else f"{have}, all to one if you like."

    def check_together(self, marks: Sequence[VoteMark], rules: Rules) -> None:
        most, cap = rules.most or 0, self.cap(rules)
        for mark in marks:
            if most >= mark.value > cap:
                raise WrongVote(
                    f"You gave {counted(mark.value, 'dot')} to one option: it takes at most {cap:,}.",
                    option=mark.option,
                )
        given = sum(mark.value for mark in marks)
        if given > most:
            raise WrongVote(f"You gave {counted(given, 'dot')}: take {given - most:,} back, you have {most:,}.")
        if not given:
            raise WrongVote(self.nothing)

    def totals(self, count: Count, rules: Rules, title_of: Titles, *, say: Saying) -> Explained:
        return Explained(
            "Dots",
            "The dots of all votes, added up; most dots first." + threshold_words(count, rules, title_of),
            ("Option", "Dots", "Votes that gave it any"),
            tuple((title_of(line.option), say(line.score), say(line.supporters)) for line in best_first(count)),
        )
