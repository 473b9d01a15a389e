"""The waiting list: places that come free go to whoever has waited longest, once, and they are written to."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.operations import close_account
from core.errors import Refused
from events.models import SignUp
from events.places.operations import cancel_sign_up, sign_up
from events.places.queries import miscounted, queue_position
from events.programme.operations import change_event, set_capacity
from tests.events.letters import letters
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


@pytest.fixture
def crowd():
    """Five people at an event with two places: three of them wait."""
    event = EventFactory(capacity=2)
    return event, [sign_up(event, by=UserFactory()) for _ in range(5)]


def statuses(places):
    for place in places:
        place.refresh_from_db()
    return "".join(place.status[0] for place in places)  # c: confirmed or cancelled, w: waiting


def test_whoever_waited_longest_gets_the_place_that_comes_free(crowd):
    event, places = crowd

    cancel_sign_up(places[0], by=places[0].person)

    places[2].refresh_from_db()
    assert places[2].status == SignUp.Status.CONFIRMED
    assert places[2].promoted_at is not None
    assert statuses(places[3:]) == "ww"
    event.refresh_from_db()
    assert event.places_taken == 2


def test_the_promoted_person_is_told_and_nobody_else(crowd):
    _, places = crowd

    cancel_sign_up(places[1], by=places[1].person)

    assert letters("promotion") == [places[2].pk]


def test_cancelling_twice_promotes_once(crowd):
    _, places = crowd

    cancel_sign_up(places[0], by=places[0].person)
    again = cancel_sign_up(places[0], by=places[0].person)

    assert again.status == SignUp.Status.CANCELLED
    assert statuses(places[2:]) == "cww"


def test_leaving_the_queue_promotes_nobody(crowd):
    event, places = crowd

    cancel_sign_up(places[2], by=places[2].person)

    assert statuses(places[3:]) == "ww"
    event.refresh_from_db()
    assert event.places_taken == 2


def test_closing_an_account_gives_back_its_places_at_events_to_come(crowd):
    _, places = crowd
    leaver = places[0].person
    waiting_elsewhere = SignUpFactory(person=leaver, status=SignUp.Status.WAITING, event=EventFactory(capacity=1))
    under_way = SignUpFactory(person=leaver, event=EventFactory(started=True))

    close_account(leaver, by=leaver)

    assert statuses(places) == "cccww"
    assert SignUp.objects.get(pk=places[0].pk).ended_because == SignUp.Ended.GAVE_BACK
    assert (statuses([waiting_elsewhere]), statuses([under_way])) == ("c", "c")
    assert SignUp.objects.get(pk=under_way.pk).status == SignUp.Status.CONFIRMED
    assert not miscounted().exists()


def test_whoever_has_no_account_to_sign_in_with_is_passed_over(crowd):
    _, places = crowd
    User.objects.filter(pk=places[2].person_id).update(is_active=False)

    cancel_sign_up(places[0], by=places[0].person)

    assert statuses(places[2:]) == "wcw"
    assert letters("promotion") == [places[3].pk]
    assert places[2].queue_lines.get().because == "The account is shut, so nobody can be written to."


def test_a_place_nobody_waits_for_becomes_free(amina, ben):
    event = EventFactory(capacity=1)
    place = sign_up(event, by=amina)
    cancel_sign_up(place, by=amina)

    assert sign_up(event, by=ben).status == SignUp.Status.CONFIRMED


def test_who_gives_a_place_back_and_returns_starts_at_the_end_of_the_queue(crowd):
    event, places = crowd
    cancel_sign_up(places[0], by=places[0].person)

    again = sign_up(event, by=places[0].person)

    assert again.status == SignUp.Status.WAITING
    assert (again.position, queue_position(again)) == (6, 3)


def test_one_sees_ones_place_in_the_queue(crowd):
    _, places = crowd

    assert [queue_position(place) for place in places[2:]] == [1, 2, 3]


def test_more_places_go_to_those_who_wait(crowd, fatima):
    event, places = crowd

    set_capacity(event, by=fatima, capacity=4)

    assert statuses(places[2:]) == "ccw"
    assert letters("promotion") == [places[2].pk, places[3].pk]


def test_more_places_than_people_waiting_leaves_some_free(crowd, fatima):
    event, _ = crowd

    event = set_capacity(event, by=fatima, capacity=9)

    assert (event.places_taken, event.places_left) == (5, 4)


def test_fewer_places_than_are_taken_is_refused(crowd, fatima):
    event, _ = crowd

    with pytest.raises(Refused, match="2 places are taken already") as refusal:
        change_event(event, by=fatima, capacity=1, title="Smaller")

    assert refusal.value.field == "capacity"
    event.refresh_from_db()
    assert (event.capacity, event.title != "Smaller") == (2, True)


def test_a_stranger_cannot_cancel_somebody_elses_place(crowd, ben):
    _, places = crowd

    with pytest.raises(PermissionDenied):
        cancel_sign_up(places[0], by=ben)


def test_a_facilitator_may_give_a_place_back_for_somebody(crowd, fatima):
    _, places = crowd

    cancel_sign_up(places[0], by=fatima)

    assert statuses(places[2:3]) == "c"
    assert letters("cancellation") == [places[0].pk]


def test_nothing_is_given_back_after_the_start(amina):
    event = EventFactory(capacity=1)
    place = sign_up(event, by=amina)
    event.refresh_from_db()
    event.starts_at = event.created_at
    event.save()

    with pytest.raises(Refused, match="has started"):
        cancel_sign_up(place, by=amina)


def test_what_one_said_one_needs_goes_with_the_place(amina):
    place = sign_up(EventFactory(), by=amina, access_needs="A hearing loop")

    place = cancel_sign_up(place, by=amina)

    assert place.access_needs == ""
