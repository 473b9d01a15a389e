"""Made-up surveys to attack: skewed organisations, a respondent like nobody else, and a wave before it."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from surveys.disclosure.values import (
    MONEY,
    MULTIPLE,
    NUMBER,
    MergeStep,
    OpenedAnswers,
    PlannedBreakdown,
    PlannedQuestion,
    PlannedRow,
    PrintedCategory,
    TablePlan,
    each_alone,
)

TYPES = {
    "district": "Districts",
    "unitary": "Unitaries",
    "county": "Counties",
    "london": "London boroughs",
    "met": "Metropolitan districts",
    "scotland": "Scotland",
    "wales": "Wales",
    "ni": "Northern Ireland",
}
HOW_MANY = {"district": 38, "unitary": 24, "county": 22, "london": 20, "met": 11, "scotland": 6, "wales": 4, "ni": 1}
LEVELS = {"1": "Level 1", "2": "Level 2", "3": "Level 3"}
HOW_MANY_LEVELS = {"1": 16, "2": 48, "3": 36}
OUTSIDE = ("scotland", "wales", "ni")
BREAKDOWNS = (
    PlannedBreakdown(
        "type",
        TYPES,
        (
            MergeStep("outside_england", "Outside England", OUTSIDE),
            MergeStep("big_cities", "London boroughs and metropolitan districts", ("london", "met")),
        ),
    ),
    PlannedBreakdown("level", LEVELS, (MergeStep("1_2", "Levels 1 and 2", ("1", "2")),)),
)
WITHOUT_MERGING = tuple(replace(breakdown, ladder=()) for breakdown in BREAKDOWNS)
AGREE = ("strongly agree", "agree", "neither", "disagree", "strongly disagree")
IMPORTANT = ("key", "important", "not important")
YES_NO = ("yes", "no", "don’t know")
IN_THREE = (
    PrintedCategory("agree", AGREE[:2]),
    PrintedCategory("neither", AGREE[2:3]),
    PrintedCategory("disagree", AGREE[3:]),
)
IN_TWO = (PrintedCategory("agree", AGREE[:2]), PrintedCategory("other", AGREE[2:]))
KEY_OR_NOT = (PrintedCategory("important or key", IMPORTANT[:2]), PrintedCategory("not", IMPORTANT[2:]))
YES_OR_NOT = (PrintedCategory("yes", YES_NO[:1]), PrintedCategory("other", YES_NO[1:]))


def likert(key: str) -> PlannedRow:
    return PlannedRow(key, AGREE, scales=(each_alone(AGREE), IN_THREE, IN_TWO))


def important(key: str) -> PlannedRow:
    return PlannedRow(key, IMPORTANT, scales=(each_alone(IMPORTANT), KEY_OR_NOT))


def yes_or_no(key: str) -> PlannedRow:
    return PlannedRow(key, YES_NO, scales=(each_alone(YES_NO), YES_OR_NOT))


def plan_of(questions: tuple[tuple[PlannedRow, ...], ...], breakdowns: tuple[PlannedBreakdown, ...]) -> TablePlan:
    both = tuple(breakdown.key for breakdown in breakdowns)
    planned = (PlannedQuestion(f"q{at}", rows, both) for at, rows in enumerate(questions, start=1))
    return TablePlan(tuple(planned), breakdowns)


def eight_rows(breakdowns: tuple[PlannedBreakdown, ...] = BREAKDOWNS) -> TablePlan:
    """The plan of P24: eight rows of three kinds of answers, two breakdowns."""
    likerts = tuple(likert(f"likert{at}") for at in range(1, 4))
    points = tuple(important(f"important{at}") for at in range(1, 4))
    return plan_of((likerts, points, tuple(yes_or_no(f"yes{at}") for at in range(1, 3))), breakdowns)


def whole_questionnaire() -> TablePlan:
    """What the 17 questions of 2014 can print: 15, 12, 12, 4, 2, 2, 15, 5 and 14 rows, and two lists of categories."""
    return plan_of(
        (
            tuple(likert(f"q5_{at}") for at in range(1, 16)),
            tuple(important(f"q6_{at}") for at in range(1, 13)),
            tuple(yes_or_no(f"q7_{at}") for at in range(1, 13)),
            (yes_or_no("q8_strategy"), *(likert(f"q8_{at}") for at in range(1, 4))),
            tuple(PlannedRow(f"q9_{at}", kind=NUMBER, most=100) for at in range(1, 3)),
            (yes_or_no("q10_saved"), PlannedRow("q10_pounds", kind=MONEY)),
            tuple(yes_or_no(f"q11_{at}") for at in range(1, 16)),
            tuple(yes_or_no(f"q12_{at}") for at in range(1, 6)),
            (PlannedRow("q13", tuple(f"department {at}" for at in range(1, 13)), MULTIPLE),),
            (PlannedRow("q14", tuple(f"priority {at}" for at in range(1, 17)), MULTIPLE),),
            tuple(important(f"q15_{at}") for at in range(1, 15)),
        ),
        BREAKDOWNS,
    )


@dataclass(frozen=True)
class MadeSurvey:
    """A wave and the one before, and how many of each group answered both times alike."""

    now: list[OpenedAnswers]
    then: list[OpenedAnswers]
    stayed: Mapping[tuple[str, str], int]


def made(dice: random.Random, plan: TablePlan, *, people: int, alike: float | None = None) -> MadeSurvey:
    """A survey of so many people; `alike` is the part of last wave who answered this one just as they did then."""
    alike = dice.choice((0, 0, 0.3, 0.6, 0.9)) if alike is None else alike
    leanings = {row.key: _leaning(dice, row) for question in plan.questions for row in question.rows}
    then = [_respondent(dice, plan, leanings) for _ in range(max(30, round(people * dice.uniform(0.8, 1.1))))]
    stay = [each for each in then if dice.random() < alike][: people - 1]
    fresh = [_respondent(dice, plan, leanings) for _ in range(people - len(stay) - 1)]
    now = [*stay, *fresh, _like_nobody_else(plan)]
    dice.shuffle(now)
    stayed = Counter((key, group) for each in stay for key, group in each.bands.items())
    every = [(breakdown.key, group) for breakdown in plan.breakdowns for group in breakdown.groups]
    return MadeSurvey(now, then, {place: stayed[place] for place in every} if stay else {})


def _like_nobody_else(plan: TablePlan) -> OpenedAnswers:
    """The planted respondent: the only head of a Northern Irish council, whose answers are the rarest."""
    rows = [row for question in plan.questions for row in question.rows]
    rarest = {row.key: row.choices[-1] for row in rows if row.choices and row.kind != MULTIPLE}
    rarest |= {row.key: frozenset(row.choices[-1:]) for row in rows if row.kind == MULTIPLE}
    rarest |= {row.key: 95 if row.most else 9_000_000 for row in rows if not row.choices}
    return OpenedAnswers("ni-council", {"type": "ni", "level": "1"}, rarest)


def _leaning(dice: random.Random, row: PlannedRow) -> list[float]:
    """How often each choice is given: some rows are near even, in others nearly all agree."""
    steep = dice.choice((0.4, 0.6, 0.8, 1))
    return [steep**at * dice.uniform(0.5, 1) for at in range(len(row.choices) or 1)]


def _respondent(dice: random.Random, plan: TablePlan, leanings: Mapping[str, list[float]]) -> OpenedAnswers:
    kind = dice.choices([*HOW_MANY], [*HOW_MANY.values()])[0]
    level = dice.choices([*HOW_MANY_LEVELS], [*HOW_MANY_LEVELS.values()])[0]
    organisation = f"{kind}-{int(dice.paretovariate(0.7)) % max(6, 2 * HOW_MANY[kind])}"
    skips = dice.choice((0, 0.05, 0.3))
    answers = {
        row.key: _answer(dice, row, leanings[row.key])
        for question in plan.questions
        for row in question.rows
        if dice.random() >= skips
    }
    return OpenedAnswers(organisation, {"type": kind, "level": level}, answers)


def _answer(dice: random.Random, row: PlannedRow, leaning: list[float]) -> str | frozenset[str] | int:
    if row.kind == MULTIPLE:
        return frozenset(dice.choices(row.choices, leaning, k=3))
    if not row.choices:
        return dice.randint(0, 100) if row.most else int(dice.lognormvariate(13, 1.2))
    return dice.choices(row.choices, leaning)[0]
