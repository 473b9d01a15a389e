"""The tables of a wave are chosen before it opens and fixed then; of a wave that runs here nobody sees anything."""

import pytest

from core.errors import Refused
from questions.operations import add_question, change_question, remove_question
from surveys.models import AskedRow, Fieldwork
from surveys.release.operations import choose_plan, leave_out
from surveys.release.plan import BY_LEVEL, BY_TYPE, plan_of, scales_of
from surveys.waves.operations import import_survey
from tests.surveys.files import FEW
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


def test_from_its_opening_to_its_close_nothing_changes_what_a_wave_will_print(anna):
    import_survey(FEW)
    fieldwork = opened({"barriers": ["level"], "strategy": []})
    before = plan_of(fieldwork)
    barriers, strategy = (fieldwork.wave.questions.questions.get(key=key) for key in ("barriers", "strategy"))
    row = AskedRow.objects.filter(wave=fieldwork.wave, row__table__slug="strategy").first()

    for change in (
        lambda: add_question(fieldwork.wave.questions, key="more", kind="yes_no", words="More?", seen_by="totals"),
        lambda: change_question(barriers, rows=[("funds", "Lack of funds")]),
        lambda: change_question(strategy, kind="several"),
        lambda: change_question(strategy, options=[("yes", "Yes"), ("no", "No")]),
        lambda: remove_question(strategy),
        lambda: choose_plan(fieldwork, plan={"barriers": []}, by=anna),
        lambda: leave_out(fieldwork, row=row, reason="It would not look good.", by=anna),
    ):
        with pytest.raises(Refused):
            change()
    import_survey(FEW)  # of the waves before, once more

    assert plan_of(Fieldwork.objects.get(pk=fieldwork.pk)) == before


def test_ladders_and_scales_are_those_with_which_waves_were_opened():
    """They stand in code. Whoever changes them changes what a wave prints that is open now: wait for its close."""
    assert [(each.key, each.groups) for each in BY_TYPE.ladder] == [
        ("outside-england", ("scottish", "welsh", "northern-irish")),
        ("big-cities", ("london", "metropolitan")),
        ("upper-tier", ("counties", "unitaries")),
    ]
    assert [(each.key, each.groups) for each in BY_LEVEL.ladder] == [("1-2", ("1", "2"))]
    assert [[each.key for each in scale] for scale in scales_of(("key", "important", "not-important"))] == [
        ["key", "important", "not-important"], ["key", "rest"],
    ]  # fmt: skip
    assert [[each.key for each in scale] for scale in scales_of(("yes", "no"))] == [["yes", "no"]]
