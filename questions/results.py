"""What people answered: to each question with its counts and their base, and what one person said."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
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
LEAST_ALIKE = 30  # answers: where fewer all say the same, the totals say what each of them said
TELLS_EACH = "Its totals would tell what one person said, because few have answered or all have said the same."
MOST_NAMED = 20  # different answers that are drawn


@dataclass(frozen=True)
class Said:
    """The answers of one person, and who that is."""

    who: str
    answers: Answers


@dataclass(frozen=True, kw_only=True)
class QuestionResult:
    """One question with what was answered: a chart of counts, sums of a number, or words with who wrote them."""

    question: Question
    base_words: str
    withheld: str = ""  # why nothing is shown
    chart: Chart | None = None
    sums: Sequence[tuple[str, str]] = ()
    texts: Sequence[tuple[str, str]] = ()


def results_of(
    questions: Sequence[Question], said: Sequence[Said], *, people: int, withheld: str
) -> list[QuestionResult]:
    """The result of each question. `people` are those who were asked.

    `withheld` says why no totals are shown yet. It may be empty only once no answer can change or go any more: the
    difference would be what one person said.
    """
    return [_result(question, said, people, withheld) for question in questions]


def _result(question: Question, said: Sequence[Said], people: int, withheld: str) -> QuestionResult:
    given = [(each.who, each.answers[question.key]) for each in said if question.key in each.answers]
    base = len(given)
    asked = sum(is_shown(question, each.answers) for each in said) if question.shown_if else people
    base_words = f"{base:,} of {counted(max(asked, base), 'person', 'people')} answered."
    if question.seen_by == SeenBy.TOTALS and (withheld or _tells_each(question, [value for _, value in given])):
        # How many were asked it is how many gave an answer to the earlier question, which may be withheld as well.
        base_words = "" if question.shown_if else base_words
        return QuestionResult(question=question, base_words=base_words, withheld=withheld or TELLS_EACH)
    if question.kind == Kind.SEVERAL:
        base_words += " Each could choose several."
    return QuestionResult(question=question, base_words=base_words, **_shown(question, given))


def _tells_each(question: Question, values: Sequence[Any]) -> bool:
    """Whether totals of these answers would tell what one person, or each of them, said."""
    if len(values) >= LEAST_ALIKE:
        return False
    return len(values) < LEAST_FOR_TOTALS or _have_one_in_common(question, values)


def _have_one_in_common(question: Question, values: Sequence[Any]) -> bool:
    match question.kind:
        case Kind.SEVERAL | Kind.TOP_THREE:
            return bool(set.intersection(*map(set, values)))
        case Kind.MATRIX:
            return any(len({value[row] for value in values if row in value}) == 1 for row, _ in question.rows)
        case Kind.DATE:
            return len({day[:4] for day in values}) == 1
        case _:
            return len(set(values)) == 1


def _shown(question: Question, given: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    if not given:
        return {}
    if question.kind in Question.WRITTEN:
        return {"texts": given}
    values = [value for _, value in given]
    if question.kind == Kind.NUMBER:
        return {"sums": _sums(question, [Decimal(value) for value in values])}
    return {"chart": _CHARTS[Kind(question.kind)](question, values)}


def _sums(question: Question, numbers: list[Decimal]) -> list[tuple[str, str]]:
    """What numbers come to. Only with names the lowest, the middle and the highest: each is what one person said."""
    if question.seen_by == SeenBy.NAMED:
        pairs = [("Lowest", min(numbers)), ("In the middle", median(numbers)), ("Highest", max(numbers))]
    else:
        pairs = [("On average", _average(question, numbers))]
    if question.unit != "%":
        pairs.append(("Together", sum(numbers, Decimal())))
    return [(label, number_in_words(Decimal(number), question.unit)) for label, number in pairs]


def _average(question: Question, numbers: list[Decimal]) -> Decimal:
    """The average, rounded to one digit more than people may answer with."""
    digits = Decimal(1).scaleb(-question.decimals - 1)
    return (sum(numbers, Decimal()) / len(numbers)).quantize(digits, ROUND_HALF_UP).normalize()


def _bars(question: Question, values: Sequence[Any]) -> Chart:
    """How many gave each answer; of those that people write themselves, the most frequent."""
    each = [one for value in values for one in (value if isinstance(value, list) else [value])]
    counts = Counter(each)
    if question.choices:
        rows = [(words, counts[key]) for key, words in question.choices]
    else:
        rows = counts.most_common(MOST_NAMED)
    return _drawn(question, rows)


def _days(question: Question, days: Sequence[str]) -> Chart:
    """How many named each day; as totals each year, for one day would be what one person said."""
    if question.seen_by == SeenBy.TOTALS:
        return _drawn(question, sorted(Counter(day[:4] for day in days).items()))
    counted_days = sorted(Counter(days).items())[:MOST_NAMED]
    return _drawn(question, [(in_words(question, day), number) for day, number in counted_days])


def _drawn(question: Question, rows: Sequence[tuple[str, int]]) -> Chart:
    return charts.bars(f"q-{question.key}", rows, title=question.words, of="Answer", counts="People")


def _lines(question: Question, values: Sequence[Mapping[str, str]]) -> Chart:
    counts = Counter(pair for value in values for pair in value.items())
    rows = [(words, [counts[key, mark] for mark, _ in question.scale]) for key, words in question.rows]
    marks = [words for _, words in question.scale]
    return charts.stacked_bars(f"q-{question.key}", marks, rows, title=question.words, of="Statement")


# Of each kind that is drawn; numbers are summed, and words in people's own words stand as they are.
_CHARTS: dict[Kind, Callable[[Question, Sequence[Any]], Chart]] = {
    Kind.ONE: _bars,
    Kind.SEVERAL: _bars,
    Kind.YES_NO: _bars,
    Kind.TOP_THREE: _bars,
    Kind.MATRIX: _lines,
    Kind.DATE: _days,
}


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


def heading_of(question: Question) -> str:
    """The head of a question's column, with the unit of its numbers."""
    return f"{question} ({question.unit})" if question.unit else str(question)


def cells_of(questions: Sequence[Question], answers: Answers) -> Iterator[Decimal | str]:
    """One person's answers to these questions, for a file: numbers as numbers, others in words; empty where skipped."""
    for question in questions:
        answer = answers.get(question.key)
        yield Decimal(answer) if answer and question.kind == Kind.NUMBER else in_words(question, answer)
