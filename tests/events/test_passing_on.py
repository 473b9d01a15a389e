"""Passing a place on: offered to an address, with the same answer whoever has it, and moved once they accept."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.roles import Role
from core import clock
from core.errors import Refused
from core.inbox import Reader
from core.schedules import discover
from core.signed_links import token_of
from core.words import moment_in_words
from councils.models import EmailDomain
from events.desk.operations import check_in
from events.inbox import places_offered, places_to_agree
from events.models import PlaceOffer, SignUp
from events.places.operations import (
    accept_offer,
    agree_to_pass_on,
    cancel_sign_up,
    change_sign_up,
    forget_offers,
    offer_place,
    refuse_to_pass_on,
    sign_up,
    take_back_offer,
)
from events.programme.operations import cancel_event
from outbox.models import Message
from tests.events.letters import letters
from tests.factories.accounts import UserFactory, give_role
from tests.factories.councils import MembershipFactory, OrganisationFactory
from tests.factories.events import EventFactory, OrganiserFactory, SignUpFactory

pytestmark = pytest.mark.django_db


def words(response):
    return " ".join(response.content.decode().split())


def offered(event, giver, colleague):
    return offer_place(sign_up(event, by=giver), to_email=colleague.email.upper(), by=giver)


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
    assert f"{carlos} cannot have this place. It is one of those for districts" in page
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


def test_what_cannot_be_passed_on_is_said_before_an_address_is_typed(signed_in, amina, ben):
    event = EventFactory()
    own, given_back = sign_up(event, by=ben), sign_up(event, by=amina)
    cancel_sign_up(given_back, by=amina)
    client = signed_in(amina)
    page = words(client.get(f"{given_back.get_absolute_url()}pass-on/", follow=True))
    assert "This place was given back already." in page
    assert "It stays yours" not in page

    to_offered = SignUpFactory(person=amina, status="offered").get_absolute_url()
    assert "This place is not yours yet." in words(client.get(f"{to_offered}pass-on/", follow=True))

    sign_up(event, by=amina)
    page = words(client.get(offer_place(own, to_email=amina.email, by=ben).get_absolute_url()))
    assert ">Accept<" not in page
    assert "You are signed up for this event yourself." in page


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


def test_the_address_in_the_mail_is_signed_for_this_one_purpose(client, amina, ben):
    offer = offered(EventFactory(), amina, ben)
    token = offer.get_absolute_url().rstrip("/").rpartition("/")[2]

    assert client.get(offer.get_absolute_url()).status_code == 200
    for other in (offer.key, offer.key.hex, token[:-1], token_of("another.purpose", offer.key)):
        assert client.get(f"/sign-ups/offers/{other}/").status_code == 404
    offer.refresh_from_db()
    assert offer.state == PlaceOffer.State.OPEN


def test_the_answer_is_the_same_whoever_has_the_address(signed_in, amina, ben, deliver):
    """With an account, without one, unconfirmed, closed, signed up already: nobody learns it this way."""
    event = EventFactory(title="Skills day")
    sign_up(event, by=ben)
    deliver()
    closed, unconfirmed = UserFactory(is_active=False), UserFactory(verified=False)
    addresses = [ben.email, UserFactory().email, closed.email, unconfirmed.email, "nobody@example.org"]
    client, answers = signed_in(amina), set()
    for address in addresses:
        place = SignUpFactory(event=EventFactory(title="Skills day"), person=amina)
        response = client.post(f"{place.get_absolute_url()}pass-on/", {"email": address}, follow=True)
        answers.add((response.status_code, words(response).split("<main")[1].split("</main>")[0].replace(address, "X")))

    # The addresses of the pages hold each place's own reference; nothing else differs.
    assert {status for status, _ in answers} == {200}
    assert all("We are writing to X. The place stays yours until they accept." in page for _, page in answers)
    assert len({page.split("lda-heading")[1].split("</div>")[0] for _, page in answers}) == 1
    messages = deliver()
    assert [message.to for message in messages] == [[address] for address in addresses]
    assert len({message.subject for message in messages}) == 1


def test_the_invitation_names_the_giver_and_says_when_where_and_until_when(amina, ben, deliver):
    offer = offered(EventFactory(title="Skills day", venue="Leeds"), amina, ben)

    message, _ = deliver()  # what gives a right goes first; then the confirmation
    assert message.subject == f"Amina Shah offers you a place: Skills day, {offer.place.event.days}"
    assert f"When: {offer.place.event.when}" in message.body
    assert "Where: Leeds" in message.body
    assert offer.get_absolute_url() in message.body
    assert message.attachments == []
    sent = Message.objects.get(kind="events.offer")
    assert (sent.state, sent.body) == (Message.State.SENT, "")  # its link is not kept


def test_both_hear_that_it_was_accepted_and_the_giver_can_clear_their_calendar(amina, ben, deliver):
    offer = offered(EventFactory(title="Skills day"), amina, ben)
    deliver()
    accept_offer(offer, by=ben)

    to_ben, to_amina = deliver()
    on_its_day = f"Skills day, {offer.place.event.days}"
    assert (to_ben.to, to_ben.subject) == ([ben.email], f"You have a place: {on_its_day}")
    assert (to_amina.to, to_amina.subject) == ([amina.email], f"Ben Okoro has accepted your place: {on_its_day}")
    assert "METHOD:CANCEL" in to_amina.attachments[0][1]


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


def test_the_giver_sees_it_offered_and_takes_it_back_on_the_page(signed_in, amina, ben):
    offer = offered(EventFactory(), amina, ben)
    client, address = signed_in(amina), offer.place.get_absolute_url()

    page = words(client.get(address))
    assert f"You have offered it to {offer.to_email}, until" in page
    assert "Pass on to a colleague" not in page
    assert "take that offer back first" in words(client.get(f"{address}pass-on/"))
    assert client.get(f"{address}take-back/").status_code == 405
    page = words(client.post(f"{address}take-back/", follow=True))

    assert "The offer is taken back." in page
    assert "Pass on to a colleague" in page
    client.post(f"{address}take-back/")  # a second press


def test_the_colleague_reads_the_offer_signs_in_and_accepts(client, signed_in, amina, ben, carlos):
    offer = offered(EventFactory(title="Skills day"), amina, ben)
    address = offer.get_absolute_url()

    page = words(client.get(address))
    assert "Amina Shah offers you a place" in page
    assert f"/accounts/login/?next={address}" in page
    assert f"/accounts/signup/?next={address}" in page
    assert client.post(address)["Location"] == f"/accounts/login/?next={address}"
    of_another = words(signed_in(carlos).get(address))
    assert "an address that is not a confirmed one of yours" in of_another
    assert ">Accept<" not in of_another.replace(" ", "")
    assert client.post(address).status_code == 403
    offer.place.refresh_from_db()
    assert offer.place.person == amina

    assert ">Accept<" in words(signed_in(ben).get(address)).replace(" ", "")
    page = words(client.post(address, follow=True))
    assert "You have accepted." in page
    assert "You have a place" in page
    assert "This place has been accepted." in words(client.get(address))


def test_an_offer_that_cannot_be_accepted_answers_409_with_the_reason_and_the_way_back(signed_in, amina, ben):
    event = EventFactory()
    offer = offered(event, amina, ben)
    sign_up(event, by=ben)

    refused = signed_in(ben).post(offer.get_absolute_url())

    assert refused.status_code == 409
    assert "Leave your own place first" in words(refused)
    assert f'href="{offer.get_absolute_url()}"' in refused.content.decode()


def test_an_offered_place_waits_for_whoever_may_accept_it(amina, ben, carlos, signed_in):
    event = EventFactory(slug="offered")
    EmailAddress.objects.get_or_create(user=ben, email=ben.email, defaults={"verified": True, "primary": True})
    offer = offered(event, amina, ben)

    (line,) = places_offered(Reader(ben, clock.now()))
    assert (line.title, line.closes_at) == (event.title, offer.expires_at)
    assert [(action.text, action.is_post) for action in line.actions] == [("Accept", True)]
    assert places_offered(Reader(carlos, clock.now())) == []
    page = words(signed_in(ben).get("/events/offered/"))
    assert "A place is offered to you" in page
    assert "Take a place" not in page

    take_back_offer(offer, by=amina)
    assert places_offered(Reader(ben, clock.now())) == []


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
