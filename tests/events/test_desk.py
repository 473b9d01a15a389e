"""The desk at the door: each person is checked in once, walk-ins get a place if one is free."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from core import clock
from core.errors import Refused
from events.models import SignUp
from events.operations import check_in, set_capacity, undo_check_in, walk_in
from events.queries import checked_in, councils_coming, missing_kinds, mix_of
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    """A Co-Design Day that has begun, with two places."""
    return EventFactory(started=True, co_design=True, capacity=2)


def test_checking_in_notes_the_moment(today, fatima):
    place = check_in(SignUpFactory(event=today), by=fatima)

    assert place.checked_in_at is not None
    assert list(checked_in(today)) == [place]


def test_a_second_desk_is_told_when_the_first_checked_somebody_in(today, fatima):
    place = SignUpFactory(event=today, person__name="Amina Shah")
    with clock.at(timezone.localtime(today.starts_at).replace(hour=23, minute=14)):
        check_in(place, by=fatima)

    with pytest.raises(Refused, match="Amina Shah was already checked in at 23:14"):
        check_in(place, by=fatima)


def test_undoing_is_possible_and_doing_it_twice_changes_nothing(today, fatima):
    place = check_in(SignUpFactory(event=today), by=fatima)

    undo_check_in(place, by=fatima)
    place = undo_check_in(place, by=fatima)

    assert place.checked_in_at is None
    assert check_in(place, by=fatima).checked_in_at


def test_only_facilitators_with_a_second_factor_check_people_in(today, amina, grace):
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


def test_someone_who_waits_stays_out_while_every_place_is_taken(today, fatima):
    SignUpFactory.create_batch(2, event=today)
    place = SignUpFactory(event=today, status=SignUp.Status.WAITING)

    with pytest.raises(Refused, match="Every place is taken"):
        check_in(place, by=fatima)

    set_capacity(today, by=fatima, capacity=3)
    assert check_in(place, by=fatima).checked_in_at


def test_the_database_checks_in_confirmed_people_only(today):
    place = SignUpFactory(event=today, status=SignUp.Status.WAITING)

    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.filter(pk=place.pk).update(checked_in_at=timezone.now())


def test_a_walk_in_gets_an_account_a_place_and_is_in(today, fatima, harlow):
    place = walk_in(
        today, by=fatima, name="Wendy Ash", email="wendy@example.org", organisation=harlow, kind="developer"
    )

    assert place.checked_in_at
    assert (place.person.email, place.organisation) == ("wendy@example.org", harlow)
    assert not place.person.has_usable_password()
    assert mix_of(today)["developer"] == 1


def test_a_walk_in_with_an_account_keeps_it(today, fatima, ben):
    place = walk_in(today, by=fatima, name="Somebody", email=ben.email.upper())

    assert place.person == ben
    ben.refresh_from_db()
    assert ben.name == "Ben Okoro"


def test_a_walk_in_who_had_signed_up_is_simply_checked_in(today, fatima, ben):
    place = SignUpFactory(event=today, person=ben)

    assert walk_in(today, by=fatima, name="Ben", email=ben.email) == place
    assert today.sign_ups.count() == 1


def test_the_same_walk_in_twice_is_in_once(today, fatima):
    walk_in(today, by=fatima, name="Wendy Ash", email="wendy@example.org")

    with pytest.raises(Refused, match="already checked in"):
        walk_in(today, by=fatima, name="Wendy Ash", email="wendy@example.org")

    assert today.sign_ups.count() == 1


def test_a_walk_in_to_a_full_event_leaves_no_account_behind(today, fatima):
    SignUpFactory.create_batch(2, event=today)

    with pytest.raises(Refused, match="Every place is taken"):
        walk_in(today, by=fatima, name="Wendy Ash", email="wendy@example.org")

    assert not User.objects.filter(email="wendy@example.org").exists()


def test_a_missing_kind_of_people_is_named(today, fatima):
    for kind in ("service_user", "developer", "other"):
        place = SignUpFactory(event=today, kind=kind, status="waiting")
        set_capacity(today, by=fatima, capacity=9)
        check_in(place, by=fatima)

    assert missing_kinds(mix_of(today)) == ["Head of service", "Policy expert"]


def test_councils_count_once_however_many_they_send(harlow, surrey):
    event = EventFactory()
    SignUpFactory.create_batch(2, event=event, organisation=harlow)
    SignUpFactory(event=event, organisation=surrey, status=SignUp.Status.WAITING)
    SignUpFactory(event=event, person=UserFactory())

    assert [(council, council.people) for council in councils_coming(event)] == [(harlow, 2)]


def test_once_it_has_begun_only_councils_that_are_there_count(today, fatima, harlow, surrey):
    check_in(SignUpFactory(event=today, organisation=harlow), by=fatima)
    SignUpFactory(event=today, organisation=surrey)

    assert list(councils_coming(today)) == [harlow]
