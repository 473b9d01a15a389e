"""Once a year members affirm that they still act for their organisation; without an answer their membership ends."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from councils.models import Membership
from councils.operations import affirm_membership, ask_who_still_acts, end_membership, end_unaffirmed
from councils.permissions import can_contribute_for
from tests.factories.councils import MembershipFactory

pytestmark = pytest.mark.django_db
DECIDED = dt.datetime(2025, 3, 1, 9, tzinfo=dt.UTC)


@pytest.fixture
def place(harlow) -> Membership:
    """Confirmed on 1 March 2025."""
    return MembershipFactory(organisation=harlow, decided_at=DECIDED)


def day(number: int):
    """The clock so many days after the place was given."""
    return clock.at(DECIDED + dt.timedelta(days=number))


def test_after_a_year_everybody_is_asked_once(place, deliver, mail_at_any_time):
    with day(364):
        assert ask_who_still_acts() == 0
    with day(366):
        assert ask_who_still_acts() == 1
        assert ask_who_still_acts() == 0
        [message] = deliver()

    assert message.to == [place.person.email]
    assert message.subject == "Do you still act for Harlow?"
    assert "within 30 days" in message.body


def test_whoever_does_not_answer_no_longer_acts_and_is_told_why(place, harlow, deliver, mail_at_any_time):
    with day(366):
        ask_who_still_acts()
    with day(390):
        assert end_unaffirmed() == 0
        assert can_contribute_for(place.person, harlow)
    with day(397):
        assert end_unaffirmed() == 1
        mail = deliver()[-1]

    assert "you were asked whether you still act here, and did not answer" in mail.body
    assert not can_contribute_for(type(place.person).objects.get(pk=place.person_id), harlow)
    assert AuditEvent.objects.filter(action="councils.membership_ended").exists()


def test_whoever_answers_is_asked_again_a_year_later(place):
    with day(366):
        ask_who_still_acts()
        affirm_membership(place, by=place.person)
    with day(397):
        assert end_unaffirmed() == 0
    with day(366 + 364):
        assert ask_who_still_acts() == 0
    with day(366 + 366):
        assert ask_who_still_acts() == 1


def test_the_programme_of_2013_to_2015_is_not_asked(place):
    Membership.objects.filter(pk=place.pk).update(decided_at=dt.datetime(2014, 5, 1, tzinfo=dt.UTC))

    assert ask_who_still_acts() == 0


def test_nobody_answers_for_somebody_else(place, grace):
    with pytest.raises(PermissionDenied):
        affirm_membership(place, by=grace)


def test_a_place_that_ended_is_not_brought_back(place):
    end_membership(place, by=place.person)

    with pytest.raises(Refused):
        affirm_membership(place, by=place.person)


def test_the_account_page_asks_and_takes_the_answer(client, place, harlow):
    client.force_login(place.person)
    assert "Do you still act for Harlow?" not in client.get("/account/").content.decode()
    Membership.objects.filter(pk=place.pk).update(asked_to_affirm_at=dt.datetime(2026, 3, 3, tzinfo=dt.UTC))

    page = client.get("/account/").content.decode()
    assert "Do you still act for Harlow?" in page
    assert "by 2 April" in page
    address = reverse("councils:affirm", args=[harlow.slug, place.pk])
    assert address in page
    response = client.post(address, follow=True)

    assert "You act for Harlow for another year." in response.content.decode()
    place.refresh_from_db()
    assert place.affirmed_at is not None
    assert place.asked_to_affirm_at is None


def test_somebody_elses_place_is_not_there_to_answer_for(client, place, harlow, grace):
    client.force_login(grace)

    assert client.post(reverse("councils:affirm", args=[harlow.slug, place.pk])).status_code == 404
