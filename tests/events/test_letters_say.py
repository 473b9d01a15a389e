"""What every letter of events says, whatever its kind: what, when in UK time, where, and the event's own address."""

import pytest
from django.conf import settings

from tests.factories.events import EventFactory

TEMPLATES = sorted((settings.BASE_DIR / "templates/emails").glob("event_*.txt"))
SAYS = ("{{ event.title }}", "{{ event.when }} (UK time)", "emails/_event_where.txt", "{{ event_url }}")


def test_every_letter_says_what_when_where_and_leads_to_the_event():
    silent = {(path.name, words) for path in TEMPLATES for words in SAYS if words not in path.read_text()}

    assert len(TEMPLATES) >= 12
    assert silent == set()


@pytest.mark.django_db
def test_links_have_the_site_s_own_address_whatever_host_was_asked(signed_in, amina, deliver, settings):
    settings.BASE_URL, settings.ALLOWED_HOSTS = "https://portal.example.org", ["*"]
    event = EventFactory()
    client = signed_in(amina)

    client.post(f"/events/{event.slug}/sign-up/", {}, headers={"host": "evil.example.net"})
    place = event.sign_ups.get()
    to = {"email": "colleague@example.org"}
    client.post(f"{place.get_absolute_url()}pass-on/", to, headers={"host": "evil.example.net"})
    stranger = {"name": "Rosa Gill", "email": "rosa@example.org"}
    client.logout()
    client.post(f"/events/{event.slug}/sign-up/", stranger, headers={"host": "evil.example.net"})

    messages = deliver()
    assert len(messages) == 3
    for message in messages:
        assert "evil.example.net" not in message.body
        assert "evil.example.net" not in str(message.attachments)
    assert sum(f"https://portal.example.org{event.get_absolute_url()}" in message.body for message in messages) == 2
