"""Questions are added, corrected, copied, moved and removed; once one has been answered, what it means stays."""

import pytest

from core.errors import CHANGED_SINCE, Refused
from questions.forms import QuestionForm, initial_of
from questions.models import Question
from questions.operations import (
    add_question,
    change_question,
    copy_question,
    hand_in_answers,
    move_question,
    open_sealed_set,
    remove_question,
)
from questions.queries import asked
from tests.factories.questions import EVERY_KIND, KIND, QuestionSetFactory, a_question

TOTALS = Question.SeenBy.TOTALS
pytestmark = [pytest.mark.sql, pytest.mark.django_db]


def answered(question, answer, by):
    hand_in_answers(question.set, {question.key: answer}, person=by)
    return question


def keys(question_set):
    return [question.key for question in asked(question_set)]


def test_keys_are_made_of_the_words_and_never_twice():
    first = a_question(words="What do you eat?", options=["Meat", "Only plants", "Ünlike_Words"])
    second = a_question(first.set, words="What do you eat?")
    third = a_question(first.set, words="Answers")

    assert [first.key, second.key, third.key] == ["what-do-you-eat", "what-do-you-eat-2", "answers-2"]
    assert [key for key, _ in first.options] == ["meat", "only-plants", "unlike-words"]
    with pytest.raises(Refused, match="already"):
        a_question(first.set, key="what-do-you-eat")


def test_before_the_first_answer_everything_may_change():
    question = a_question(kind=KIND.ONE, options=["Meat", "Fish"])

    changed = change_question(question, kind=KIND.SEVERAL, options=["Fish", "Rice"], words="What do you like?")

    assert changed.options == [["fish", "Fish"], ["rice", "Rice"]]
    assert changed.key == question.key
    assert changed.kind == KIND.SEVERAL


@pytest.mark.parametrize(
    "change",
    [
        {"kind": KIND.SEVERAL},
        {"options": ["Members"]},
        {"options": ["Members", "Officers", "Nobody"]},
        {"options": [["members", "Members"], ["others", "Officers"]]},
        {"options": ["Officers", "Members"]},
        {"options": ["Members", "Officer"]},
        {"options": ["No members", "Nobody at all"]},
        {"options": [["members", "Officers"], ["officers", "Members"]]},
        {"shown_if": "first", "shown_if_values": ["yes"]},
    ],
    ids=str,
)
def test_once_it_has_been_answered_what_it_means_stays_and_the_way_on_is_said(change, amina):
    first = a_question(kind=KIND.YES_NO, key="first")
    question = answered(a_question(first.set, KIND.ONE), "members", amina)

    with pytest.raises(Refused, match="Copy it as a new question") as refusal:
        change_question(question, **change)

    assert refusal.value.field in {"kind", "options", "shown_if"}


@pytest.mark.parametrize("change", [{"unit": "%"}, {"least": 1}, {"decimals": 2}], ids=str)
def test_an_answered_number_keeps_its_unit_and_bounds(change, amina):
    with pytest.raises(Refused, match="Copy it as a new question"):
        change_question(answered(a_question(kind=KIND.NUMBER), "12", amina), **change)


@pytest.mark.parametrize("name", ["rows", "scale"])
def test_an_answered_matrix_keeps_its_statements_and_its_scale_in_their_order(name, amina):
    question = answered(a_question(kind=KIND.MATRIX), {"legacy": "agree"}, amina)
    words = [said for _, said in getattr(question, name)]

    for change in (words[::-1], ["Another", *words[1:]], [*words, "Another"]):
        with pytest.raises(Refused, match="Copy it as a new question"):
            change_question(question, **{name: change})
    assert getattr(change_question(question, **{name: words}), name) == getattr(question, name)


def test_words_of_an_answered_question_may_be_corrected_and_what_it_offers_stays(amina):
    question = answered(a_question(kind=KIND.ONE, options=["Members", "Officers"]), "officers", amina)

    changed = change_question(question, words="Who leads it?", options=["Members", "Officers"], is_required=True)

    assert changed.options == [["members", "Members"], ["officers", "Officers"]]
    assert (changed.words, changed.key, changed.is_required) == ("Who leads it?", question.key, True)


