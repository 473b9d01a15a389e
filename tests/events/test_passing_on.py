"""Passing a place on: offered to an address, with the same answer whoever has it, and moved once they accept."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core import clock
from core.errors import Refused
from core.schedules import discover
from events.desk.operations import check_in
from events.models import Event, PlaceOffer, SignUp
from events.places.operations import (
    accept_offer,
    agree_to_pass_on,
    cancel_sign_up,
    change_sign_up,
    forget_offers,
    offer_place,
    sign_up,
    take_back_offer,
)
from events.places.permissions import acceptable_offers
from events.programme.operations import cancel_event
from tests.events.letters import letters
from tests.events.passing_on import offered
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory

pytestmark = pytest.mark.django_db


def test_nothing_moves_until_the_colleague_accepts(amina, ben):
    event = EventFactory(capacity=1)
    offer = offered(event, amina, ben)

    assert offer.place.person == amina
    assert letters("offer") == [offer.pk]
    place = accept_offer(offer, by=ben)

    assert (place.person, place.status, place.position) == (ben, SignUp.Status.CONFIRMED, 1)
    event.refresh_from_db()
    assert event.places_taken == 1
    assert not event.sign_ups.filter(person=amina).exists()
    assert accept_offer(offer, by=ben) == place


def test_a_place_in_the_queue_keeps_its_position(amina, ben):
    event = EventFactory(capacity=1)
    sign_up(event, by=UserFactory())

    place = accept_offer(offered(event, amina, ben), by=ben)

    assert (place.status, place.position) == (SignUp.Status.WAITING, 2)


def test_the_old_link_no_longer_opens_the_place_and_personal_answers_are_gone(amina, ben, fatima, harlow):
    place = sign_up(EventFactory(), by=amina, organisation=harlow, access_needs="A diet", is_listed=True)
    old = place.reference

    offer = offer_place(place, to_email=ben.email, by=amina)
    accept_offer(offer, by=ben)
    passed = agree_to_pass_on(offer, by=fatima).place

    assert passed.reference != old
    assert (passed.access_needs, passed.is_listed, passed.organisation) == ("", False, None)


def test_only_whoever_has_the_address_accepts(amina, ben, carlos):
    offer = offered(EventFactory(), amina, ben)

    with pytest.raises(PermissionDenied, match="not one of yours"):
        accept_offer(offer, by=carlos)
    EmailAddress.objects.create(user=carlos, email=offer.to_email.lower() + ".uk", verified=True)
    with pytest.raises(PermissionDenied):
        accept_offer(offer, by=carlos)
    EmailAddress.objects.filter(user=ben).update(verified=False)
    with pytest.raises(PermissionDenied):
        accept_offer(offer, by=ben)


def test_an_offer_taken_back_run_out_or_overtaken_is_accepted_no_more(amina, ben, fatima, deliver):
    def too_late(offer, match):
        with pytest.raises(Refused, match=match):
            accept_offer(offer, by=ben)

    taken_back = offered(EventFactory(), amina, ben)
    take_back_offer(take_back_offer(taken_back, by=amina), by=amina)
    too_late(taken_back, "taken the offer back")
    given_back = offered(EventFactory(), amina, ben)
    cancel_sign_up(given_back.place, by=amina)
    too_late(given_back, "no longer has this place")
    cancelled = offered(EventFactory(), amina, ben)
    cancel_event(cancelled.place.event, by=fatima, reason="The venue flooded.")
    too_late(cancelled, "was cancelled")
    run_out = offered(EventFactory(), amina, ben)
    with clock.at(run_out.expires_at):
        too_late(run_out, "ran out on")
    assert run_out.expires_at < run_out.place.event.starts_at
    subjects = [message.subject for message in deliver()]
    assert [subject for subject in subjects if "offers you a place" in subject] == [
        f"Amina Shah offers you a place: {run_out.place.event}, {run_out.place.event.days}"
    ]


def test_an_offer_ends_at_the_start_at_the_latest(amina, ben):
    event = EventFactory(starts_at=clock.now() + dt.timedelta(days=2))

    assert offered(event, amina, ben).expires_at == event.starts_at


def test_what_was_accepted_cannot_be_taken_back(amina, ben):
    offer = offered(EventFactory(), amina, ben)
    accept_offer(offer, by=ben)

    with pytest.raises(Refused, match="has accepted"):
        take_back_offer(offer, by=amina)


def test_nobody_gets_two_places_and_only_they_hear_why(amina, ben):
    event = EventFactory()
    sign_up(event, by=ben)
    offer = offered(event, amina, ben)

    with pytest.raises(Refused, match="signed up for this event yourself"):
        accept_offer(offer, by=ben)


def test_one_offer_at_a_time_and_not_without_end(amina, ben):
    place = sign_up(EventFactory(), by=amina)
    for number in range(5):
        offer = offer_place(place, to_email=f"colleague-{number}@example.org", by=amina)
        with pytest.raises(Refused, match="offered to colleague"):
            offer_place(place, to_email=ben.email, by=amina)
        with pytest.raises(IntegrityError), transaction.atomic():
            PlaceOffer.objects.create(place=place, giver=amina, to_email="x@example.org", expires_at=offer.expires_at)
        take_back_offer(offer, by=amina)

    with pytest.raises(Refused, match="offered 5 times"):
        offer_place(place, to_email=ben.email, by=amina)


def test_after_an_offer_that_ran_out_comes_another(amina, ben):
    place = sign_up(EventFactory(), by=amina)
    first = offer_place(place, to_email=ben.email, by=amina)
    PlaceOffer.objects.update(expires_at=clock.now())

    second = offer_place(place, to_email=ben.email, by=amina)

    assert accept_offer(second, by=ben).person == ben
    first.refresh_from_db()
    assert first.state == PlaceOffer.State.EXPIRED


def test_who_does_not_hold_a_place_neither_offers_it_nor_takes_the_offer_back(amina, ben, carlos):
    offer = offered(EventFactory(), amina, ben)

    with pytest.raises(PermissionDenied):
        offer_place(offer.place, to_email=carlos.email, by=carlos)
    for person in (ben, carlos):
        with pytest.raises(PermissionDenied):
            take_back_offer(offer, by=person)


def test_one_s_own_address_and_a_place_in_use_are_refused(amina, fatima):
    place = sign_up(EventFactory(), by=amina)
    with pytest.raises(Refused, match="holds the place now"):
        offer_place(place, to_email=amina.email.upper(), by=amina)

    with clock.at(place.event.starts_at - dt.timedelta(minutes=5)):
        check_in(place, by=fatima)
        with pytest.raises(Refused, match="is checked in"):
            offer_place(place, to_email="x@example.org", by=amina)
        with pytest.raises(Refused, match="is checked in"):
            cancel_sign_up(place, by=amina)


@pytest.mark.parametrize("status", SignUp.PENDING)
def test_a_place_that_is_not_theirs_yet_is_passed_on_to_nobody(status):
    place = SignUpFactory(status=status)

    with pytest.raises(Refused, match="not yours yet"):
        offer_place(place, to_email="x@example.org", by=place.person)


def test_an_offer_is_listed_only_while_it_can_be_accepted(amina, ben, carlos):
    offer = offered(EventFactory(), amina, ben)
    place, event = SignUp.objects.filter(pk=offer.place_id), Event.objects.filter(pk=offer.place.event_id)
    now = clock.now()

    for before, found in ((dt.timedelta(seconds=1), [offer]), (dt.timedelta(), [])):
        with clock.at(offer.expires_at - before):
            assert list(acceptable_offers(ben)) == found
    for rows, change in (
        (place, {"checked_in_at": now}),
        (place, {"status": "cancelled", "ended_because": "gave_back"}),
        (place, {"person": carlos}),
        (PlaceOffer.objects, {"state": PlaceOffer.State.EXPIRED}),
        (event, {"state": Event.State.CANCELLED}),
        (event, {"starts_at": now}),
        (EmailAddress.objects.filter(user=ben), {"verified": False}),
    ):
        with transaction.atomic():
            rows.update(**change)
            assert not acceptable_offers(ben).exists(), change
            transaction.set_rollback(True)
    sign_up(offer.place.event, by=ben)
    assert not acceptable_offers(ben).exists()


def test_addresses_are_forgotten_two_weeks_after_the_event(amina, ben):
    offer = offered(EventFactory(), amina, ben)
    with clock.at(offer.place.event.ends_at + dt.timedelta(days=13)):
        assert forget_offers() == 0
    with clock.at(offer.place.event.ends_at + dt.timedelta(days=15)):
        assert forget_offers() == 1

    assert "events.schedules.forget_offers" in discover()


def test_answers_can_be_changed_until_the_start(amina, harlow, surrey):
    place = sign_up(EventFactory(), by=amina)

    place = change_sign_up(place, by=amina, organisation=harlow, access_needs="Step-free access")

    assert (place.organisation, place.access_needs) == (harlow, "Step-free access")
    with pytest.raises(Refused, match="not a confirmed member"):
        change_sign_up(place, by=amina, organisation=surrey)


# On the page ----------------------------------------------------------------------------------------------
