"""What was answered is drawn with its base; totals never tell what one person said."""

import pytest

from questions.models import Question
from questions.results import LEAST_ALIKE, TELLS_EACH, Said, results_of
from tests.factories.questions import EVERY_KIND, KIND, a_question

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
NAMED, TOTALS = Question.SeenBy.NAMED, Question.SeenBy.TOTALS


def result_of(question, answers, *, withheld=""):
    said = [Said(f"Person {n}", {question.key: answer}) for n, answer in enumerate(answers)]
    (result,) = results_of([question], said, people=len(said), withheld=withheld)
    return result


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_is_drawn_summed_or_read(kind):
    result = result_of(a_question(kind=kind), [EVERY_KIND[kind][2]] * 2)

    assert result.chart or result.sums or result.texts


def test_totals_of_a_number_hold_no_single_persons_number():
    numbers = ["1", "2", "40", "70", "100"]
    of_totals = result_of(a_question(kind=KIND.NUMBER, seen_by=TOTALS), numbers).sums
    named = result_of(a_question(kind=KIND.NUMBER), numbers).sums

    assert of_totals == [("On average", "£42.60"), ("Together", "£213")]
    assert [label for label, _ in named] == ["Lowest", "In the middle", "Highest", "Together"]


def test_totals_of_days_are_counted_by_year():
    days = ["2014-03-31", "2014-04-01", "2015-01-01", "2015-02-03", "2015-09-09"]

    rows = [row[0] for row in result_of(a_question(kind=KIND.DATE, seen_by=TOTALS), days).chart.rows]
    assert rows == ["2014", "2015"]
    assert "31 March 2014" in [row[0] for row in result_of(a_question(kind=KIND.DATE), days).chart.rows]


ALIKE = [
    (KIND.ONE, ["members"] * 5),
    (KIND.YES_NO, ["yes"] * 29),
    (KIND.SEVERAL, [["monday", "friday"]] * 4 + [["friday"]]),
    (KIND.TOP_THREE, [["care", "cost"]] * 4 + [["cost"]]),
    (KIND.MATRIX, [{"legacy": "agree", "skills": "agree"}] * 4 + [{"legacy": "agree", "skills": "neither"}]),
    (KIND.NUMBER, ["12"] * 5),
    (KIND.DATE, ["2014-03-31"] * 4 + ["2014-04-01"]),
]


@pytest.mark.parametrize(("kind", "answers"), ALIKE, ids=lambda each: str(each)[:12])
def test_totals_wait_where_all_have_said_the_same_for_that_says_what_each_said(kind, answers):
    result = result_of(a_question(kind=kind, seen_by=TOTALS), answers)

    assert result.withheld == TELLS_EACH
    assert (result.chart, result.sums) == (None, ())
    assert result_of(a_question(kind=kind, seen_by=TOTALS), answers * LEAST_ALIKE).withheld == ""
    assert result_of(a_question(kind=kind), answers).withheld == ""


def test_totals_of_fewer_than_five_are_not_shown():
    question = a_question(kind=KIND.YES_NO, seen_by=TOTALS)

    assert result_of(question, ["yes", "no", "no", "no"]).withheld == TELLS_EACH
    assert result_of(question, ["yes", "no", "no", "no", "no"]).chart
    assert result_of(question, ["yes", "no", "no", "no", "no"], withheld="Not yet.").withheld == "Not yet."


def test_the_base_of_a_withheld_question_never_counts_the_answers_that_led_to_it():
    first = a_question(kind=KIND.YES_NO, key="first", seen_by=TOTALS)
    a_question(first.set, KIND.YES_NO, key="second", seen_by=TOTALS, shown_if="first", shown_if_values=["yes"])
    answers = [{"first": "yes", "second": "no"}, {"first": "yes", "second": "yes"}, {"first": "no"}]
    said = [Said(f"Person {n}", each) for n, each in enumerate(answers)]

    results = results_of(list(first.set.questions.all()), said, people=3, withheld="Not yet.")

    assert [result.base_words for result in results] == ["3 of 3 people answered.", ""]