def test_names_are_never_asked_for_behind_an_answer_that_is_seen_only_as_totals(amina):
    first = a_question(kind=KIND.YES_NO, key="first", seen_by=TOTALS)
    later = {"shown_if": "first", "shown_if_values": ["yes"]}

    with pytest.raises(Refused, match="seen only as totals") as refusal:
        a_question(first.set, KIND.TEXT, **later)
    assert refusal.value.field == "shown_if"
    second = a_question(first.set, KIND.YES_NO, seen_by=TOTALS, **later)
    with pytest.raises(Refused, match="seen only as totals"):
        change_question(second, seen_by=Question.SeenBy.NAMED)


def test_a_question_on_which_names_hang_does_not_become_one_of_totals(amina):
    first = a_question(kind=KIND.YES_NO, key="first")
    second = a_question(first.set, KIND.TEXT, key="second", shown_if="first", shown_if_values=["yes"])
    hand_in_answers(first.set, {"first": "yes", "second": "Because."}, person=amina)

    with pytest.raises(Refused, match="seen only as totals") as refusal:
        change_question(first, seen_by=TOTALS)
    assert refusal.value.field == "seen_by"
    remove_question(second)  # its answers stay, with their names
    with pytest.raises(Refused, match="seen only as totals"):
        change_question(first, seen_by=TOTALS)


def test_what_whoever_answered_was_told_is_not_taken_back(amina):
    fields = {"seen_by": Question.SeenBy.TOTALS, "kept_days": 60}
    question = answered(a_question(kind=KIND.ONE, **fields), "members", amina)

    with pytest.raises(Refused, match="was told who may see"):
        change_question(question, seen_by=Question.SeenBy.NAMED)
    with pytest.raises(Refused, match="was told how long"):
        change_question(question, kept_days=61)
    assert change_question(question, kept_days=14).kept_days == 14


def test_a_copy_has_a_key_of_its_own_and_is_free_to_change(amina):
    question = answered(a_question(kind=KIND.ONE, options=["Meat", "Fish"], words="Lunch?"), "fish", amina)

    copy = change_question(copy_question(question), options=["Meat", "Fish", "Rice"])

    assert (question.key, copy.key) == ("lunch", "lunch-2")
    assert [key for key, _ in copy.options] == ["meat", "fish", "rice"]


def test_a_question_that_was_answered_is_asked_no_more_and_its_answers_stay(amina):
    question = answered(a_question(kind=KIND.ONE), "members", amina)

    assert remove_question(question) is False
    assert asked(question.set) == []
    hand_in_answers(question.set, {}, person=amina)
    assert question.set.sheets.get().answers == {question.key: "members"}
    with pytest.raises(Refused, match="not asked any more"):
        change_question(question, words="Again?")
    assert remove_question(a_question(question.set)) is True
    assert question.set.questions.get() == question


def test_questions_change_places_but_none_goes_before_the_one_it_waits_for():
    first = a_question(kind=KIND.YES_NO, key="first")
    a_question(first.set, KIND.TEXT, key="second", shown_if="first", shown_if_values=["yes"])
    third = a_question(first.set, KIND.TEXT, key="third")

    move_question(third, is_up=True)
    assert keys(first.set) == ["first", "third", "second"]
    move_question(third, is_up=True)
    move_question(third, is_up=True)
    assert keys(first.set) == ["third", "first", "second"]
    with pytest.raises(Refused, match="stays behind it"):
        move_question(first, is_up=False)


def test_a_question_that_others_wait_for_stays_as_long_as_they_do():
    first = a_question(kind=KIND.ONE, key="first", options=["A", "B"])
    second = a_question(first.set, KIND.TEXT, words="Why?", shown_if="first", shown_if_values=["b"])

    with pytest.raises(Refused, match="“Why\\?” is shown only after"):
        remove_question(first)
    with pytest.raises(Refused, match="would take away"):
        change_question(first, options=["A", "C"])
    with pytest.raises(Refused, match="would take away"):
        change_question(first, kind=KIND.NUMBER, options=())
    remove_question(second)
    assert remove_question(first)


