"""What people answered: to each question with its counts and their base, and what one person said."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from core.words import counted
from design_system import charts
from design_system.charts import Chart
from questions.checking import Answers, is_shown
from questions.fields import in_words, number_in_words
from questions.models import Question

Kind, SeenBy = Question.Kind, Question.SeenBy
LEAST_FOR_TOTALS = 5  # answers: fewer could reveal what one person said
MOST_NAMED = 20  # different answers that are drawn
WRITTEN = {Kind.TEXT, Kind.LONG_TEXT}


@dataclass(frozen=True)
class Said:
    """The answers of one person, and who that is."""

    who: str
    answers: Answers


@dataclass(frozen=True, kw_only=True)
class QuestionResult:
    """One question with what was answered: a chart of counts, sums of a number, or words with who wrote them."""

    question: Question
    base: int
    base_words: str
    withheld: str = ""  # why nothing is shown
    chart: Chart | None = None
    sums: Sequence[tuple[str, str]] = ()
    texts: Sequence[tuple[str, str]] = ()


def results_of(
    questions: Sequence[Question], said: Sequence[Said], *, people: int, is_over: bool
) -> list[QuestionResult]:
    """The result of each question. `people` are those who were asked; totals wait until answering `is_over`."""
    return [_result(question, said, people, is_over) for question in questions]


def _result(question: Question, said: Sequence[Said], people: int, is_over: bool) -> QuestionResult:
    given = [(each.who, each.answers[question.key]) for each in said if question.key in each.answers]
    base = len(given)
    asked = sum(is_shown(question, each.answers) for each in said) if question.shown_if else people
    base_words = f"{base:,} of {counted(max(asked, base), 'person', 'people')} answered."
    if question.seen_by == SeenBy.TOTALS and not (is_over and base >= LEAST_FOR_TOTALS):
        withheld = f"Its totals are shown once no more answers come in, if there are {LEAST_FOR_TOTALS} or more."
        return QuestionResult(question=question, base=base, base_words=base_words, withheld=withheld)
    if question.kind == Kind.SEVERAL:
        base_words += " Each could choose several."
    return QuestionResult(question=question, base=base, base_words=base_words, **_shown(question, given))


def _shown(question: Question, given: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    values = [value for _, value in given]
    if not values:
        return {}
    if question.kind in WRITTEN:
        return {"texts": given}
    if question.kind == Kind.NUMBER:
        return {"sums": _sums(question, [Decimal(value) for value in values])}
    if question.kind == Kind.MATRIX:
        return {"chart": _lines(question, values)}
    return {"chart": _bars(question, values)}


def _sums(question: Question, numbers: list[Decimal]) -> list[tuple[str, str]]:
    pairs = [("In the middle", median(numbers))]
    if question.seen_by == SeenBy.NAMED:  # each of these two is what one person said
        pairs = [("Lowest", min(numbers)), *pairs, ("Highest", max(numbers))]
    if question.unit != "%":
        pairs.append(("Together", sum(numbers, Decimal())))
    return [(label, number_in_words(Decimal(number), question.unit)) for label, number in pairs]


def _bars(question: Question, values: Sequence[Any]) -> Chart:
    """How many gave each answer; of those that people write themselves, the most frequent."""
    each = [one for value in values for one in (value if isinstance(value, list) else [value])]
    counts = Counter(each)
    if question.choices:
        rows = [(words, counts[key]) for key, words in question.choices]
    elif question.kind == Kind.DATE:
        rows = [(in_words(question, day), number) for day, number in sorted(counts.items())][:MOST_NAMED]
    else:
        rows = counts.most_common(MOST_NAMED)
    return charts.bars(f"q-{question.key}", rows, title=question.words, of="Answer", counts="People")


def _lines(question: Question, values: Sequence[Mapping[str, str]]) -> Chart:
    counts = Counter(pair for value in values for pair in value.items())
    rows = [(words, [counts[key, mark] for mark, _ in question.scale]) for key, words in question.rows]
    marks = [words for _, words in question.scale]
    return charts.stacked_bars(f"q-{question.key}", marks, rows, title=question.words, of="Statement")


def said_by(questions: Sequence[Question], answers: Answers, *, is_own: bool = False) -> list[tuple[str, str]]:
    """What one person answered, as pairs of words; for others only what they may see with a name."""
    return [
        (str(question), in_words(question, answers[question.key]))
        for question in questions
        if question.key in answers and (is_own or question.seen_by == SeenBy.NAMED)
    ]


def said_of(set_id: int | None, answers: Answers, *, is_own: bool = False) -> list[tuple[str, str]]:
    """The same of every question of a set, those that are not asked any more too."""
    if set_id is None or not answers:
        return []
    return said_by(list(Question.objects.filter(set=set_id)), answers, is_own=is_own)


def columns_of(questions: Sequence[Question]) -> list[Question]:
    """The questions that a file with names may hold."""
    return [question for question in questions if question.seen_by == SeenBy.NAMED]


def cells_of(questions: Sequence[Question], answers: Answers) -> Iterator[str]:
    """One person's answers to these questions, for a file; empty where one was skipped."""
    return (in_words(question, answers.get(question.key)) for question in questions)
