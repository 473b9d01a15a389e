"""Many people at once: nothing is oversold, no seat is lost, everyone keeps their place in the order.

Each rule has a control: without the lock the same race must break it. The lock is on the event's row on PostgreSQL;
on SQLite, which has no row locks, it is the write lock taken when a transaction begins.
"""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error

from accounts.models import UserManager
from core.errors import Refused
from events.desk.operations import Press, check_in, release, walk_in
from events.desk.queries import unlike_their_marks
from events.models import SignUp
from events.places.operations import (
    accept_offer,
    accept_promotion,
    cancel_sign_up,
    offer_place,
    sign_up,
    take_back_offer,
)
from events.places.operations import sign_ups as taking
from events.programme.operations import set_capacity
from tests.events.letters import letters
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory
from tests.factories.events import EventFactory, PoolFactory, SignUpFactory
from tests.race import all_at_once, problems, slowly

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def everyone_meets_in_the_middle(monkeypatch):
    """Wait between reading and writing, in the runs with the lock and in the controls."""
    monkeypatch.setattr(taking, "refuse_unless_open", slowly(taking.refuse_unless_open))
    monkeypatch.setattr(taking, "refuse_unless_living", slowly(taking.refuse_unless_living))


def sign_ups(event, people):
    return all_at_once([lambda person=person: sign_up(event, by=person) for person in people])


def confirmed(event):
    return event.sign_ups.filter(status=SignUp.Status.CONFIRMED, is_over_capacity=False)


def check_the_books(event):
    """Assert what must be true whatever happened."""
    event.refresh_from_db()
    assert confirmed(event).count() == event.places_taken <= event.capacity
    positions = list(event.sign_ups.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, event.next_position))
    if not event.has_started and event.places_taken < event.capacity:
        assert not event.sign_ups.filter(status=SignUp.Status.WAITING).exists(), "a seat is lost"


def test_twenty_people_for_the_last_three_places():
    event, people = EventFactory(capacity=3), UserFactory.create_batch(20)

    results = sign_ups(event, people)

    assert problems(results) == []
    assert confirmed(event).count() == 3
    check_the_books(event)
    # The first three of the order have the places, and everyone was answered correctly.
    assert set(confirmed(event).values_list("position", flat=True)) == {1, 2, 3}
    for place in results:
        assert SignUp.objects.get(pk=place.pk).status == place.status


def test_control_without_the_guard_the_same_twenty_break_it(guard_off):
    event, people = EventFactory(capacity=3), UserFactory.create_batch(20)

    results = sign_ups(event, people)

    refused_by_the_database = [problem for problem in problems(results) if isinstance(problem, Error)]
    assert refused_by_the_database or confirmed(event).count() > 3


def test_pressing_eight_times_registers_once():
    event, person = EventFactory(capacity=3), UserFactory()

    results = sign_ups(event, [person] * 8)

    assert problems(results) == []
    assert len({place.pk for place in results}) == 1
    assert letters() == [results[0].pk]
    check_the_books(event)


def test_control_without_the_guard_pressing_eight_times_is_stopped_by_the_database_only(guard_off):
    event, person = EventFactory(capacity=3), UserFactory()

    results = sign_ups(event, [person] * 8)

    assert problems(results)
    assert event.sign_ups.count() == 1


def test_eight_cancel_at_once_and_the_next_eight_are_promoted_once_each():
    event = EventFactory(capacity=8)
    people = [sign_up(event, by=person) for person in UserFactory.create_batch(20)]

    results = all_at_once([lambda place=place: cancel_sign_up(place, by=place.person) for place in people[:8]])

    assert problems(results) == []
    check_the_books(event)
    assert set(confirmed(event).values_list("position", flat=True)) == set(range(9, 17))
    assert sorted(letters("promotion")) == sorted(place.pk for place in people[8:16])


def test_control_without_the_guard_cancelling_at_once_goes_wrong(guard_off):
    event = EventFactory(capacity=8)
    people = [sign_up(event, by=person) for person in UserFactory.create_batch(20)]

    results = all_at_once([lambda place=place: cancel_sign_up(place, by=place.person) for place in people[:8]])

    right = set(confirmed(event).values_list("position", flat=True)) == set(range(9, 17))
    assert problems(results) or not right


def test_sign_ups_cancels_passing_on_and_another_capacity_all_at_once(fatima):
    event = EventFactory(capacity=5)
    there = [sign_up(event, by=person) for person in UserFactory.create_batch(9)]
    newcomers, colleague = UserFactory.create_batch(6), UserFactory()
    offer = offer_place(there[4], to_email=colleague.email, by=there[4].person)

    results = all_at_once(
        [
            *(lambda person=person: sign_up(event, by=person) for person in newcomers),
            *(lambda place=place: cancel_sign_up(place, by=place.person) for place in there[:4]),
            lambda: accept_offer(offer, by=colleague),
            lambda: set_capacity(event, by=fatima, capacity=7),
        ]
    )

    assert problems(results) == []
    check_the_books(event)
    event.refresh_from_db()
    assert event.places_taken == 7


def test_two_desks_check_in_the_same_person_once(fatima):
    place = SignUpFactory(event=EventFactory(started=True))

    results = all_at_once([lambda: check_in(place, by=fatima)] * 2)

    assert problems(results) == []
    assert results[0].checked_in_at == results[1].checked_in_at
    place.event.refresh_from_db()
    assert place.event.arrived == 1


