"""What every letter of events says, whatever its kind: what, when in UK time, where, and the event's own address."""

import datetime as dt
import inspect
import re

import pytest
from django.conf import settings

from core.clock import LONDON
from events.event.letters import letter
from outbox.kinds import discover
from tests.factories.events import EventFactory

TEMPLATES = sorted((settings.BASE_DIR / "templates/emails").glob("event_*.txt"))
SAYS = ("{{ event_on_its_day }}", "{{ event.when }} (UK time)", "emails/_event_where.txt", "{{ event_url }}")


def test_no_letter_of_events_knows_the_request_so_none_can_carry_its_host():
    kinds = [each for each in discover().values() if each.name.startswith("events.")]

    assert len(kinds) >= 18
    assert [each.name for each in kinds if "request" in inspect.signature(each.write).parameters] == []


def test_every_subject_line_names_the_event_and_its_day():
    subjects = {path.name: path.read_text().splitlines()[0] for path in TEMPLATES}

    assert [name for name, line in subjects.items() if "{{ event_on_its_day }}" not in line] == []


@pytest.mark.django_db
def test_a_day_stands_in_subject_lines_in_short_and_several_as_one_span():
    starts = dt.datetime(2030, 7, 6, 10, tzinfo=LONDON)
    one = EventFactory(title="Skills day", starts_at=starts, ends_at=starts + dt.timedelta(hours=6))
    several = EventFactory(title="Camp", starts_at=starts, ends_at=starts + dt.timedelta(days=2))

    said = [letter(event, "thanks").context["event_on_its_day"] for event in (one, several)]

    assert said == ["Skills day, 6 Jul 2030", "Camp, 6 to 8 Jul 2030"]


def test_every_letter_says_what_when_where_and_leads_to_the_event():
    silent = {(path.name, words) for path in TEMPLATES for words in SAYS if words not in path.read_text()}

    assert len(TEMPLATES) >= 12
    assert silent == set()


def test_every_moment_until_which_something_lasts_is_said_in_uk_time():
    bare = re.compile(r"\{\{ (until|expires) \}\}(?! \(UK time\))")

    assert [path.name for path in TEMPLATES if bare.search(path.read_text())] == []


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
    assert sum(f"https://portal.example.org{event.get_absolute_url()}" in message.body for message in messages) == 3