WRONG = [
    ("options", {"options": ["Only one"]}),
    ("options", {"options": ["Tea", "TEA"]}),
    ("options", {"options": ["x" * 151, "y"]}),
    ("options", {"options": [["a", "Tea"], ["a", "Coffee"]]}),
    ("options", {"options": [f"No {n}" for n in range(10_000)]}),
    ("rows", {"kind": KIND.MATRIX, "options": (), "rows": [], "scale": ["a", "b"]}),
    ("scale", {"kind": KIND.MATRIX, "options": (), "rows": ["a"], "scale": list("abcdefgh")}),
    ("options", {"kind": KIND.NUMBER}),
    ("most", {"kind": KIND.NUMBER, "options": (), "least": 2, "most": 1}),
    ("options", {"kind": KIND.TOP_THREE, "options": ["One"]}),
    ("seen_by", {"kind": KIND.TEXT, "options": (), "seen_by": "totals"}),
    ("kept_days", {"kept_days": 0}),
    ("words", {"words": ""}),
    ("words", {"words": "x" * 301}),
    ("kind", {"kind": "guess"}),
    ("shown_if", {"shown_if": "nothing", "shown_if_values": ["yes"]}),
    ("shown_if", {"shown_if": "earlier", "shown_if_values": ["perhaps"]}),
    ("shown_if", {"shown_if": "earlier", "shown_if_values": []}),
    ("shown_if", {"shown_if": "text", "shown_if_values": ["yes"]}),
]


@pytest.mark.parametrize(("field", "wrong"), WRONG, ids=lambda each: str(each)[:40])
def test_what_no_question_may_say_is_refused_beside_its_field(field, wrong):
    question_set = QuestionSetFactory()
    a_question(question_set, KIND.YES_NO, key="earlier")
    a_question(question_set, KIND.TEXT, key="text")
    given = {"kind": KIND.ONE, "words": "Which?", "options": ["Tea", "Coffee"]} | wrong

    with pytest.raises(Refused) as refusal:
        add_question(question_set, **given)

    assert refusal.value.field == field
    assert question_set.questions.count() == 2


def test_a_set_holds_a_hundred_questions_at_most():
    question_set = QuestionSetFactory()
    Question.objects.bulk_create(Question(set=question_set, key=f"q{n}", kind=KIND.TEXT, words="?") for n in range(100))

    with pytest.raises(Refused, match="100 questions"):
        a_question(question_set)


def test_two_who_edit_one_question_do_not_undo_each_other():
    question = a_question()
    change_question(question, read_at=0, words="First?")

    with pytest.raises(Refused) as refusal:
        change_question(question, read_at=0, words="Second?")

    assert str(refusal.value) == CHANGED_SINCE
    assert Question.objects.get().words == "First?"


def test_once_a_sealed_set_is_open_its_questions_stay(amina):
    question_set = QuestionSetFactory(is_sealed=True)
    question = a_question(question_set)
    open_sealed_set(question_set)

    for change in (
        lambda: a_question(question_set),
        lambda: remove_question(question),
        lambda: change_question(question, options=["A", "B", "C"]),
    ):
        with pytest.raises(Refused):
            change()


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_the_form_of_a_question_saves_it_as_it_is(kind):
    first = a_question(kind=KIND.YES_NO, key="first")
    question = a_question(first.set, kind, shown_if="first", shown_if_values=["yes", "unknown"])
    question.refresh_from_db()
    unbound = QuestionForm(initial=initial_of(question), earlier=[first], question=question)
    sent = {name: field.prepare_value(unbound[name].value()) for name, field in unbound.fields.items()}

    form = QuestionForm(
        {k: v for k, v in sent.items() if v is not None and v is not False}, earlier=[first], question=question
    )

    assert form.is_valid(), form.errors
    before = {name: getattr(question, name) for name in form.answers}
    changed = change_question(question, **form.answers)
    assert {name: getattr(changed, name) for name in before} == before


def test_what_a_kind_has_no_use_for_is_left_out_of_the_form_s_answers():
    sent = {"words": "Since?", "kind": KIND.DATE, "options": "A\nB", "unit": "£", "least": "many", "decimals": "9"}
    form = QuestionForm(sent | {"seen_by": "named", "kept_days": "60"})

    assert form.is_valid(), form.errors
    assert (form.answers["options"], form.answers["unit"], form.answers["least"]) == ((), "", None)
