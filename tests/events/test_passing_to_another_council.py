"""A place that would go to another council: it moves once an organiser agrees."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from core import clock
from core.errors import Refused
from core.inbox import Reader
from core.words import moment_in_words
from councils.models import EmailDomain
from events.inbox import places_to_agree
from events.models import Event, SignUp
from events.places.operations import (
    accept_offer,
    agree_to_pass_on,
    cancel_sign_up,
    offer_place,
    refuse_to_pass_on,
    sign_up,
    take_back_offer,
)
from events.places.permissions import waiting_for_agreement
from tests.events.letters import letters
from tests.factories.accounts import UserFactory, give_role
from tests.factories.councils import MembershipFactory, OrganisationFactory
from tests.factories.events import EventFactory, OrganiserFactory
from tests.pages import words

pytestmark = pytest.mark.django_db


def passed_on(giver, organisation, colleague, organiser):
    place = sign_up(EventFactory(), by=giver, organisation=organisation)
    offer = offer_place(place, to_email=colleague.email, by=giver)
    accept_offer(offer, by=colleague)
    return agree_to_pass_on(offer, by=organiser).place


def test_whoever_speaks_for_one_organisation_comes_for_it(amina, carlos, fatima, harlow, surrey):
    assert passed_on(amina, harlow, carlos, fatima).organisation == surrey

    MembershipFactory(person=carlos, organisation=OrganisationFactory())
    carlos = User.objects.get(pk=carlos.pk)
    assert passed_on(amina, harlow, carlos, fatima).organisation is None


def test_a_colleague_of_the_same_council_needs_nobody_s_agreement(amina, grace, ben, harlow):
    place = sign_up(EventFactory(), by=amina, organisation=harlow)

    assert accept_offer(offer_place(place, to_email=grace.email, by=amina), by=grace).person == grace
    # An address of the council is enough, since the code proved it.
    EmailDomain.objects.get_or_create(organisation=harlow, domain="harlow.gov.uk")
    EmailAddress.objects.create(user=ben, email="ben@harlow.gov.uk", verified=True)
    place = sign_up(EventFactory(), by=amina, organisation=harlow)
    moved = accept_offer(offer_place(place, to_email="ben@harlow.gov.uk", by=amina), by=ben)
    assert (moved.person, moved.organisation) == (ben, harlow)


def test_to_another_council_it_moves_once_the_organiser_agrees_and_both_are_told(
    amina, carlos, fatima, harlow, surrey, signed_in, deliver
):
    place = sign_up(EventFactory(title="Skills day"), by=amina, organisation=harlow)
    offer = offer_place(place, to_email=carlos.email, by=amina)
    deliver()
    page = words(signed_in(carlos).post(offer.get_absolute_url(), follow=True))
    assert "The organiser has to agree" in page
    place.refresh_from_db()
    assert place.person == amina
    assert {message.to[0] for message in deliver()} == {amina.email, carlos.email}
    for stranger in (amina, carlos):
        with pytest.raises(PermissionDenied):
            agree_to_pass_on(offer, by=stranger)
    with pytest.raises(Refused, match="offered to"):
        offer_place(place, to_email="x@example.org", by=amina)

    (line,) = places_to_agree(Reader(fatima, clock.now()))
    assert line.url == place.event.get_absolute_url()
    page = words(signed_in(fatima).get(place.get_absolute_url()))
    assert "Do not agree" in page
    page = words(signed_in(fatima).post(f"{place.get_absolute_url()}agree/", follow=True))

    assert "has changed hands" in page
    moved = SignUp.objects.get(pk=place.pk)
    assert (moved.person, moved.organisation) == (carlos, surrey)
    assert signed_in(amina).get(place.get_absolute_url()).status_code == 404
    assert {message.to[0] for message in deliver()} == {amina.email, carlos.email}
    agree_to_pass_on(offer, by=fatima)  # a second press
    assert deliver() == []


def test_without_the_organiser_s_agreement_it_stays_and_both_are_told(amina, carlos, fatima, harlow, deliver):
    place = sign_up(EventFactory(), by=amina, organisation=harlow)
    refused = offer_place(place, to_email=carlos.email, by=amina)
    accept_offer(refused, by=carlos)
    deliver()

    refuse_to_pass_on(refused, by=fatima)

    place.refresh_from_db()
    assert place.person == amina
    assert {message.to[0] for message in deliver()} == {amina.email, carlos.email}
    with pytest.raises(Refused, match="did not agree"):
        agree_to_pass_on(refused, by=fatima)
    taken_back = offer_place(place, to_email=carlos.email, by=amina)
    accept_offer(taken_back, by=carlos)
    deliver()
    take_back_offer(taken_back, by=amina)
    assert [message.to for message in deliver()] == [[carlos.email]]


def test_nobody_who_signed_up_meanwhile_gets_a_second_place_by_agreement(amina, carlos, fatima, harlow):
    place = sign_up(EventFactory(), by=amina, organisation=harlow)
    offer = offer_place(place, to_email=carlos.email, by=amina)
    accept_offer(offer, by=carlos)
    sign_up(place.event, by=carlos)

    with pytest.raises(Refused, match="has signed up for this event meanwhile"):
        agree_to_pass_on(offer, by=fatima)


def test_a_place_goes_to_nobody_whose_account_is_closed_by_now(amina, carlos, ben, fatima, harlow):
    offer = offer_place(sign_up(EventFactory(), by=amina, organisation=harlow), to_email=carlos.email, by=amina)
    accept_offer(offer, by=carlos)
    with pytest.raises(PermissionDenied):
        refuse_to_pass_on(offer, by=ben)
    User.objects.filter(pk=carlos.pk).update(is_active=False)

    with pytest.raises(Refused, match="Nobody waits for this place any more"):
        agree_to_pass_on(offer, by=fatima)


def test_a_place_waits_for_the_organiser_only_while_it_can_still_go(amina, ben, carlos, harlow):
    offer = offer_place(sign_up(EventFactory(), by=amina, organisation=harlow), to_email=carlos.email, by=amina)
    assert not waiting_for_agreement().exists()
    accept_offer(offer, by=carlos)
    offer.refresh_from_db()
    place = SignUp.objects.filter(pk=offer.place_id)

    for before, found in ((dt.timedelta(seconds=1), [offer]), (dt.timedelta(), [])):
        with clock.at(offer.expires_at - before):
            assert list(waiting_for_agreement()) == found
    for rows, change in (
        (place, {"checked_in_at": clock.now()}),
        (place, {"status": "cancelled", "ended_because": "gave_back"}),
        (place, {"person": ben}),
        (Event.objects, {"state": Event.State.CANCELLED}),
    ):
        with transaction.atomic():
            rows.update(**change)
            assert not waiting_for_agreement().exists(), change
            transaction.set_rollback(True)


def test_those_who_run_the_event_are_written_to_when_a_place_would_go_to_another_council(amina, ben, harlow, deliver):
    maker = give_role(UserFactory(), Role.FACILITATOR)
    event = EventFactory(made_by=maker)
    organiser = OrganiserFactory(event=event).person
    place = sign_up(event, by=amina, organisation=harlow)
    offer = offer_place(place, to_email=ben.email, by=amina)
    deliver()

    accept_offer(offer, by=ben)

    asked = [mail for mail in deliver() if "Does the place change hands?" in mail.subject]
    assert sorted(mail.to[0] for mail in asked) == sorted([maker.email, organiser.email])
    assert place.get_absolute_url() in asked[0].body


def test_they_are_not_asked_what_is_decided_or_what_they_run_no_more(amina, ben, harlow, fatima, deliver):
    event = EventFactory()
    no_more = OrganiserFactory(event=event)
    OrganiserFactory(event=event)
    offer = offer_place(sign_up(event, by=amina, organisation=harlow), to_email=ben.email, by=amina)
    accept_offer(offer, by=ben)
    no_more.delete()
    assert len(letters("offer_asks")) == 2

    agree_to_pass_on(offer, by=fatima)

    assert [mail for mail in deliver() if "Does the place change hands?" in mail.subject] == []


def test_mail_and_page_say_before_it_is_accepted_that_the_organiser_agrees_first(
    client, signed_in, amina, carlos, grace, harlow, deliver
):
    place = sign_up(EventFactory(), by=amina, organisation=harlow)
    deliver()
    offer = offer_place(place, to_email=carlos.email, by=amina)
    said = "if you do not come for Harlow, the organiser has to agree first"

    (mail,) = deliver()
    assert said in mail.body
    assert f"until {moment_in_words(offer.expires_at)} (UK time)" in mail.body
    assert said in words(client.get(offer.get_absolute_url()))
    assert "The place counts for Harlow, and you do not come for Harlow" in words(
        signed_in(carlos).get(offer.get_absolute_url())
    )
    take_back_offer(offer, by=amina)
    to_grace = offer_place(place, to_email=grace.email, by=amina)
    assert "organiser has to agree" not in words(signed_in(grace).get(to_grace.get_absolute_url()))


def test_a_place_of_a_pool_that_has_no_other_is_not_agreed_to_and_the_organiser_reads_why(
    signed_in, fatima, amina, carlos, harlow
):
    event = EventFactory(capacity=1)
    event.pools.create(name="districts", places=1, organisation_kinds=["district"])
    place = sign_up(event, by=amina, organisation=harlow)
    offer = offer_place(place, to_email=carlos.email, by=amina)
    accept_offer(offer, by=carlos)

    answer = signed_in(fatima).post(f"{place.get_absolute_url()}agree/")

    assert answer.status_code == 409
    page = words(answer)
    assert "This place is one of those for districts, and none is left for others. Share the places out anew" in page
    assert "signs up anew" not in page
    place.refresh_from_db()
    assert (place.person, place.organisation) == (amina, harlow)


def test_a_colleague_who_accepts_a_place_in_the_queue_to_which_one_was_offered_is_asked_whether_they_take_it(
    amina, ben, carlos, deliver
):
    event = EventFactory(capacity=1, offer_hours=48)
    first, waiting = sign_up(event, by=carlos), sign_up(event, by=amina)
    offer = offer_place(waiting, to_email=ben.email, by=amina)
    cancel_sign_up(first, by=carlos)
    deliver()

    place = accept_offer(offer, by=ben)

    assert (place.person, place.status) == (ben, SignUp.Status.OFFERED)
    (asks,) = [mail for mail in deliver() if mail.to == [ben.email]]
    assert "A place is offered to you until" in asks.subject
