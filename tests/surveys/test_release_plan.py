"""The tables of a wave are chosen before it opens and fixed then; of a wave that runs here nobody sees anything."""

import pytest

from core.errors import Refused
from surveys.release.operations import choose_plan
from surveys.release.plan import plan_of, scales_of
from tests.surveys.running import opened, prepared

pytestmark = pytest.mark.django_db


def test_the_plan_is_changed_until_the_survey_opens():
    fieldwork = choose_plan(prepared(), plan={"barriers": ["level"]}, by=None)

    fieldwork.refresh_from_db()
    assert fieldwork.plan == {"barriers": ["level"]}


def test_once_the_survey_is_open_the_plan_is_fixed():
    with pytest.raises(Refused, match="fixed when the survey opened"):
        choose_plan(opened(), plan={"barriers": ["level"]}, by=None)


@pytest.mark.parametrize("plan", [{"priorities": ["level"]}, {"nothing": []}, {}, {"barriers": ["region"]}])
def test_what_people_write_has_no_breakdown_and_no_plan_is_empty(plan):
    with pytest.raises(Refused):
        choose_plan(prepared(), plan=plan, by=None)


def test_the_plan_has_the_rows_and_scales_of_the_questions():
    plan = plan_of(prepared({"barriers": ["level"], "savings": [], "benefits": [], "priorities": [], "seniority": []}))

    rows = {question.key: [row.key for row in question.rows] for question in plan.questions}
    assert rows["savings"] == ["savings", "savings-pounds"]
    assert rows["barriers"] == ["barriers.funds", "barriers.culture", "barriers.legacy-systems"]
    assert {*rows} == {"barriers", "savings", "benefits"}, "what is written and who answered have no rows in the plan"


def test_those_who_agree_are_told_together():
    finest = scales_of(("strongly-disagree", "disagree", "neutral", "agree", "strongly-agree"))[0]

    assert [each.choices for each in finest] == [
        ("agree", "strongly-agree"), ("neutral",), ("strongly-disagree", "disagree")
    ]  # fmt: skip
