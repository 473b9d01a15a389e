"""Events as iCalendar: one file for one event, one feed for a filtered list."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from icalendar import Calendar, Timezone
from icalendar import Event as CalendarEntry

from core import clock
from core.text import clean_line, clean_text
from events.event.models import Event

# Part of every UID: it must stay the same wherever the site is served.
UID_DOMAIN = "events.local-digital-alliance"
# Summer time since 1996: it begins and ends at 01:00 UTC. Each onset stands in the time that the clocks showed before.
LONDON_RULES = f"""BEGIN:VTIMEZONE
TZID:{clock.LONDON.key}
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""
FILE_NAME, MEDIA_TYPE = "event.ics", "text/calendar"
CONTENT_TYPE = f"{MEDIA_TYPE}; charset=utf-8"


def _moment(moment: dt.datetime) -> dt.datetime:
    """The moment in London time; in UTC in the repeated hour of autumn, where a local time would mean the first one."""
    local = moment.astimezone(clock.LONDON)
    return moment.astimezone(dt.UTC) if local.fold else local


def _entry(event: Event, *, is_off: bool = False, made_at: dt.datetime | None = None) -> CalendarEntry:
    """The iCalendar entry of an event. Text is cleaned again: a stray control character would break the whole file."""
    is_cancelled = event.state == Event.State.CANCELLED
    entry = CalendarEntry()
    entry.add("uid", f"event-{event.pk}@{UID_DOMAIN}")
    entry.add("sequence", event.revision)
    entry.add("dtstamp", (made_at or event.updated_at).astimezone(dt.UTC))
    entry.add("dtstart", _moment(event.starts_at))
    entry.add("dtend", _moment(event.ends_at))
    entry.add("summary", clean_line(event.title))
    entry.add("location", clean_line(event.where))
    words = f"Cancelled: {event.cancelled_reason}\n\n{event.summary}" if is_cancelled else event.summary
    entry.add("description", clean_text(words))
    entry.add("url", settings.BASE_URL + event.get_absolute_url())
    entry.add("status", "CANCELLED" if is_cancelled or is_off else "CONFIRMED")
    return entry


def _calendar(entries: Iterable[CalendarEntry], *, method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if entries := list(entries):
        calendar.add_component(Timezone.from_ical(LONDON_RULES))
    for entry in entries:
        calendar.add_component(entry)
    return calendar


def event_file(event: Event, *, made_at: dt.datetime | None = None) -> bytes:
    """The iCalendar file of an event; of a cancelled one, its cancellation."""
    method = "CANCEL" if event.state == Event.State.CANCELLED else "PUBLISH"
    return _calendar([_entry(event, made_at=made_at)], method=method).to_ical()


def cancelling_file(event: Event, *, made_at: dt.datetime) -> bytes:
    """The iCalendar file that takes an event out of one person's calendar, whether or not it takes place."""
    return _calendar([_entry(event, is_off=True, made_at=made_at)], method="CANCEL").to_ical()


def feed(events: Iterable[Event], *, name: str) -> bytes:
    """A calendar to subscribe to; clients are asked to refresh it every twelve hours."""
    calendar = _calendar(map(_entry, events), method="PUBLISH")
    calendar.add("x-wr-calname", clean_line(name))
    calendar.add("refresh-interval", dt.timedelta(hours=12), parameters={"value": "DURATION"})
    return calendar.to_ical()
