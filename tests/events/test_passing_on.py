"""Passing a place on to a colleague: by the confirmed address of their account, as it is, and for good."""

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import Refused
from events.models import SignUp
from events.operations import change_sign_up, pass_on, sign_up
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db


def test_the_colleague_has_the_place_and_the_first_person_has_none(amina, ben):
    event = EventFactory(capacity=1)
    place = sign_up(event, by=amina)

    passed = pass_on(place, to_email=ben.email.upper(), by=amina)

    assert (passed.person, passed.status, passed.position) == (ben, SignUp.Status.CONFIRMED, 1)
    event.refresh_from_db()
    assert event.places_taken == 1
    assert not event.sign_ups.filter(person=amina).exists()


def test_a_place_in_the_queue_keeps_its_position(amina, ben):
    event = EventFactory(capacity=1)
    sign_up(event, by=UserFactory())
    place = sign_up(event, by=amina)

    passed = pass_on(place, to_email=ben.email, by=amina)

    assert (passed.status, passed.position) == (SignUp.Status.WAITING, 2)


def test_the_old_link_no_longer_opens_the_place_and_personal_answers_are_gone(amina, ben, harlow):
    place = sign_up(EventFactory(), by=amina, organisation=harlow, access_needs="A diet", is_listed=True)
    old = place.reference

    passed = pass_on(place, to_email=ben.email, by=amina)

    assert passed.reference != old
    assert (passed.access_needs, passed.is_listed, passed.organisation) == ("", False, None)


@pytest.mark.parametrize("address", ["nobody@example.org", "not an address", ""])
def test_without_an_account_the_refusal_says_how(amina, address):
    place = sign_up(EventFactory(), by=amina)

    with pytest.raises(Refused, match="create an account"):
        pass_on(place, to_email=address, by=amina)


def test_an_unconfirmed_address_is_no_account(amina):
    colleague = UserFactory(verified=False)
    place = sign_up(EventFactory(), by=amina)

    with pytest.raises(Refused, match="confirm the address"):
        pass_on(place, to_email=colleague.email, by=amina)


def test_nobody_gets_two_places(amina, ben):
    event = EventFactory()
    sign_up(event, by=ben)
    place = sign_up(event, by=amina)

    with pytest.raises(Refused, match="already signed up"):
        pass_on(place, to_email=ben.email, by=amina)


def test_passing_on_to_oneself_is_refused(amina):
    place = sign_up(EventFactory(), by=amina)

    with pytest.raises(Refused, match="holds the place now"):
        pass_on(place, to_email=amina.email, by=amina)


def test_a_stranger_cannot_take_a_place_this_way(amina, ben):
    place = sign_up(EventFactory(), by=amina)

    with pytest.raises(PermissionDenied):
        pass_on(place, to_email=ben.email, by=ben)


def test_answers_can_be_changed_until_the_start(amina, harlow, surrey):
    place = sign_up(EventFactory(), by=amina)

    place = change_sign_up(place, by=amina, organisation=harlow, access_needs="Step-free access")

    assert (place.organisation, place.access_needs) == (harlow, "Step-free access")
    with pytest.raises(Refused, match="not a confirmed member"):
        change_sign_up(place, by=amina, organisation=surrey)
