"""Which questions stand behind which table of results."""

from collections.abc import Iterable, Mapping, Sequence

from questions.models import Question
from questions.queries import asked
from surveys.fieldwork.sealed import COUNCIL_TYPE, LEVEL
from surveys.waves.models import AskedRow, AskedTable, Continuity, Wave

BREAKDOWNS = {LEVEL: "level of seniority", COUNCIL_TYPE: "type of council"}
NOT_IN_WAVE = (Continuity.NOT_ASKED, Continuity.DROPPED)
# Of these a table shows how many gave each answer; of the others a mean, or what was written.
OFFERS_ANSWERS = (Question.Kind.ONE, Question.Kind.YES_NO, Question.Kind.MATRIX)
Plan = dict[str, list[str]]  # by the slug of each table that is printed: its breakdowns


def questions_behind(slug: str, rows: Iterable[str], questions: Mapping[str, Question]) -> list[Question]:
    """The question that a table is named after with those that wait for it; else those its rows are named after.

    None for seniority, which is counted from the levels of those who were invited.
    """
    if slug in questions:
        return [questions[slug], *(each for each in questions.values() if each.shown_if == slug)]
    return [questions[key] for key in rows if key in questions]


def asked_tables(wave: Wave) -> dict[str, AskedTable]:
    """The tables that a wave asks for, by their slug."""
    tables = AskedTable.objects.filter(wave=wave).exclude(continuity__in=NOT_IN_WAVE).select_related("table")
    return {each.table.slug: each for each in tables}


def asked_rows(wave: Wave) -> dict[str, list[AskedRow]]:
    """The rows that a wave asks, by the slug of their table."""
    found: dict[str, list[AskedRow]] = {}
    for each in AskedRow.objects.filter(wave=wave).select_related("row__table"):
        if each.continuity not in NOT_IN_WAVE:
            found.setdefault(each.row.table.slug, []).append(each)
    return found


def can_be_broken_down(questions: Sequence[Question]) -> bool:
    """Whether a table offers answers to choose from: means and what people wrote are told of everybody alone."""
    return any(question.kind in OFFERS_ANSWERS for question in questions)


def full_plan(wave: Wave) -> Plan:
    """Every table that a wave asks for, by all breakdowns where its question offers answers."""
    questions = {question.key: question for question in asked(wave.questions)}
    rows = asked_rows(wave)
    plan = {}
    for slug in asked_tables(wave):
        behind = questions_behind(slug, [each.row.key for each in rows.get(slug, [])], questions)
        plan[slug] = list(BREAKDOWNS) if can_be_broken_down(behind) else []
    return plan
