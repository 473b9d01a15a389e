"""One tick for each voter."""

from voting.methods.approval import Approval
from voting.methods.values import Rules


class Single(Approval):
    """Each voter ticks one option; the most ticks win."""

    key = "single"
    name = "Single choice"
    asks = "pick one of few"
    settings = frozenset({"places", "threshold"})
    nothing = "Tick one."

    def most(self, rules: Rules) -> int:
        return 1

    def rule_words(self, rules: Rules) -> str:
        return "Tick one."