def test_two_desks_check_in_sixty_people_at_once_and_each_is_first_with_one_of_them(fatima):
    event = EventFactory(started=True, capacity=50)
    places = SignUpFactory.create_batch(30, event=event)
    places += SignUpFactory.create_batch(30, event=event, status=SignUp.Status.WAITING)

    def a_desk(number, people):
        def work():
            done = [check_in(place, by=fatima, press=Press(number)) for place in people]
            return [place.pk for place in done if place.last_mark.at == place.checked_in_at]

        return work

    first, second = all_at_once([a_desk("1", places), a_desk("2", places[::-1])])

    assert sorted(first + second) == sorted(place.pk for place in places), "60 first, 60 already in, none both"
    assert event.marks.count() == 120
    check_the_books(event)
    assert (event.arrived, event.places_taken) == (60, 50)
    assert event.sign_ups.filter(is_over_capacity=True).count() == 10
    assert not unlike_their_marks()


def test_two_desks_add_the_same_walk_in_once(fatima):
    event = EventFactory(started=True)

    results = all_at_once([lambda: walk_in(event, by=fatima, name="Wendy Ash", email="wendy@example.org")] * 4)

    assert problems(results) == []
    assert {place.pk for place in results} == {event.sign_ups.get().pk}
    event.refresh_from_db()
    assert event.arrived == 1


def test_one_new_address_at_the_desks_of_two_events_at_once_becomes_one_account(fatima, monkeypatch):
    monkeypatch.setattr(UserManager, "create_user", slowly(UserManager.create_user))
    days = EventFactory.create_batch(2, started=True)

    results = all_at_once(
        [lambda day=day: walk_in(day, by=fatima, name="Wendy Ash", email="Wendy@example.org") for day in days]
    )

    assert problems(results) == []
    assert len({place.person_id for place in results}) == 1


def test_ten_walk_ins_to_the_last_two_places_while_no_shows_are_released(fatima):
    event = EventFactory(started=True, capacity=6)
    expected = SignUpFactory.create_batch(4, event=event)
    at_home = SignUpFactory(event=event, status=SignUp.Status.WAITING)

    def come_by(number):
        return lambda: walk_in(event, by=fatima, name="Wendy Ash", email=f"wendy-{number}@example.org")

    results = all_at_once(
        [*map(come_by, range(10)), *(lambda place=place: release(place, by=fatima) for place in expected[:3])]
    )

    assert problems(results) == []
    check_the_books(event)
    event.refresh_from_db()
    assert event.places_taken == 6
    assert event.sign_ups.filter(is_over_capacity=True).count() == 5
    at_home.refresh_from_db()
    assert at_home.status == SignUp.Status.WAITING


def test_a_place_accepted_taken_back_and_given_back_at_once_has_one_holder():
    event = EventFactory(capacity=1)
    place = sign_up(event, by=UserFactory())
    next_in_line = sign_up(event, by=UserFactory())
    colleague, giver = UserFactory(), place.person
    offer = offer_place(place, to_email=colleague.email, by=giver)

    results = all_at_once(
        [
            *[lambda: accept_offer(offer, by=colleague)] * 2,
            lambda: take_back_offer(offer, by=giver),
            lambda: cancel_sign_up(place, by=giver),
        ]
    )

    check_the_books(event)
    assert confirmed(event).get().person in (colleague, next_in_line.person)
    assert {type(problem) for problem in problems(results)} <= {Refused, PermissionDenied}


def test_a_pool_and_the_places_for_anybody_are_never_oversold(surrey, harlow):
    event = EventFactory(capacity=5)
    PoolFactory(event=event, places=2)
    people = {org: [MembershipFactory(organisation=org).person for _ in range(6)] for org in (harlow, surrey)}

    results = all_at_once(
        [lambda person=p, org=org: sign_up(event, by=person, organisation=org) for org in people for p in people[org]]
    )

    assert problems(results) == []
    event.refresh_from_db()
    assert event.places_taken == event.sign_ups.seated().count() == 5
    assert event.pools.get().taken == event.sign_ups.filter(pool__isnull=False).count() == 2
    assert event.sign_ups.filter(organisation=surrey, status="confirmed").count() <= 3


def test_control_without_the_guard_a_pool_is_miscounted_or_stopped_by_the_database_only(guard_off, harlow):
    event = EventFactory(capacity=9)
    PoolFactory(event=event, places=2)
    people = [MembershipFactory(organisation=harlow).person for _ in range(8)]

    results = all_at_once([lambda person=p: sign_up(event, by=person, organisation=harlow) for p in people])

    event.refresh_from_db()
    seated = event.sign_ups.filter(pool__isnull=False).count()
    assert problems(results) or seated > 2 or event.places_taken != event.sign_ups.seated().count()


def test_places_given_back_at_once_are_offered_in_exact_order_and_once_each():
    event = EventFactory(capacity=6, offer_hours=48)
    places = [sign_up(event, by=person) for person in UserFactory.create_batch(14)]

    results = all_at_once([lambda place=place: cancel_sign_up(place, by=place.person) for place in places[:6]])

    assert problems(results) == []
    offered = event.sign_ups.filter(status=SignUp.Status.OFFERED)
    assert list(offered.order_by("position").values_list("position", flat=True)) == list(range(7, 13))
    assert sorted(letters("promotion_offer")) == sorted(place.pk for place in places[6:12])


def test_five_answers_to_one_offer_at_once_are_one_place():
    event = EventFactory(capacity=1, offer_hours=48)
    first, second = (sign_up(event, by=person) for person in UserFactory.create_batch(2))
    cancel_sign_up(first, by=first.person)

    results = all_at_once([lambda: accept_promotion(second, by=second.person)] * 5)

    assert problems(results) == []
    event.refresh_from_db()
    assert (event.places_taken, event.queue_lines.filter(what="accepted").count()) == (1, 1)
