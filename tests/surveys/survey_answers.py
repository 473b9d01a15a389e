"""Answers to a small survey, for tests of what may be printed of it."""

from itertools import cycle

from surveys.disclosure.values import (
    MergeStep,
    OpenedAnswers,
    PlannedBreakdown,
    PlannedQuestion,
    PlannedRow,
    TablePlan,
)

NATIONS = {"england": "England", "scotland": "Scotland", "wales": "Wales", "ni": "Northern Ireland"}
OUTSIDE = MergeStep("outside_england", "Outside England", ("scotland", "wales", "ni"))
YES_OR_NO = PlannedRow("strategy", ("yes", "no"))


def plan_for(*rows, groups=NATIONS, ladder=(OUTSIDE,)):
    """A plan of one question by nation."""
    rows = rows or (YES_OR_NO,)
    return TablePlan((PlannedQuestion("q", rows, ("nation",)),), (PlannedBreakdown("nation", groups, ladder),))


def people(nation, *, organisations=10, row="strategy", **answers):
    """So many people of a nation for each answer, of so many organisations by turns: `people("wales", yes=3, no=1)`."""
    names = cycle(range(organisations))
    given = [answer for answer, number in answers.items() for _ in range(number)]
    return [
        OpenedAnswers(f"{nation}-{name}", {"nation": nation}, {row: None if answer == "skipped" else answer})
        for answer, name in zip(given, names, strict=False)
    ]


def givers(nation, *sums):
    """One person of an organisation of its own for each sum."""
    return [OpenedAnswers(f"{nation}-{at}", {"nation": nation}, {"saved": each}) for at, each in enumerate(sums)]
