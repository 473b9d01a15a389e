"""The desk at the door: each person is checked in once, nobody who came is sent away for want of a place."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from events.desk.operations import check_in, release, undo_check_in, walk_in
from events.models import Event, SignUp
from events.places.operations import sign_up
from events.places.queries import checked_in, miscounted
from events.places.who_comes import missing_kinds, who_comes
from events.programme.operations import set_capacity
from tests.events.letters import letters
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory
from tests.factories.events import EventFactory, SignUpFactory, kind_of

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


@pytest.fixture
def today():
    """A Co-Design Day that has begun, with two places."""
    return EventFactory(started=True, co_design=True, capacity=2)


def test_checking_in_notes_the_moment(today, fatima):
    place = check_in(SignUpFactory(event=today), by=fatima)

    assert place.checked_in_at is not None
    assert list(checked_in(today)) == [place]


def test_a_second_check_in_changes_nothing_and_finds_when_the_first_was(today, fatima):
    place = SignUpFactory(event=today)
    first = check_in(place, by=fatima)

    again = check_in(place, by=fatima)

    assert again.checked_in_at == first.checked_in_at
    today.refresh_from_db()
    assert today.arrived == 1
    assert AuditEvent.objects.filter(action="events.checked_in").count() == 1


def test_undoing_is_possible_and_doing_it_twice_changes_nothing(today, fatima):
    place = check_in(SignUpFactory(event=today), by=fatima)

    undo_check_in(place, by=fatima)
    place = undo_check_in(place, by=fatima)

    assert place.checked_in_at is None
    assert check_in(place, by=fatima).checked_in_at


def test_nobody_else_checks_people_in_and_facilitators_only_with_a_second_factor(today, amina, grace):
    place = SignUpFactory(event=today, person=amina)

    for person in (amina, grace):
        with pytest.raises(PermissionDenied):
            check_in(place, by=person)


def test_check_in_opens_on_the_day(fatima):
    event = EventFactory()

    with pytest.raises(Refused, match="on the day"):
        check_in(SignUpFactory(event=event), by=fatima)
    with clock.at(event.starts_at - dt.timedelta(minutes=1)):
        check_in(SignUpFactory(event=event), by=fatima)


def test_someone_who_waits_gets_in_if_a_place_is_free(today, fatima):
    place = SignUpFactory(event=today, status=SignUp.Status.WAITING)

    place = check_in(place, by=fatima)

    assert place.status == SignUp.Status.CONFIRMED
    today.refresh_from_db()
    assert today.places_taken == 1


def test_a_full_room_is_no_reason_to_send_away_who_came(today, fatima):
    SignUpFactory.create_batch(2, event=today)
    waiting = check_in(SignUpFactory(event=today, status=SignUp.Status.WAITING), by=fatima)
    walked_in = walk_in(today, by=fatima, name="Wendy Ash", email="wendy@example.org")

    for place in (waiting, walked_in):
        assert (place.status, place.is_over_capacity) == (SignUp.Status.CONFIRMED, True)
        assert place.checked_in_at
    today.refresh_from_db()
    assert today.places_taken == today.capacity == 2
    assert checked_in(today).count() == 2


def test_a_released_place_goes_to_who_is_in_the_room_before_it_is_free(today, fatima):
    here, late = SignUpFactory.create_batch(2, event=today)
    at_home = SignUpFactory(event=today, status=SignUp.Status.WAITING)
    check_in(here, by=fatima)
    over = walk_in(today, by=fatima, name="Wendy Ash", email="wendy@example.org")

    late = release(release(late, by=fatima), by=fatima)

    over.refresh_from_db()
    today.refresh_from_db()
    assert (late.status, over.is_over_capacity, today.places_taken) == (SignUp.Status.CANCELLED, False, 2)
    set_capacity(today, by=fatima, capacity=3)
    today.refresh_from_db()
    at_home.refresh_from_db()
    assert (at_home.status, today.places_taken) == (SignUp.Status.WAITING, 2)
    assert letters("promotion") == []
    assert letters("release") == [late.pk]


def test_more_places_seat_those_over_the_capacity(today, fatima):
    SignUpFactory.create_batch(2, event=today)
    over = [walk_in(today, by=fatima, name="Wendy", email=f"wendy-{n}@example.org") for n in range(3)]

    event = set_capacity(today, by=fatima, capacity=4)

    event.refresh_from_db()
    assert event.places_taken == 4
    assert [SignUp.objects.get(pk=place.pk).is_over_capacity for place in over] == [False, False, True]


def test_places_freed_before_the_start_stay_at_the_door_once_somebody_is_checked_in(fatima):
    at_ten = timezone.localtime().replace(hour=10) + dt.timedelta(days=14)
    event = EventFactory(starts_at=at_ten, capacity=2)
    first, second = SignUpFactory.create_batch(2, event=event)
    at_home = SignUpFactory(event=event, status=SignUp.Status.WAITING)
    with clock.at(event.starts_at - dt.timedelta(minutes=30)):
        with pytest.raises(Refused, match="once check-in has begun"):
            release(second, by=fatima)
        check_in(first, by=fatima)
        release(second, by=fatima)
        # Whoever signs up now from home does not overtake who waits there.
        newcomer = sign_up(event, by=UserFactory())

    at_home.refresh_from_db()
    event.refresh_from_db()
    assert (at_home.status, newcomer.status, event.places_taken) == ("waiting", "waiting", 1)
    with clock.at(event.starts_at):
        assert not check_in(at_home, by=fatima).is_over_capacity


def test_nobody_who_is_here_is_released_nor_after_the_end(today, fatima):
    here = check_in(SignUpFactory(event=today), by=fatima)
    missing = SignUpFactory(event=today)

    with pytest.raises(Refused, match="is checked in"):
        release(here, by=fatima)
    with clock.at(today.ends_at), pytest.raises(Refused, match="over"):
        release(missing, by=fatima)
    with pytest.raises(PermissionDenied):
        release(missing, by=missing.person)


def test_who_was_released_and_comes_after_all_is_a_walk_in(today, fatima):
    place = release(SignUpFactory(event=today), by=fatima)

    again = walk_in(today, by=fatima, name="Late", email=place.person.email)

    assert again.checked_in_at
    assert again.person == place.person


def test_undoing_an_arrival_over_the_capacity_leaves_them_waiting(today, fatima):
    SignUpFactory.create_batch(2, event=today)
    place = walk_in(today, by=fatima, name="Wendy Ash", email="wendy@example.org")

    place = undo_check_in(place, by=fatima)

    assert (place.status, place.is_over_capacity) == (SignUp.Status.WAITING, False)
    today.refresh_from_db()
    assert today.places_taken == 2


def test_the_database_checks_in_confirmed_people_only(today):
    place = SignUpFactory(event=today, status=SignUp.Status.WAITING)

    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.filter(pk=place.pk).update(checked_in_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.filter(pk=place.pk).update(is_over_capacity=True)


def test_a_walk_in_gets_an_account_a_place_and_is_in(today, fatima, harlow):
    place = walk_in(
        today,
        by=fatima,
        name="Wendy Ash",
        email="wendy@example.org",
        organisation=harlow,
        kind=kind_of(today, "developer"),
    )

    assert place.checked_in_at
    assert (place.person.email, place.organisation) == ("wendy@example.org", harlow)
    assert not place.person.has_usable_password()
    assert who_comes(today).mix["developer"] == 1


def test_a_walk_in_with_an_account_keeps_it(today, fatima, ben):
    place = walk_in(today, by=fatima, name="Somebody", email=ben.email.upper())

    assert place.person == ben
    ben.refresh_from_db()
    assert ben.name == "Ben Okoro"


def test_a_walk_in_who_belongs_to_one_organisation_comes_for_it_unless_told_otherwise(
    today, fatima, amina, ben, grace, harlow, surrey
):
    def organisation_of(person, **said):
        return walk_in(today, by=fatima, name="Somebody", email=person.email, **said).organisation

    assert organisation_of(amina) == harlow
    assert organisation_of(ben, organisation=surrey) == surrey
    assert organisation_of(grace, for_themselves=True) is None


def test_of_a_walk_in_who_belongs_to_several_organisations_it_is_asked_which(today, fatima, amina, harlow, surrey):
    MembershipFactory(person=amina, organisation=surrey)

    with pytest.raises(Refused, match="Amina Shah belongs to Harlow and to Surrey") as refused:
        walk_in(today, by=fatima, name="Amina", email=amina.email)

    assert refused.value.field == "organisation"
    assert not today.sign_ups.exists()
    assert walk_in(today, by=fatima, name="Amina", email=amina.email, organisation=surrey).organisation == surrey


def test_a_walk_in_who_had_signed_up_is_simply_checked_in(today, fatima, ben):
    place = SignUpFactory(event=today, person=ben)

    assert walk_in(today, by=fatima, name="Ben", email=ben.email) == place
    assert today.sign_ups.count() == 1


def test_the_same_walk_in_twice_is_in_once(today, fatima):
    first = walk_in(today, by=fatima, name="Wendy Ash", email="wendy@example.org")

    again = walk_in(today, by=fatima, name="Wendy Ash", email="wendy@example.org")

    assert (again, again.checked_in_at) == (first, first.checked_in_at)
    assert today.sign_ups.count() == 1


def test_a_missing_kind_of_people_is_named(today, fatima):
    for kind in ("service_user", "developer", None):
        place = SignUpFactory(event=today, kind=kind, status="waiting")
        set_capacity(today, by=fatima, capacity=9)
        check_in(place, by=fatima)

    assert missing_kinds(who_comes(today).kinds) == ["Head of service", "Policy expert"]


def test_councils_count_once_however_many_they_send(harlow, surrey):
    event = EventFactory()
    SignUpFactory.create_batch(2, event=event, organisation=harlow)
    SignUpFactory(event=event, organisation=surrey, status=SignUp.Status.WAITING)
    SignUpFactory(event=event, person=UserFactory())

    assert [number for _, number in who_comes(event).councils] == [2]


def test_once_it_has_begun_only_councils_that_are_there_count(today, fatima, harlow, surrey):
    check_in(SignUpFactory(event=today, organisation=harlow), by=fatima)
    SignUpFactory(event=today, organisation=surrey)

    assert [name for name, _ in who_comes(today).councils] == [harlow.name]


def test_the_events_own_counters_are_what_its_rows_say(today, fatima):
    places = [check_in(SignUpFactory(event=today), by=fatima) for _ in range(2)]
    over = walk_in(today, by=fatima, name="Wren Hall", email="wren@example.org")
    undo_check_in(over, by=fatima)
    undo_check_in(places[0], by=fatima)

    today.refresh_from_db()
    assert (today.arrived, today.places_taken) == (1, 2)
    assert not miscounted()
    Event.objects.filter(pk=today.pk).update(arrived=2)
    assert list(miscounted()) == [today]
