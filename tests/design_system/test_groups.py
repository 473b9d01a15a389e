"""Statements with one scale, rankings, units and fields that wait for an answer come out in the GOV.UK patterns."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from core.forms import NumberField, as_sent
from design_system.errors import listed_errors
from design_system.fields import OnlyIf
from design_system.groups import MatrixField, RankingField
from tests.design_system.html import Strict

SCALE = [("agree", "Agree"), ("disagree", "Disagree")]


class Survey(forms.Form):
    barriers = MatrixField(label="Barriers", rows=[("legacy", "Legacy"), ("skills", "Skills")], scale=SCALE)
    first = RankingField(label="Priorities", choices=[("cost", "Cost"), ("care", "Care")])
    saved = forms.ChoiceField(label="Saved?", choices=[("yes", "Yes")], widget=forms.RadioSelect, required=False)
    sum = NumberField(label="How much?", unit="£", required=False)
    sum.only_if = OnlyIf("saved", ("yes",), "Only if you answered “Yes”.")


def ids(html):
    return [given["id"] for _, given in Strict(html).tags if "id" in given]


def test_each_statement_is_a_group_of_its_own_with_its_words_as_legend():
    html = str(Survey())

    assert html.count("<fieldset") == html.count("<legend") == 5
    assert html.count('name="barriers_legacy"') == html.count('name="barriers_skills"') == 2
    assert len(ids(html)) == len(set(ids(html)))


def test_an_error_of_a_group_leads_to_its_first_control_and_stands_beside_it():
    form = Survey({"barriers_legacy": "agree"})

    targets = {target for _, target in listed_errors(form)}
    assert targets == {"id_barriers_0", "id_first_0"}
    assert targets <= set(ids(str(form)))
    assert "Choose an answer for “Skills”." in str(form)
    assert "Name at least one." in str(form)


def test_what_was_chosen_comes_back_chosen_and_can_be_sent_again():
    chosen = {"barriers": {"legacy": "agree", "skills": "disagree"}, "first": ["care"]}
    sent = as_sent(Survey(initial=chosen))

    form = Survey(sent)

    assert form.is_valid(), form.errors
    assert {name: form.cleaned_data[name] for name in chosen} == chosen
    assert str(form).count(" checked") == 2


def test_a_unit_stands_beside_its_box_and_is_read_out_with_the_label():
    html = str(Survey())

    assert '<div class="govuk-input__prefix" aria-hidden="true">£</div>' in html
    assert 'How much?<span class="govuk-visually-hidden">, in £</span>' in html


def test_a_field_that_waits_for_an_answer_says_for_which():
    html = str(Survey(prefix="it"))

    assert '<div class="lda-only-if" data-only-if="it-saved" data-values="yes">' in html
    assert "Only if you answered “Yes”." in html


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,200", 1200),
        (" £1200 ", 1200),
        ("900 £", 900),
        ("900£", 900),
        ("% 65", 65),
        ("−3", -3),
        ("65%", 65),
        ("007", 7),
        ("", None),
    ],
)
def test_a_number_is_read_as_people_write_it(typed, number):
    found = NumberField(required=False, unit="%" if "%" in typed else "£").clean(typed)
    assert found == number
    assert found is None or type(found) is int


@pytest.mark.parametrize(
    ("unit", "typed"), [("£", "65%"), ("%", "£5"), ("days", "5%"), ("", "£5"), ("", "65%"), ("£", "£5£")]
)
def test_a_number_with_another_unit_than_the_field_is_about_is_refused_in_a_sentence(unit, typed):
    with pytest.raises(ValidationError) as problem:
        NumberField(unit=unit).clean(typed)

    assert problem.value.messages == [f"Enter the number without “{'%' if '%' in typed else '£'}”."]


@pytest.mark.parametrize("typed", ["1,2", "1e9", "NaN", "--1", "1 200", "٣", "9" * 5000, "1.5", "1.000.000"])
def test_what_is_no_whole_number_is_refused_in_a_sentence(typed):
    with pytest.raises(ValidationError) as problem:
        NumberField().clean(typed)

    assert "number" in problem.value.messages[0] or "digits" in problem.value.messages[0]
