"""Two questions about each option: how much it would change, and how sure it is to work."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from core.words import series
from voting.methods.base import Method, Saying, Titles, choose, settled, threshold_words, whole_weights
from voting.methods.values import Count, Explained, OptionLine, PlainVote, Rules, VoteMark, WrongVote, shown

IMPACT, FEASIBILITY = "impact", "feasibility"
LOWEST, HIGHEST = 1, 5
MIDDLE = Fraction(LOWEST + HIGHEST, 2)
# The four quadrants by whether impact and feasibility are above the middle of the scale.
QUADRANTS = {
    (True, True): "Quick win",
    (True, False): "Big bet",
    (False, True): "Fill in",
    (False, False): "Not now",
}
UNRATED = "Not rated"


class Matrix(Method):
    """Each voter rates options from 1 to 5 for impact and for feasibility, or leaves them out.

    An option's score is its mean impact times its mean feasibility, 1 to 25, over the votes that rate it: one that is
    middling in both beats one that is high in the first and hopeless in the second. A vote supports an option unless
    it gives it the lowest on both questions.
    """

    key = "matrix"
    name = "Impact and feasibility"
    asks = "see what is worth doing and can be done"
    questions = (IMPACT, FEASIBILITY)
    nothing = "Rate at least one option on both questions."
    lowest = LOWEST
    highest = HIGHEST
    not_a_value = f"Ratings are whole numbers from {LOWEST} to {HIGHEST}."

    def rule_words(self, rules: Rules) -> str:
        return f"Rate each from {LOWEST} to {HIGHEST} for impact and for feasibility, or leave it out."

    def check_together(self, marks: Sequence[VoteMark], rules: Rules) -> None:
        answered = {(mark.option, mark.question) for mark in marks}
        for mark in marks:
            for question in self.questions:
                if (mark.option, question) not in answered:
                    raise WrongVote(
                        f"You rated one option for {mark.question} and not for {question}: rate it for both, or leave "
                        "it out.",
                        option=mark.option,
                        question=question,
                    )

    def count(self, votes: Iterable[PlainVote], rules: Rules) -> Count:
        scale, weighted = whole_weights(votes)
        sums = {question: dict.fromkeys(rules.options, 0) for question in self.questions}
        rated = dict.fromkeys(rules.options, 0)
        against = dict.fromkeys(rules.options, 0)  # the lowest on both questions
        for marks, weight in weighted:
            lowest = set()
            for mark in marks:
                sums[mark.question][mark.option] += weight * mark.value
                if mark.question == IMPACT:
                    rated[mark.option] += weight
                if mark.value == LOWEST:
                    if mark.option in lowest:
                        against[mark.option] += weight
                    lowest.add(mark.option)
        means = {
            option: [Fraction(sums[question][option], by) for question in self.questions] if by else []
            for option, by in rated.items()
        }
        lines = [
            OptionLine(
                option,
                means[option][0] * means[option][1] if rated[option] > against[option] else Fraction(0),
                Fraction(rated[option] - against[option], scale),
            )
            for option in rules.options
        ]
        step = {
            "kind": "means",
            "options": [
                {
                    "option": option,
                    "rated": str(Fraction(by, scale)),
                    **dict(zip(self.questions, map(str, means[option]), strict=False)),
                    "quadrant": quadrant(*means[option]) if by else UNRATED,
                }
                for option, by in rated.items()
            ],
        }
        return choose(lines, Fraction(sum(weight for _, weight in weighted), scale), rules, steps=[step])

    def explain(self, count: Count, rules: Rules, title_of: Titles, *, say: Saying = shown) -> list[Explained]:
        return [
            self.totals(count, rules, title_of, say=say),
            self.quadrants(count, title_of),
            *settled(count, title_of),
        ]

    def totals(self, count: Count, rules: Rules, title_of: Titles, *, say: Saying) -> Explained:
        by_score = {line.option: line.score for line in count.lines}
        means = sorted(count.steps[0]["options"], key=lambda means: -by_score[means["option"]])
        return Explained(
            "Impact and feasibility",
            "The mean of the votes that rated it, from 1 to 5 on each question; the order is by impact times "
            "feasibility." + threshold_words(count, rules, title_of),
            ("Option", "Impact", "Feasibility", "Votes that rated it", "Impact times feasibility", "Quadrant"),
            tuple(_row(means, by_score[means["option"]], title_of, say) for means in means),
        )

    def quadrants(self, count: Count, title_of: Titles) -> Explained:
        """Which options fall into which quadrant."""
        within: dict[str, list[str]] = {name: [] for name in QUADRANTS.values()}
        for means in count.steps[0]["options"]:
            if means["quadrant"] != UNRATED:
                within[means["quadrant"]].append(title_of(means["option"]))
        meaning = (
            "above the middle on both",
            "more impact, harder to do",
            "easier to do, less impact",
            "above the middle on neither",
        )
        return Explained(
            "Quadrants",
            f"High means a mean above {shown(MIDDLE)}, the middle of the scale.",
            ("Quadrant", "Means", "Options"),
            tuple(
                (name, means, series(options) or "None")
                for (name, options), means in zip(within.items(), meaning, strict=True)
            ),
        )


def quadrant(impact: Fraction, feasibility: Fraction) -> str:
    """The quadrant of two means; one exactly in the middle counts as low."""
    return QUADRANTS[impact > MIDDLE, feasibility > MIDDLE]


def _row(means: dict[str, Any], score: Fraction, title_of: Titles, say: Saying) -> tuple[str, ...]:
    said = [say(Fraction(means[question])) if question in means else "–" for question in (IMPACT, FEASIBILITY)]
    return (
        title_of(means["option"]),
        *said,
        say(Fraction(means["rated"])),
        say(score) if score else "–",
        means["quadrant"],
    )
