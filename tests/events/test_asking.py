"""Those who run an event ask what they need to know at sign-up; forms, questions that change, and their pages."""

import datetime as dt

import pytest

from core import clock
from core.errors import Refused
from events.asking import queries
from events.asking.operations import (
    ask_at_sign_up,
    change_sign_up_question,
    remove_sign_up_question,
    switch_built_in,
)
from events.desk.operations import walk_in
from events.models import Event, SignUp
from events.places.operations import (
    cancel_sign_up,
    change_sign_up,
    offer_place,
    sign_up,
)
from questions.models import AnswerSheet, Question
from questions.operations import remove_question
from tests.events.asking import a_day_that_asks, answers_of, asking
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.factories.questions import KIND, sign_up_question
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    return a_day_that_asks()


def test_what_is_read_of_an_event_is_of_its_own_questions_and_of_those_who_come(day, amina, ben):
    other = EventFactory()
    asked = sign_up_question(other, KIND.TEXT, key="table", words="Which table?")
    place, gone = sign_up(day, by=amina), sign_up(day, by=ben)
    sign_up(other, by=amina, answers={"table": "Bins"})
    cancel_sign_up(gone, by=ben)

    other.refresh_from_db()
    assert queries.all_questions(other) == [asked]
    assert list(queries.places_by_name(day)) == [place]
    assert queries.said_at(day, [place]) == []


def test_an_organiser_adds_three_questions_and_reads_the_answers(signed_in, fatima, amina, ben):
    event, client = EventFactory(), signed_in(fatima)
    about = {"seen_by": "named", "kept_days": "30"}
    for sent in (
        {"words": "Which table?", "kind": "one", "options": "Bins\r\nBadges\r\n", "help": "We seat you there."},
        {"words": "Why?", "kind": "long_text", "shown_if": "which-table=badges", "is_required": "on"},
        {"words": "How many years?", "kind": "number", "unit": "years", "least": "0", "most": "60"},
    ):
        assert client.post(asking(event, "new/"), sent | about)["Location"] == asking(event)
    page = words(client.get(asking(event)))
    assert page.index("Which table?") < page.index("Why?") < page.index("How many years?")

    officer = signed_in(amina)
    form = f"/events/{event.slug}/sign-up/"
    assert "Those who run the event see your answers with your name. We delete them 30 days after the event." in words(
        officer.get(form)
    )
    wrong = officer.post(form, {"q-which-table": "badges", "q-how-many-years": "61"})
    assert wrong.status_code == 422
    assert "Enter 60 years or less." in words(wrong)
    assert 'value="61"' in words(wrong)
    officer.post(form, {"q-which-table": "badges", "q-why": "I renew them.", "q-how-many-years": "9"})
    signed_in(ben).post(form, {"q-which-table": "bins", "q-why": "Not asked."})

    shown = words(signed_in(fatima).get(asking(event, "answers/")))
    assert "2 of 2 people who have a place or wait for one sent answers." in shown
    assert "1 of 2 people answered." in shown  # how many years
    assert "1 of 1 person answered." in shown  # why: asked of those at the one table alone
    assert "I renew them." in shown
    assert "Not asked." not in shown
    file = signed_in(fatima).get(asking(event, "answers/?format=csv")).content.decode()
    assert "Person,Organisation,Which table?,Why?,How many years? (years),Illustrative" in file
    assert f"{amina},,Badges,I renew them.,9,no" in file
    assert f"{ben},,Bins,,,no" in file
    assert "Open Government Licence" not in file
    assert "Personal data: not to be passed on" in file


def test_questions_that_wait_for_an_answer_are_named_on_the_place_and_in_an_offer(signed_in, amina, ben, day):
    place = sign_up(day, by=amina)
    offer = offer_place(place, to_email=ben.email, by=amina)
    assert "2 questions are not answered yet." in words(signed_in(amina).get(place.get_absolute_url()))
    assert "The event asks 3 questions." in words(signed_in(ben).get(offer.get_absolute_url()))

    client = signed_in(amina)
    change_sign_up(place, by=amina, answers={"lunch": "no"})
    assert "not answered yet" not in words(client.get(place.get_absolute_url()))
    sign_up_question(day, KIND.TEXT, key="role", is_required=True)
    assert "1 question is not answered yet." in words(client.get(place.get_absolute_url()))


