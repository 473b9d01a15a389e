"""Scores of 0 to 5."""

from fractions import Fraction
from typing import Any

from voting.methods.base import Method, Saying, Titles, best_first, threshold_words, whole_weights
from voting.methods.values import Count, Explained, PlainVote, Rules


class Score(Method):
    """Each voter scores options from 0 to 5 or leaves them out; the highest sums win.

    An option left out gets nothing, so that few high scores do not beat many; how many scored it is said beside.
    """

    key = "score"
    name = "Score"
    asks = "see how strongly each is wanted"
    nothing = "Score at least one option."
    lowest = 0
    highest = 5
    not_a_value = "Scores are whole numbers from 0 to 5."

    def rule_words(self, rules: Rules) -> str:
        return "Score each from 0 to 5, or leave it out."

    def steps(self, votes: list[PlainVote], rules: Rules) -> list[dict[str, Any]]:
        scale, weighted = whole_weights(votes)
        scored = dict.fromkeys(rules.options, 0)
        for marks, weight in weighted:
            for mark in marks:
                scored[mark.option] += weight
        return [{"kind": "scored", "by": [[option, str(Fraction(by, scale))] for option, by in scored.items()]}]

    def totals(self, count: Count, rules: Rules, title_of: Titles, *, say: Saying) -> Explained:
        scored = {option: Fraction(by) for option, by in count.steps[0]["by"]}
        return Explained(
            "Scores",
            "The scores of all votes, added up; an option left out of a vote gets nothing from it."
            + threshold_words(count, rules, title_of),
            ("Option", "Sum", "Votes that scored it", "Mean of these"),
            tuple(
                (
                    title_of(line.option),
                    say(line.score),
                    say(scored[line.option]),
                    say(line.score / scored[line.option]) if scored[line.option] else "–",
                )
                for line in best_first(count)
            ),
        )
