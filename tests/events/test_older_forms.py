"""Two people change an event at once: whoever saves second hears of it, sees both versions, and today's numbers."""

import re

import pytest

from core.errors import Refused
from core.forms import as_sent
from councils.models import Service
from events.event import agenda
from events.event.queries import agenda_of
from events.models import Event, SignUp
from events.places.operations import cancel_sign_up, sign_up
from events.programme.operations import change_event
from tests.events.letters import letters
from tests.events.test_programme import TYPED
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator(signed_in, fatima):
    return signed_in(fatima)


@pytest.fixture
def event(facilitator):
    facilitator.post("/events/new/", TYPED | {"agenda": "10:00 Welcome", "audience": "Everybody"})
    return Event.objects.get()


def opened(facilitator, event):
    """What the form would send, as it was opened."""
    page = facilitator.get(f"{event.get_absolute_url()}edit/")
    return as_sent(page.context["form"]) | {"revision": page.context["revision"]}


def save(facilitator, event, sent):
    return facilitator.post(f"{event.get_absolute_url()}edit/", sent)


def test_an_older_form_does_not_take_back_what_somebody_else_has_saved(facilitator, event, fatima):
    older = opened(facilitator, event) | {"audience": "Parking teams"}
    added = agenda.read("10:00 Welcome\n11:00 Four tables")
    change_event(event, by=fatima, agenda=added, host=None, title="Skills day, longer")

    answer = save(facilitator, event, older)
    page = words(answer)

    event.refresh_from_db()
    assert (agenda_of(event), event.audience) == (added, "Everybody")
    assert answer.status_code == 409
    assert "It was changed on another device, in another tab or by somebody else since you opened it." in page
    assert answer.context["now"] == [
        ("Title", "Skills day, longer"),
        ("Who is it for?", "Everybody"),
        ("What you will do, by the hour", "10:00 Welcome\n11:00 Four tables"),
    ]
    assert 'value="Parking teams"' in page, "what was typed is kept beside it"

    # Whoever has compared the two may save.
    assert save(facilitator, event, older | {"revision": answer.context["revision"]}).status_code == 302
    event.refresh_from_db()
    assert (event.audience, event.title) == ("Parking teams", "Skills day")


def test_an_older_form_stays_one_while_something_else_in_it_is_put_right(facilitator, event, fatima):
    older = opened(facilitator, event) | {"title": ""}
    change_event(event, by=fatima, audience="Parking teams")

    answer = save(facilitator, event, older)

    assert answer.status_code == 422
    assert answer.context["revision"] == older["revision"]
    assert save(facilitator, event, older | {"title": "Skills day"}).status_code == 409


def test_an_older_form_that_says_what_stands_already_is_no_mistake(facilitator, event):
    sent = opened(facilitator, event) | {"audience": "Parking teams"}

    assert [save(facilitator, event, sent).status_code for _ in range(2)] == [302, 302]


def test_another_service_or_number_of_places_makes_a_form_an_older_one(fatima):
    event = EventFactory(capacity=12)
    read_at = event.revision
    change_event(event, by=fatima, services=[Service.objects.all()[0]])
    with pytest.raises(Refused, match="since you opened it"):
        change_event(event, by=fatima, read_at=read_at, capacity=20)

    event.refresh_from_db()
    change_event(event, by=fatima, read_at=event.revision, capacity=20)
    with pytest.raises(Refused, match="since you opened it"):
        change_event(event, by=fatima, read_at=event.revision, audience="Parking teams")


# Fewer places than are taken --------------------------------------------------------------------------------


@pytest.fixture
def full(facilitator, event):
    """The event with its three places taken, two more who wait, and its form with two places left of them."""
    Event.objects.filter(pk=event.pk).update(capacity=3)
    people = [sign_up(event, by=person) for person in UserFactory.create_batch(5)]
    return opened(facilitator, event) | {"capacity": "1"}, people


def standing(people):
    return [SignUp.objects.get(pk=place.pk).status for place in people]


def offered_in(answer):
    """What the page offers to do with those over, and the number that it would send back."""
    field = answer.context["form"]["those_over"]
    sent = re.search(r'name="over" value="(\d+)"', answer.content.decode())
    return [str(radio.choice_label) for radio in field], sent[1]


def test_fewer_places_than_are_taken_are_asked_about_with_the_number_and_nothing_is_done(facilitator, event, full):
    sent, people = full

    answer = save(facilitator, event, sent)

    assert answer.status_code == 422
    assert "3 places are taken already. Choose what becomes of those over the new number, or enter 3 places" in str(
        answer.context["form"].errors["those_over"]
    )
    assert offered_in(answer) == (
        [
            "Keep everybody, and take nobody new until fewer have a place",
            "Move the last 2 people to sign up to the waiting list, and write to them",
        ],
        "2",
    )
    assert standing(people) == ["confirmed"] * 3 + ["waiting"] * 2


def test_by_the_form_the_last_are_moved_to_the_waiting_list_or_all_are_kept(facilitator, event, full):
    sent, people = full

    assert save(facilitator, event, sent | {"those_over": "keep", "over": "2"}).status_code == 302
    event.refresh_from_db()
    assert (event.capacity, event.kept_over, standing(people)[:3]) == (1, 2, ["confirmed"] * 3)

    other = opened(facilitator, event) | {"audience": "Parking teams"}
    assert save(facilitator, event, other).status_code == 302, "what was decided is not asked again"
    event.refresh_from_db()
    sent["revision"] = str(event.revision)
    assert save(facilitator, event, sent | {"capacity": "2", "those_over": "move_back", "over": "1"}).status_code == 302
    assert standing(people) == ["confirmed"] * 2 + ["waiting"] * 3
    assert letters("moved_back") == [people[2].pk]


def test_numbers_that_have_changed_since_the_page_are_asked_about_again_with_todays(facilitator, event, full):
    sent, people = full
    older = sent | {"those_over": "move_back", "over": "2", "audience": "Parking teams"}
    Event.objects.filter(pk=event.pk).update(capacity=4, places_taken=4)  # as if the first who waits had moved up
    SignUp.objects.filter(pk=people[3].pk).update(status="confirmed")

    for stale in (older, {name: typed for name, typed in older.items() if name != "over"}):
        answer = save(facilitator, event, stale)

        assert answer.status_code == 422
        assert "3 people are over the new number now. Choose again." in str(answer.context["form"].errors["those_over"])
        assert 'value="Parking teams"' in answer.content.decode()
        assert standing(people) == ["confirmed"] * 4 + ["waiting"]
        labels, number = offered_in(answer)
        assert (labels[1], number) == ("Move the last 3 people to sign up to the waiting list, and write to them", "3")

    assert save(facilitator, event, older | {"over": number}).status_code == 302
    assert standing(people) == ["confirmed"] + ["waiting"] * 4


def test_somebody_who_gives_the_place_back_meanwhile_leaves_nothing_to_ask(facilitator, event, full):
    sent, people = full
    remove = SignUp.objects.filter(pk__in=[place.pk for place in people[3:]])
    remove.update(status="cancelled", ended_because="gave_back")
    cancel_sign_up(people[0], by=people[0].person)

    answer = save(facilitator, event, sent | {"capacity": "2", "those_over": "move_back", "over": "1"})

    assert answer.status_code == 302
    assert standing(people[1:3]) == ["confirmed"] * 2