def test_an_answer_to_a_question_that_was_removed_meanwhile_is_not_dropped_without_a_word(signed_in, amina, day):
    sign_up_question(day, KIND.TEXT, key="role")
    remove_question(day.question_set.questions.get(key="role"))
    client, form = signed_in(amina), f"/events/{day.slug}/sign-up/"

    refused = client.post(form, {"q-lunch": "yes", "q-table": "Ben", "q-role": "Lead"})
    assert refused.status_code == 422
    assert "A question that you answered is not asked any more." in words(refused)
    assert 'value="Ben"' in words(refused)
    client.post(form, {"q-lunch": "yes", "q-matrix_legacy": "agree", "q-role": ""})
    assert answers_of(amina) == {"lunch": "yes", "matrix": {"legacy": "agree"}}


def test_words_typed_for_a_question_that_was_removed_meanwhile_can_be_asked_as_a_new_one(signed_in, fatima, amina, day):
    sign_up(day, by=amina, answers={"matrix": {"legacy": "agree"}})
    sent = {"words": "What do you bring?", "kind": "text", "seen_by": "named", "kept_days": "60", "revision": "0"}
    client = signed_in(fatima)
    for key in ("table", "matrix"):  # one of them is gone, the other has answers that stay
        remove_question(day.question_set.questions.get(key=key))
        refused = client.post(asking(day, f"{key}/"), sent)
        assert refused.status_code == 409
        assert "in another tab or by somebody else since you opened it" in words(refused)
        assert 'value="What do you bring?"' in words(refused)
        assert f'action="{asking(day, "new/")}"' in words(refused)
        assert client.get(asking(day, f"{key}/")).status_code == 404


@pytest.mark.parametrize("revision", ["", "x", "-1", "1" * 40])
def test_a_form_that_does_not_say_what_it_was_made_from_changes_nothing(revision, signed_in, fatima, day):
    sent = {"kind": "yes_no", "words": "Lunch?", "seen_by": "named", "kept_days": "60", "revision": revision}

    assert signed_in(fatima).post(asking(day, "lunch/"), sent).status_code == 409
    assert Question.objects.get(key="lunch").words == "Will you stay for lunch?"


def test_no_form_is_shown_where_nothing_can_be_asked_or_changed_any_more(signed_in, fatima, amina, day):
    place = sign_up(day, by=amina, answers={"lunch": "yes"})
    cancel_sign_up(place, by=amina)
    change = signed_in(amina).get(place.get_absolute_url() + "change/", follow=True)
    assert change.redirect_chain[-1][0] == place.get_absolute_url()
    assert "This place was given back already." in words(change)

    ended = clock.now() - dt.timedelta(hours=1)
    Event.objects.update(starts_at=ended - dt.timedelta(hours=6), ends_at=ended)
    client = signed_in(fatima)
    for path in ("new/", "lunch/"):
        page = client.get(asking(day, path), follow=True)
        assert page.redirect_chain[-1][0] == asking(day)
        assert "This event is over, so nobody is asked any more." in words(page)


def test_at_the_door_nobody_is_asked_even_what_must_be_answered(fatima):
    event = EventFactory(started=True)
    sign_up_question(event, KIND.TEXT, is_required=True)

    walk_in(event, by=fatima, name="Wendy Ash", email="wendy@example.org")

    assert not AnswerSheet.objects.exists()


def test_a_program_that_signs_somebody_up_answers_to_the_same_rules(amina, day):
    with pytest.raises(Refused, match="not asked here"):
        sign_up(day, by=amina, answers={"elsewhere": "x"})
    with pytest.raises(Refused, match="Choose one of the answers") as refusal:
        sign_up(day, by=amina, answers={"lunch": "perhaps"})
    with pytest.raises(Refused, match="no questions of its own"):
        sign_up(EventFactory(), by=amina, answers={"lunch": "yes"})

    assert refusal.value.field == "q-lunch"
    assert not SignUp.objects.exists()


