"""The release plan: which tables a wave prints and by what, fixed before it opens, in the words of the disclosure."""

from collections.abc import Iterable, Iterator

from questions.models import Question
from questions.queries import asked
from surveys.disclosure.values import (
    CHOICE,
    MONEY,
    MULTIPLE,
    NUMBER,
    MergeStep,
    PlannedBreakdown,
    PlannedQuestion,
    PlannedRow,
    PrintedCategory,
    Scale,
    TablePlan,
    each_alone,
)
from surveys.fieldwork.models import Fieldwork
from surveys.fieldwork.sealed import COUNCIL_TYPE, LEVEL, OTHER
from surveys.fieldwork.tables import asked_rows, asked_tables, questions_behind
from surveys.waves.models import CouncilType, ResultsTable

OUTSIDE_ENGLAND = (CouncilType.SCOTTISH, CouncilType.WELSH, CouncilType.NORTHERN_IRISH)
BY_TYPE = PlannedBreakdown(
    COUNCIL_TYPE,
    {str(value): str(label) for value, label in CouncilType.choices} | {OTHER: "Other organisations"},
    (
        MergeStep("outside-england", "Outside England", tuple(map(str, OUTSIDE_ENGLAND))),
        MergeStep("big-cities", "London boroughs and metropolitan districts", ("london", "metropolitan")),
        MergeStep("upper-tier", "English counties and unitaries", ("counties", "unitaries")),
    ),
)
BY_LEVEL = PlannedBreakdown(
    LEVEL,
    {"1": "Level 1", "2": "Level 2", "3": "Level 3"},
    (MergeStep("1-2", "Levels 1 and 2", ("1", "2")),),
)
AGREEING, DISAGREEING = ("strongly-agree", "agree"), ("strongly-disagree", "disagree")
HEADLINES = ("key", "important", "yes")  # the choice that a table is about, where it has one of these


def plan_of(fieldwork: Fieldwork) -> TablePlan:
    """What the wave prints, for `compute_release`. Both breakdowns always count who responded."""
    questions = {question.key: question for question in asked(fieldwork.wave.questions)}
    rows = asked_rows(fieldwork.wave)
    tables = ResultsTable.objects.filter(slug__in=fieldwork.plan).order_by("position")
    planned = []
    for slug in tables.values_list("slug", flat=True):
        keys = [each.row.key for each in rows.get(slug, [])]
        in_table = [row for each in questions_behind(slug, keys, questions) for row in _rows(slug, each, keys)]
        if in_table:
            planned.append(PlannedQuestion(slug, tuple(in_table), tuple(fieldwork.plan[slug])))
    return TablePlan(tuple(planned), (BY_LEVEL, BY_TYPE))


def row_key(question: str, row: str = "") -> str:
    """The key of a row in the plan and in the frozen release."""
    return f"{question}.{row}" if row else question


def _rows(slug: str, question: Question, keys: Iterable[str]) -> Iterator[PlannedRow]:
    """The planned rows of a question: none of what people write."""
    kind = Question.Kind
    if question.kind == kind.MATRIX:
        choices = tuple(key for key, _ in question.scale)
        for row, _ in question.rows:
            if row in keys:
                yield PlannedRow(row_key(question.key, row), choices, CHOICE, scales_of(choices))
    elif question.kind in (kind.ONE, kind.YES_NO):
        choices = tuple(key for key, _ in question.choices)
        yield PlannedRow(row_key(question.key), choices, CHOICE, scales_of(choices))
    elif question.kind == kind.SEVERAL:
        yield PlannedRow(row_key(question.key), tuple(key for key, _ in question.choices), MULTIPLE)
    elif question.kind == kind.NUMBER:
        most = None if question.most is None else int(question.most)
        yield PlannedRow(row_key(question.key), kind=MONEY if question.unit == "£" else NUMBER, most=most)


def scales_of(choices: tuple[str, ...]) -> tuple[Scale, ...]:
    """The scales of a row from fine to coarse. Of five marks those who agree are told together, and so are the others.

    A share of those who agree is the figure of its table: were the marks told one by one, nobody could add it up.
    """
    if {*AGREEING, *DISAGREEING} <= {*choices}:
        rest = tuple(each for each in choices if each not in AGREEING)
        middle = tuple(each for each in rest if each not in DISAGREEING)
        agree = PrintedCategory("agree", tuple(each for each in choices if each in AGREEING))
        disagree = PrintedCategory("disagree", tuple(each for each in choices if each in DISAGREEING))
        in_three = (agree, PrintedCategory("neither", middle), disagree) if middle else (agree, disagree)
        return (in_three, (agree, PrintedCategory("rest", rest)))
    if len(choices) < 3:
        return (each_alone(choices),)
    headline = next((each for each in HEADLINES if each in choices), choices[0])
    rest = tuple(each for each in choices if each != headline)
    return (each_alone(choices), (PrintedCategory(headline, (headline,)), PrintedCategory("rest", rest)))


def plan_lines(fieldwork: Fieldwork) -> list[tuple[str, str]]:
    """Each table that the wave asks for, with what of it is printed, in words."""
    return [
        (each.table.title, in_words(fieldwork.plan.get(slug))) for slug, each in asked_tables(fieldwork.wave).items()
    ]


def in_words(breakdowns: list[str] | None) -> str:
    """“By level and by type of council”; “For everybody”; “Not printed”."""
    if breakdowns is None:
        return "Not printed"
    return WAYS[tuple(sorted(breakdowns))]


WAYS = {
    (): "For everybody together",
    (LEVEL,): "For everybody, and by level of seniority",
    (COUNCIL_TYPE,): "For everybody, and by type of council",
    (COUNCIL_TYPE, LEVEL): "For everybody, by level and by type of council",
}
