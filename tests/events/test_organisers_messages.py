"""Those who run an event write to its people: shown first, sent once to each, and not without end."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from core import clock
from core.errors import Refused
from events.desk.operations import check_in, walk_in
from events.models import EventMessage
from events.places.operations import cancel_sign_up
from events.programme.operations import cancel_event
from events.running.operations import MOST_A_DAY, write_to_people
from outbox.models import Message
from tests.factories.events import EventFactory, OrganiserFactory, SignUpFactory
from tests.pages import plain_words

pytestmark = pytest.mark.django_db


SAID = {"subject": "Bring a laptop", "words": "The room has no computers.\n\nThere is coffee from 9."}


def write(event, by, audience="place"):
    return write_to_people(event, by=by, audience=audience, **SAID)


@pytest.fixture
def event():
    return EventFactory(slug="written", title="Agile")


def test_it_goes_once_to_each_of_those_it_is_for(event, fatima, deliver):
    seated, waits = SignUpFactory(event=event), SignUpFactory(event=event, status="waiting")
    SignUpFactory(event=event, status="cancelled")
    SignUpFactory(event=event, person__is_active=False)

    one = write(event, fatima)

    [mail] = deliver()
    assert (one.people, mail.to, mail.subject) == (1, [seated.person.email], f"Agile, {event.days}: Bring a laptop")
    assert "There is coffee from 9." in mail.body
    assert "Fatima Khan, who runs Agile" in mail.body
    assert seated.get_absolute_url() in mail.body
    write(event, fatima, audience="waiting")
    assert [mail.to for mail in deliver()] == [[waits.person.email]]


def test_after_the_day_those_who_came_are_thanked(fatima, deliver):
    event = EventFactory(started=True)
    came, away = SignUpFactory(event=event), SignUpFactory(event=event)
    check_in(came, by=fatima)
    deliver()

    write(event, fatima, audience="came")

    assert [mail.to for mail in deliver()] == [[came.person.email]]
    assert away.person.email != came.person.email


def test_whoever_gives_the_place_back_before_it_is_sent_does_not_get_it(event, fatima, deliver):
    place = SignUpFactory(event=event)
    write(event, fatima)

    cancel_sign_up(place, by=place.person)

    assert [mail.subject for mail in deliver() if "Bring a laptop" in mail.subject] == []


def test_a_message_of_a_day_that_was_cancelled_meanwhile_does_not_go_out(event, fatima, deliver):
    SignUpFactory(event=event)
    write(event, fatima)

    cancel_event(event, by=fatima, reason="Snow.")

    assert [mail.subject for mail in deliver() if "Bring a laptop" in mail.subject] == []


def test_a_sixth_message_of_a_day_is_refused_and_goes_the_next_day(event, fatima):
    SignUpFactory(event=event)
    for _ in range(MOST_A_DAY):
        write(event, fatima)

    with pytest.raises(Refused, match="You can write again from"):
        write(event, fatima)
    with clock.at(clock.now() + dt.timedelta(hours=25)):
        write(event, fatima)


def test_nobody_is_written_to_of_a_draft_a_cancelled_day_or_where_it_would_reach_nobody(event, fatima):
    with pytest.raises(Refused, match="reach nobody"):
        write(event, fatima)
    for state, why in (("draft", "draft"), ("cancelled", "cancelled")):
        with pytest.raises(Refused, match=why):
            write(EventFactory(state=state), fatima)


def test_the_page_shows_what_goes_out_and_sends_it_once(event, signed_in):
    SignUpFactory.create_batch(2, event=event)
    client = signed_in(OrganiserFactory(event=event).person)
    page = reverse("events:message", args=["written"])
    sent = {"audience": "place", **SAID, "form_token": "token-of-this-form"}

    shown = plain_words(client.post(page, sent))
    assert f"Agile, {event.days}: Bring a laptop" in shown
    assert "Send it to 2 people" in shown
    assert not EventMessage.objects.exists()

    for _ in range(2):
        client.post(page, sent | {"send": "yes"})
    assert EventMessage.objects.get().people == 2
    assert Message.objects.filter(kind="events.message").count() == 2


def test_the_form_that_sends_holds_no_field_that_can_be_changed(event, fatima, signed_in):
    """Else Enter in a field would press its first button, and send words that nobody has looked at."""
    SignUpFactory(event=event)
    page = reverse("events:message", args=["written"])

    shown = signed_in(fatima).post(page, {"audience": "place", **SAID}).content.decode()

    (sends,) = [form for form in re.findall("<form.*?</form>", shown, re.S) if 'name="send"' in form]
    assert "<textarea" not in sends
    assert set(re.findall('<input type="([a-z]+)"', sends)) == {"hidden"}
    assert all(f'name="{name}"' in sends for name in ("audience", *SAID))


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(event, fatima, signed_in):
    SignUpFactory(event=event)
    page = reverse("events:message", args=["written"])

    answer = signed_in(fatima).post(page, {"audience": "waiting", **SAID, "send": "yes"})

    assert answer.status_code in {409, 422}
    said = plain_words(answer)
    assert "it would reach nobody" in said
    assert "Bring a laptop" in said


def test_a_subject_cannot_carry_another_header(event, fatima, deliver):
    SignUpFactory(event=event)

    write_to_people(event, by=fatima, audience="place", subject="Hi\r\nBcc: x@example.org", words="Hello")

    [mail] = deliver()
    assert "\n" not in mail.subject
    assert mail.bcc == []


def test_whoever_gave_no_address_at_the_desk_is_not_written_to_and_the_page_says_how_many(fatima, signed_in, deliver):
    event = EventFactory(slug="written", started=True)
    walk_in(event, by=fatima, name="Wendy Ash")
    with pytest.raises(Refused, match="None of them gave an address"):
        write(event, fatima, audience="came")
    event.refresh_from_db()
    reached = check_in(SignUpFactory(event=event), by=fatima)
    deliver()
    client = signed_in(fatima)

    page = plain_words(client.get("/events/written/message/"))

    assert "Everybody who came (1 person; 1 more gave no address)" in page
    assert write(event, fatima, audience="came").people == 1
    assert [mail.to for mail in deliver()] == [[reached.person.email]]
    listed = plain_words(client.get("/events/written/people/"))
    assert "No address" in listed
    assert ".invalid" not in listed + client.get("/events/written/people/?format=csv").content.decode()


def test_of_those_written_to_the_page_counts_who_was_let_in_without_a_place(fatima, signed_in):
    event = EventFactory(slug="written", started=True, capacity=1)
    SignUpFactory(event=event)
    walk_in(event, by=fatima, name="Ravi Sen", email="ravi@example.org")

    page = plain_words(signed_in(fatima).get("/events/written/message/"))

    assert "Everybody with a place (2 people, 1 of them let in without a place)" in page
