"""Events as iCalendar: one file for one event, one feed for a filtered list."""

import datetime as dt
import zoneinfo
from collections.abc import Iterable

from django.conf import settings
from icalendar import Calendar
from icalendar import Event as Entry

from core.text import clean_line, clean_text
from events.models import Event

LONDON = zoneinfo.ZoneInfo("Europe/London")
# Part of every entry's identity: it must stay the same wherever the site is served.
UID_DOMAIN = "events.local-digital-alliance"
FILE_NAME, CONTENT_TYPE = "event.ics", "text/calendar; charset=utf-8"


def _entry(event: Event) -> Entry:
    """One event. Text is cleaned again: a stray control character would break the whole file."""
    is_cancelled = event.state == Event.State.CANCELLED
    entry = Entry()
    entry.add("uid", f"event-{event.pk}@{UID_DOMAIN}")
    entry.add("sequence", event.revision)
    entry.add("dtstamp", event.updated_at.astimezone(dt.UTC))
    entry.add("dtstart", event.starts_at.astimezone(LONDON))
    entry.add("dtend", event.ends_at.astimezone(LONDON))
    entry.add("summary", clean_line(event.title))
    entry.add("location", clean_line(event.venue))
    words = f"Cancelled: {event.cancelled_reason}\n\n{event.summary}" if is_cancelled else event.summary
    entry.add("description", clean_text(words))
    entry.add("url", settings.BASE_URL + event.get_absolute_url())
    entry.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    return entry


def _calendar(events: Iterable[Event], *, method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    years = set()
    for event in events:
        calendar.add_component(_entry(event))
        years |= {event.starts_at.year, event.ends_at.year}
    if years:
        # The rules of summer time for these years only; for all years they are longer than the events.
        calendar.add_missing_timezones(dt.date(min(years) - 1, 1, 1), dt.date(max(years) + 2, 1, 1))
    return calendar


def event_file(event: Event) -> bytes:
    """The event for a calendar; of a cancelled one, the news that it is off."""
    method = "CANCEL" if event.state == Event.State.CANCELLED else "PUBLISH"
    return _calendar([event], method=method).to_ical()


def feed(events: Iterable[Event], *, name: str) -> bytes:
    """A calendar to subscribe to, asked for again twice a day."""
    calendar = _calendar(events, method="PUBLISH")
    calendar.add("x-wr-calname", clean_line(name))
    calendar.add("refresh-interval", dt.timedelta(hours=12), parameters={"value": "DURATION"})
    return calendar.to_ical()