def test_built_in_questions_are_switched_on_and_off(signed_in, fatima, amina):
    event = EventFactory()
    form = f"/events/{event.slug}/sign-up/"
    assert "do not eat" not in words(signed_in(amina).get(form))

    client = signed_in(fatima)
    client.post(asking(event, "built-in/"), {"name": "asks_diet", "ask": "yes"})
    client.post(asking(event, "built-in/"), {"name": "asks_access_needs", "ask": "no"})

    client = signed_in(amina)
    page = words(client.get(form))
    assert "do not eat" in page
    assert "need to take part" not in page
    client.post(form, {"diet": "Nuts", "access_needs": "Not asked."})
    place = SignUp.objects.get()
    assert (place.diet, place.access_needs) == ("Nuts", "")
    assert "Nuts" in words(signed_in(fatima).get(asking(event, "answers/")))
    with pytest.raises(Refused, match="no such question"):
        switch_built_in(event, by=fatima, name="state", is_asked=True)


def test_an_answered_question_is_copied_and_the_copy_changed(signed_in, fatima, amina, day):
    sign_up(day, by=amina, answers={"lunch": "yes"})
    client = signed_in(fatima)
    same = {"words": "Will you stay for lunch?", "seen_by": "named", "kept_days": "60", "revision": "0"}

    refused = client.post(asking(day, "lunch/"), same | {"kind": "one", "options": "Yes\nNo"})
    assert refused.status_code == 422
    assert "Copy it as a new question" in words(refused)
    copied = client.post(asking(day, "lunch/copy/"), follow=True)
    assert copied.redirect_chain[-1][0] == asking(day, "will-you-stay-for-lunch/")
    client.post(asking(day, "will-you-stay-for-lunch/"), same | {"kind": "one", "options": "Yes\nPerhaps"})

    assert Question.objects.get(key="will-you-stay-for-lunch").options == [["yes", "Yes"], ["perhaps", "Perhaps"]]
    assert answers_of(amina) == {"lunch": "yes"}


def test_whoever_saves_an_older_form_is_shown_what_the_question_says_now(signed_in, fatima, day):
    client = signed_in(fatima)
    about = {"kind": "yes_no", "seen_by": "named", "kept_days": "60", "revision": "0"}
    client.post(asking(day, "lunch/"), about | {"words": "Lunch at one?"})

    refused = client.post(asking(day, "lunch/"), about | {"words": "Lunch at two?"})

    assert refused.status_code == 409
    assert "Lunch at one?" in words(refused)
    assert 'value="Lunch at two?"' in words(refused)
    assert 'name="revision" value="1"' in words(refused)


def test_questions_are_moved_and_removed_by_their_buttons(signed_in, fatima, day):
    client = signed_in(fatima)
    keys = Question.objects.filter(set=day.question_set).values_list("key", flat=True)

    client.post(asking(day, "matrix/move/"), {"way": "up"})
    assert list(keys.all()) == ["lunch", "matrix", "table"]
    refused = client.post(asking(day, "lunch/remove/"), follow=True)
    assert "Change or remove that one first." in words(refused)
    client.post(asking(day, "table/remove/"))
    assert list(keys.all()) == ["lunch", "matrix"]
    assert client.get(asking(day, "table/")).status_code == 404


def test_a_question_of_another_event_is_refused(fatima, day):
    other = sign_up_question(EventFactory())

    for change in (
        lambda: change_sign_up_question(day, other, by=fatima, words="Mine?"),
        lambda: remove_sign_up_question(day, other, by=fatima),
    ):
        with pytest.raises(Refused, match="belongs to something else"):
            change()


def test_nothing_more_is_asked_once_the_event_is_over_or_cancelled(fatima):
    for event in (EventFactory(ended=True), EventFactory(state="cancelled")):
        with pytest.raises(Refused):
            ask_at_sign_up(event, by=fatima, kind=KIND.TEXT, words="Why?")


def test_the_pages_cost_as_many_queries_for_one_as_for_many(signed_in, fatima, amina, django_assert_max_num_queries):
    event = EventFactory()
    for n in range(8):
        sign_up_question(event, KIND.ONE, key=f"q{n}")
    for person in UserFactory.create_batch(6):
        sign_up(event, by=person, answers={f"q{n}": "officers" for n in range(8)})

    for person, address in (
        (fatima, asking(event)),
        (fatima, asking(event, "answers/")),
        (amina, f"/events/{event.slug}/sign-up/"),
    ):
        client = signed_in(person)
        client.get("/")
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
