"""Nobody can make the portal write to ever more addresses that they type: each way is limited, and says so."""

import datetime as dt

import pytest
from allauth.account import app_settings

from audit.models import AuditEvent
from audit.operations import line
from core import clock
from core.errors import Refused
from events.event.writing import ACTS, MOST_A_DAY
from events.inviting import operations as inviting
from events.inviting.operations import MOST_ADDRESSES, invite
from events.models import Invitation, PlaceOffer
from events.organisers.operations import MOST_ORGANISERS, make_organiser
from events.places.operations import offer_place, sign_up
from events.places.operations.offers import MOST_OFFERS
from events.places.without_account import PER_ADDRESS, PER_CLIENT
from outbox.models import Message
from tests.factories.events import EventFactory
from tests.pages import words

pytestmark = pytest.mark.django_db
WHY = "We have written to 40 addresses for you within a day. Try again tomorrow."


def asked_before(person, number):
    """So many mails to typed addresses that somebody has asked for, each way by turns, whatever became of them."""
    AuditEvent.objects.bulk_create(line(ACTS[n % len(ACTS)], by=person) for n in range(number))


def test_one_event_invites_so_many_addresses_and_no_more(signed_in, fatima, harlow, grace, monkeypatch):
    monkeypatch.setattr(inviting, "MOST_ADDRESSES", 2)
    event = EventFactory()
    for address in ("a@example.org", "b@example.org"):
        assert invite(event, by=fatima, address=address)
    page = f"{event.get_absolute_url()}invite/?cell=district.east-of-england"

    refused = signed_in(fatima).post(page, {"councils": [harlow.pk], "address": "c@example.org"})

    assert refused.status_code == 422
    assert "2 addresses are invited to this event already" in words(refused)
    assert refused.context["form"].errors.keys() == {"address"}
    assert 'value="c@example.org"' in refused.content.decode()
    assert f'value="{harlow.pk}" checked' in words(refused)
    assert Invitation.objects.count() == 2
    assert invite(event, by=fatima, address="a@example.org") == [], "who is invited is no new address"
    assert invite(event, by=fatima, councils=[harlow]), "councils are no typed addresses"
    assert invite(EventFactory(), by=fatima, address="c@example.org"), "another event has its own number"


WAYS = {
    "invite": lambda event, by: invite(event, by=by, address="z@example.org"),
    "offer_place": lambda event, by: offer_place(event.sign_ups.get(person=by), to_email="z@example.org", by=by),
    "make_organiser": lambda event, by: make_organiser(event, by=by, email="z@example.org"),
}


@pytest.mark.parametrize("way", WAYS)
def test_one_person_has_so_many_addresses_written_to_within_a_day_whichever_way(fatima, way):
    event = EventFactory(made_by=fatima)
    sign_up(event, by=fatima)
    asked_before(fatima, MOST_A_DAY - 1)

    WAYS[way](event, fatima)

    assert Message.objects.filter(address="z@example.org").count() == 1
    Invitation.objects.all().delete()
    PlaceOffer.objects.all().delete()
    event.organisers.all().delete()
    for each in WAYS.values():
        with pytest.raises(Refused, match=WHY):
            each(event, fatima)
    with clock.at(clock.now() + dt.timedelta(days=1, minutes=1)):
        WAYS[way](event, fatima)


def test_the_sentence_stands_beside_the_field_and_what_was_typed_stays(signed_in, fatima):
    event = EventFactory(made_by=fatima)
    place = sign_up(event, by=fatima)
    asked_before(fatima, MOST_A_DAY)
    client = signed_in(fatima)

    for page, field in (
        (f"{event.get_absolute_url()}invite/", "address"),
        (f"{place.get_absolute_url()}pass-on/", "email"),
        (f"{event.get_absolute_url()}organisers/", "email"),
    ):
        refused = client.post(page, {field: "z@example.org"})
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, [field]), page
        assert WHY in words(refused)
        assert 'value="z@example.org"' in refused.content.decode()


def test_what_others_ask_for_does_not_count(fatima, amina):
    asked_before(amina, MOST_A_DAY)

    assert invite(EventFactory(), by=fatima, address="z@example.org")


def test_every_limit_is_written_down_as_it_is(settings):
    said = (settings.BASE_DIR / "docs" / "assurance.md").read_text()
    codes, forms = PER_ADDRESS.split("/"), PER_CLIENT.split("/")

    for words_there in (
        f"{MOST_ADDRESSES} addresses an event",
        f"{MOST_A_DAY} a person within a day",
        f"{MOST_OFFERS} times a place",
        f"{MOST_ORGANISERS} organisers and invitations",
        f"{codes[0]} codes an address in {codes[1].rstrip('m')} minutes",
        f"{forms[0]} forms in {forms[1].rstrip('m')} minutes",
        f"{settings.ACCOUNT_MAX_EMAIL_ADDRESSES} addresses each",
    ):
        assert words_there in said, words_there
    rates = app_settings.RATE_LIMITS
    asked = ("confirm_email", "signup", "manage_email", "request_login_code", "reset_password")
    assert [rates[name] for name in asked] == [
        "3/15m/key",
        "20/m/ip",
        "10/m/user",
        "20/m/ip,3/m/key",
        "20/m/ip,5/m/key",
    ]
