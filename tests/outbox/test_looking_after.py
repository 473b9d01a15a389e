"""The secretariat sees which messages did not arrive, never their words, and has one sent again."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from outbox.emails import CODE
from outbox.models import Message, PausedAddress
from outbox.operations import send_again
from portal.status import health
from tests.factories.outbox import MessageFactory
from tests.outbox.kinds_for_tests import NOTICE

pytestmark = pytest.mark.django_db
State = Message.State


@pytest.fixture
def failed(amina) -> Message:
    PausedAddress.objects.create(address=amina.email, person=amina)
    return MessageFactory(person=amina, failed=True)


def test_a_message_that_is_sent_again_goes_though_its_address_was_paused(failed, sunita, deliver, amina):
    send_again(failed, by=sunita)

    assert [mail.to for mail in deliver()] == [[amina.email]]
    assert not PausedAddress.objects.exists()
    assert AuditEvent.objects.get(action="outbox.sent_again").by == sunita


@pytest.mark.parametrize("state", [State.WAITING, State.NOT_NEEDED, State.TURNED_OFF])
def test_only_what_failed_or_is_held_is_sent_again(sunita, state):
    with pytest.raises(Refused, match="has not failed"):
        send_again(MessageFactory(state=state), by=sunita)


def test_a_code_that_is_no_longer_kept_is_not_sent_again(sunita):
    with pytest.raises(Refused, match="ask for a new one"):
        send_again(MessageFactory(kind=CODE.name, body="", failed=True), by=sunita)


def test_a_message_whose_words_and_details_were_forgotten_is_not_sent_again(sunita, amina):
    old = MessageFactory(
        kind=NOTICE.name, about_id=amina.pk, failed=True, not_before=clock.now() - dt.timedelta(days=31)
    )

    with pytest.raises(Refused, match="no longer kept"):
        send_again(old, by=sunita)


def test_what_is_written_when_it_is_sent_needs_no_words_to_be_sent_again(sunita, amina, deliver):
    message = MessageFactory(kind=NOTICE.name, about_id=amina.pk, body="", failed=True)

    send_again(message, by=sunita)

    assert len(deliver()) == 1


def test_nobody_else_sends_a_message_again(failed, edith, amina):
    for person in (edith, amina):
        with pytest.raises(PermissionDenied):
            send_again(failed, by=person)


def test_the_admin_shows_whom_it_went_to_and_why_it_failed_and_no_words(signed_in, sunita, failed):
    client = signed_in(sunita)

    pages = [client.get(path) for path in ("/cms/messages/", f"/cms/messages/inspect/{failed.pk}/")]
    paused = client.get("/cms/paused_addresses/").content.decode()

    for page in pages:
        assert page.status_code == 200
        assert "550 5.1.1 No such user here" in page.content.decode()
        assert "Your password, an address or a second factor has changed" in page.content.decode()
        assert failed.kind not in page.content.decode()
        assert failed.person.email in page.content.decode()
        assert failed.body not in page.content.decode()
        assert failed.subject not in page.content.decode()
    assert failed.person.email in paused


def test_the_button_sends_it_again_and_says_so(signed_in, sunita, failed):
    client = signed_in(sunita)
    assert "Send again" in client.get(f"/cms/messages/inspect/{failed.pk}/").content.decode()

    page = client.post(f"/account/messages/{failed.pk}/send-again/", follow=True).content.decode()

    assert "The message is sent again." in page
    assert "Send again</button>" not in page
    failed.refresh_from_db()
    assert failed.state == State.WAITING


def test_the_admin_shows_messages_to_nobody_else(signed_in, edith, failed):
    client = signed_in(edith)

    assert client.get("/cms/messages/").status_code != 200
    assert client.post(f"/account/messages/{failed.pk}/send-again/").status_code == 403


def mail_line() -> str:
    return next(str(part) for part in health.parts() if part.name == "mail")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "mail: ok"),
        ({"failed": True}, "mail: degraded (1 message of the last day could not be sent)"),
        ({"tries": 2, "unsure": 1}, "mail: degraded (1 message of the last day may have come twice)"),
        ({"failed": True, "asked_at": dt.datetime(2026, 2, 1, tzinfo=dt.UTC)}, "mail: ok"),
    ],
)
def test_the_state_of_the_site_counts_what_failed_and_what_is_unsure(row, said):
    MessageFactory(**row)

    assert mail_line() == said


def test_the_state_of_the_site_says_since_when_a_message_waits():
    asked_at = clock.now() - health.LAGGING_MAIL * 2
    MessageFactory(not_before=asked_at)

    assert mail_line() == f"mail: degraded (a message has waited since {asked_at:%d %B %H:%M} UTC)"
