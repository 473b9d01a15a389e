"""What people answered at sign-up: whose it is, who sees it with a name or as a total, and when it goes."""

import datetime as dt

import pytest

from accounts.erasure import forget
from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from core.schedules import discover
from events.asking.operations import (
    forget_sign_up_answers,
)
from events.desk.operations import release
from events.models import Event, SignUp
from events.places.operations import (
    accept_offer,
    cancel_sign_up,
    change_sign_up,
    erase_access_needs,
    offer_place,
    sign_up,
)
from events.programme.operations import change_event
from questions.models import AnswerSheet, Question
from tests.events.asking import a_day_that_asks, answers_of, asking
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.questions import KIND, sign_up_question
from tests.pages import words

pytestmark = pytest.mark.django_db
TOTALS = Question.SeenBy.TOTALS


@pytest.fixture
def day():
    return a_day_that_asks()


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


@pytest.fixture
def counted():
    """An event that asks one thing as a total alone and one with names, with five who answered both."""
    event = EventFactory()
    sign_up_question(event, KIND.ONE, key="who", words="Who leads?", seen_by=TOTALS, kept_days=30)
    sign_up_question(event, KIND.TEXT, key="role", words="Your role?", kept_days=30)
    for n, person in enumerate(UserFactory.create_batch(5)):
        sign_up(event, by=person, answers={"who": "officers" if n else "members", "role": f"Role {n}"})
    return event


def over(event):
    """The event, ended an hour ago."""
    ended = clock.now() - dt.timedelta(hours=1)
    began = ended - dt.timedelta(hours=6)
    Event.objects.filter(pk=event.pk).update(starts_at=began, ends_at=ended, sign_up_closes_at=None)
    return event


def test_answers_that_are_seen_only_as_totals_are_never_shown_with_a_name(signed_in, fatima, counted):
    place = counted.sign_ups.select_related("person").first()
    assert "Members" in words(signed_in(place.person).get(place.get_absolute_url()))

    client = signed_in(fatima)
    for each in (counted, over(counted)):
        file = client.get(asking(each, "answers/?format=csv"))
        assert file.status_code == 200
        assert f"{place.person},,Role 0,no" in file.content.decode()
        assert "Who leads" not in file.content.decode()
        assert "Members" not in words(client.get(place.get_absolute_url()))
        by_person = words(client.get(asking(each, "answers/"))).partition("Person by person")[2]
        assert "Role 0" in by_person
        assert not {"Members", "Officers", "Who leads"} & {*by_person.split()}
        assert "Who leads" not in by_person


def test_totals_are_shown_from_the_end_of_the_event_on_when_no_answer_can_change_any_more(signed_in, fatima, counted):
    client = signed_in(fatima)
    Event.objects.update(sign_up_closes_at=clock.now() - dt.timedelta(hours=1))
    place = counted.sign_ups.select_related("person", "event").first()
    with clock.at(counted.starts_at + dt.timedelta(minutes=1)):  # places are released at the desk until the end
        page = words(signed_in(fatima).get(asking(counted, "answers/")))
        assert "Its totals are shown once the event has ended, if 5 or more people have answered." in page
        assert "Officers" not in page

    over(counted)
    client = signed_in(fatima)
    assert "Officers" in words(client.get(asking(counted, "answers/")))
    for late in (
        lambda: cancel_sign_up(place, by=place.person),
        lambda: change_sign_up(place, by=place.person, answers={"who": "officers"}),
        lambda: release(place, by=fatima),
    ):
        with pytest.raises(Refused):
            late()
    with pytest.raises(Refused, match="Totals of what was answered"):
        change_event(counted, by=fatima, ends_at=clock.now() + dt.timedelta(days=2))
    assert answers_of(place.person)["who"] == "members"


def test_totals_are_shown_no_more_once_somebody_has_been_erased_after_the_event(signed_in, fatima, counted):
    sign_up(counted, by=(leaving := UserFactory()), answers={"who": "members"})
    over(counted)
    client = signed_in(fatima)
    assert "Officers" in words(client.get(asking(counted, "answers/")))

    forget(leaving)

    page = words(client.get(asking(counted, "answers/")))
    assert "Its totals are not shown any more" in page
    assert "Officers" not in page


def test_whoever_answers_is_told_what_is_seen_with_a_name_and_what_only_as_totals(signed_in, amina, counted):
    page = words(signed_in(amina).get(f"/events/{counted.slug}/sign-up/"))

    assert "see your answers to “Who leads?” only as totals, without your name." in page
    assert "see your answers to “Your role?” with your name." in page


def test_answers_belong_to_whoever_holds_the_place_not_to_whoever_changes_it(fatima, amina, day):
    place = sign_up(day, by=amina, answers={"lunch": "yes"})

    change_sign_up(place, by=fatima, answers={"lunch": "no"})

    assert answers_of(amina) == {"lunch": "no"}
    assert not AnswerSheet.objects.filter(person=fatima).exists()


@pytest.mark.parametrize("away", ["given back", "passed on"])
def test_what_was_answered_goes_with_the_place(away, amina, ben, day):
    place = sign_up(day, by=amina, answers={"lunch": "yes"}, diet="Nuts")

    if away == "given back":
        cancel_sign_up(place, by=amina)
    else:
        accept_offer(offer_place(place, to_email=ben.email, by=amina), by=ben)

    assert not AnswerSheet.objects.exists()
    assert SignUp.objects.get().diet == ""


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
