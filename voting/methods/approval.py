"""Ticks: as many as one would pursue, up to a number, or one."""

from collections.abc import Sequence

from voting.methods.base import Method, Saying, Titles, best_first, threshold_words
from voting.methods.values import Count, Explained, Rules, VoteMark, WrongVote


class Approval(Method):
    """Each voter ticks options, up to `most` of them; the most ticks win."""

    key = "approval"
    name = "Approval"
    asks = "find what most would support"
    settings = frozenset({"places", "threshold", "most"})
    nothing = "Tick at least one."
    highest = 1
    ticks = True
    counts_people = True
    not_a_value = "A tick counts one."

    def most(self, rules: Rules) -> int:
        """How many a voter may tick."""
        return len(rules.options) if rules.most is None else min(rules.most, len(rules.options))

    def why_not(self, rules: Rules) -> list[str]:
        reasons = super().why_not(rules)
        if self.most(rules) < 1:
            reasons.append("A voter has to be able to tick at least one.")
        return reasons

    def rule_words(self, rules: Rules) -> str:
        most = self.most(rules)
        if most == len(rules.options):
            return "Tick as many as you would pursue."
        return "Tick one." if most == 1 else f"Tick up to {most:,}."

    def check_together(self, marks: Sequence[VoteMark], rules: Rules) -> None:
        over = len(marks) - self.most(rules)
        if over > 0:
            raise WrongVote(f"You ticked {len(marks):,}: untick {over:,}, you may tick {self.most(rules):,}.")

    def totals(self, count: Count, rules: Rules, title_of: Titles, *, say: Saying) -> Explained:
        return Explained(
            "Ticks",
            "Each tick counts one; most ticks first." + threshold_words(count, rules, title_of),
            ("Option", "Ticks"),
            tuple((title_of(line.option), say(line.score)) for line in best_first(count)),
        )
