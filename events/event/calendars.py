"""Events as iCalendar: one file for one event, one feed for a filtered list, one person's entry.

Which METHOD a file has is decided by RFC 5546. A file or feed that anybody may fetch publishes an event: ORGANIZER, no
ATTENDEE, and a cancelled event by its STATUS. What goes to one person about their own place is a REQUEST, and its end a
CANCEL: both name the ORGANIZER and that person as the one ATTENDEE, and the number of the second is higher than that of
the first, since calendars leave out what is not.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from icalendar import Calendar, Timezone, vCalAddress, vText
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


@dataclass(frozen=True)
class Holding:
    """How one person stands to an event, for an entry of their own."""

    name: str
    address: str
    url: str  # the page of their place
    given_up: int = 0  # how often a place of theirs at this event was given up
    is_off: bool = False
    is_sure: bool = True  # not while they wait for a place, or a place waits for them

    @property
    def changes(self) -> int:
        """What their own comings and goings add to the number of the entry: two for each place given up, one of them
        for the cancellation itself."""
        return 2 * self.given_up - self.is_off


def _entry(event: Event, *, of: Holding | None = None, made_at: dt.datetime | None = None) -> CalendarEntry:
    """The iCalendar entry of an event. Text is cleaned again: a stray control character would break the whole file."""
    is_cancelled = event.state == Event.State.CANCELLED
    entry = CalendarEntry()
    entry.add("uid", f"event-{event.pk}@{UID_DOMAIN}")
    entry.add("sequence", event.revision + (of.changes if of else 0))
    entry.add("dtstamp", (made_at or event.updated_at).astimezone(dt.UTC))
    entry.add("dtstart", _moment(event.starts_at))
    entry.add("dtend", _moment(event.ends_at))
    entry.add("summary", clean_line(event.title))
    entry.add("location", clean_line(event.where))
    words = f"Cancelled: {event.cancelled_reason}\n\n{event.summary}" if is_cancelled else event.summary
    own = f"\n\nYour place: {of.url}" if of and not of.is_off else ""
    entry.add("description", clean_text(words + own))
    entry.add("url", settings.BASE_URL + event.get_absolute_url())
    standing = "CONFIRMED" if of is None or of.is_sure else "TENTATIVE"
    entry.add("status", "CANCELLED" if is_cancelled or (of and of.is_off) else standing)
    entry.add("organizer", _organizer())
    return entry


def _organizer() -> vCalAddress:
    """The site itself, whose address the mails come from: an organiser's own is not for everybody to read."""
    return _address(settings.SITE_NAME, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])


def _address(name: str, address: str) -> vCalAddress:
    value = vCalAddress(f"mailto:{clean_line(address)}")
    value.params["CN"] = vText(clean_line(name).replace('"', "'"))
    return value


def _attendee(of: Holding) -> vCalAddress:
    """The person, who has answered already by signing up: their calendar asks nothing."""
    value = _address(of.name, of.address)
    answer = "DECLINED" if of.is_off else "ACCEPTED"
    value.params |= {"PARTSTAT": vText(answer), "RSVP": vText("FALSE"), "ROLE": vText("REQ-PARTICIPANT")}
    return value


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


def event_file(event: Event) -> bytes:
    """The iCalendar file of an event, for anybody; of a cancelled one it says so."""
    return _calendar([_entry(event)], method="PUBLISH").to_ical()


def own_file(event: Event, of: Holding, *, made_at: dt.datetime) -> bytes:
    """The iCalendar file that puts an event into one person's calendar, or takes it out once they or it are off."""
    entry = _entry(event, of=of, made_at=made_at)
    entry.add("attendee", _attendee(of))
    is_over = of.is_off or event.state == Event.State.CANCELLED
    return _calendar([entry], method="CANCEL" if is_over else "REQUEST").to_ical()


def feed(events: Iterable[Event], *, name: str) -> bytes:
    """A calendar to subscribe to, the same for everybody."""
    return _subscribed(map(_entry, events), name=name)


def own_feed(places: Iterable[tuple[Event, Holding]], *, name: str) -> bytes:
    """A calendar to subscribe to of one person's own places."""
    return _subscribed((_entry(event, of=holding) for event, holding in places), name=name)


def _subscribed(entries: Iterable[CalendarEntry], *, name: str) -> bytes:
    """A calendar that clients are asked to refresh every twelve hours."""
    calendar = _calendar(entries, method="PUBLISH")
    calendar.add("x-wr-calname", clean_line(name))
    calendar.add("refresh-interval", dt.timedelta(hours=12), parameters={"value": "DURATION"})
    return calendar.to_ical()
