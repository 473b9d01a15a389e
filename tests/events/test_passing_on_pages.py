"""Passing a place on by its pages and mails: the giver offers it, the colleague reads, signs in and accepts."""

import pytest
from allauth.account.models import EmailAddress

from core import clock
from core.inbox import Reader
from core.signed_links import token_of
from events.inbox import places_offered
from events.models import PlaceOffer
from events.places.operations import (
    accept_offer,
    cancel_sign_up,
    offer_place,
    sign_up,
    take_back_offer,
)
from outbox.models import Message
from tests.events.passing_on import offered
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.pages import words

pytestmark = pytest.mark.django_db


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
