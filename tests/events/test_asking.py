"""Facilitators ask what they need to know at sign-up; people read what they answered, and it is forgotten again."""

import datetime as dt

import pytest

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from core.schedules import discover
from events.asking.operations import (
    ask_at_sign_up,
    change_sign_up_question,
    forget_sign_up_answers,
    remove_sign_up_question,
    switch_built_in,
)
from events.desk.operations import walk_in
from events.models import Event, SignUp
from events.places.operations import accept_offer, cancel_sign_up, erase_access_needs, offer_place, sign_up
from questions.models import AnswerSheet, Question
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.questions import KIND, sign_up_question

pytestmark = pytest.mark.django_db
TOTALS = Question.SeenBy.TOTALS


def words(response):
    return " ".join(response.content.decode().split())


def asking(event, path=""):
    return f"/events/{event.slug}/questions/{path}"


@pytest.fixture
def day():
    """An event that asks three things, one of them only of those who say yes."""
    event = EventFactory()
    sign_up_question(event, KIND.YES_NO, key="lunch", words="Will you stay for lunch?")
    sign_up_question(event, KIND.TEXT, key="table", words="Whom with?", shown_if="lunch", shown_if_values=["yes"])
    sign_up_question(event, KIND.MATRIX, key="matrix", kept_days=90)
    return event


def answers_of(person):
    return AnswerSheet.objects.get(person=person).answers


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
    assert "The organisers see your answers with your name. We delete them 30 days after the event." in words(
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
    assert f"{amina},,Badges,I renew them.,9 years,no" in file
    assert f"{ben},,Bins,,,no" in file


def test_people_read_and_change_what_they_answered_on_their_place(signed_in, amina, day):
    client = signed_in(amina)
    client.post(f"/events/{day.slug}/sign-up/", {"q-lunch": "yes", "q-table": "Ben", "q-matrix_legacy": "agree"})
    place = SignUp.objects.get()

    assert "Will you stay for lunch?" in words(client.get(place.get_absolute_url()))
    change = place.get_absolute_url() + "change/"
    assert 'value="Ben"' in words(client.get(change))
    client.post(change, {"q-lunch": "no", "q-table": "Ben", "q-matrix_legacy": "agree"})

    assert answers_of(amina) == {"lunch": "no", "matrix": {"legacy": "agree"}}


def test_whoever_changes_somebody_elses_place_leaves_their_answers_alone(signed_in, fatima, amina, day):
    place = sign_up(day, by=amina, answers={"lunch": "yes"})
    change = place.get_absolute_url() + "change/"
    client = signed_in(fatima)

    assert "Will you stay" not in words(client.get(change))
    client.post(change, {"access_needs": "A ramp.", "q-lunch": "no"})

    place.refresh_from_db()
    assert place.access_needs == "A ramp."
    assert answers_of(amina) == {"lunch": "yes"}


def test_answers_that_are_seen_only_as_totals_are_never_shown_with_a_name(signed_in, fatima):
    event = EventFactory()
    sign_up_question(event, KIND.ONE, key="who", words="Who leads?", seen_by=TOTALS)
    people = UserFactory.create_batch(5)
    places = [sign_up(event, by=person, answers={"who": "officers"}) for person in people]
    client = signed_in(fatima)

    page = words(client.get(asking(event, "answers/")))
    assert "Its totals are shown once no more answers come in" in page
    assert "Officers" not in page
    assert "Officers" not in words(client.get(places[0].get_absolute_url()))
    assert "Officers" in words(signed_in(people[0]).get(places[0].get_absolute_url()))
    assert "Who leads" not in client.get(asking(event, "answers/?format=csv")).content.decode()

    Event.objects.update(sign_up_closes_at=clock.now() - dt.timedelta(hours=1))
    client = signed_in(fatima)
    page = words(client.get(asking(event, "answers/")))
    assert "Officers" in page
    assert str(people[0]) not in page
    cancel_sign_up(places[0], by=people[0])
    assert "Officers" not in words(client.get(asking(event, "answers/")))  # four could be told apart


@pytest.mark.parametrize("away", ["given back", "passed on"])
def test_what_was_answered_goes_with_the_place(away, amina, ben, day):
    place = sign_up(day, by=amina, answers={"lunch": "yes"}, diet="Nuts")

    if away == "given back":
        cancel_sign_up(place, by=amina)
    else:
        accept_offer(offer_place(place, to_email=ben.email, by=amina), by=ben)

    assert not AnswerSheet.objects.exists()
    assert SignUp.objects.get().diet == ""


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


def test_answers_are_forgotten_after_the_days_that_were_promised(amina, day):
    sign_up(day, by=amina, answers={"lunch": "yes", "matrix": {"legacy": "agree"}})
    Event.objects.update(starts_at=clock.now() - dt.timedelta(days=62), ends_at=clock.now() - dt.timedelta(days=61))

    assert forget_sign_up_answers() == 1
    assert forget_sign_up_answers() == 0
    assert answers_of(amina) == {"matrix": {"legacy": "agree"}}
    with clock.at(clock.now() + dt.timedelta(days=30)):
        assert forget_sign_up_answers() == 1
    assert not AnswerSheet.objects.exists()
    assert AuditEvent.objects.filter(action="events.forgot_answers", by=None).count() == 2
    assert "events.schedules.forget_answers" in discover()


def test_diets_are_erased_by_the_rule_of_access_needs():
    place = SignUpFactory(event=EventFactory(ended=True), diet="Nuts")

    assert (erase_access_needs(), erase_access_needs()) == (1, 0)
    assert SignUp.objects.get(pk=place.pk).diet == ""


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
