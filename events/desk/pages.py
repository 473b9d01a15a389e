"""What the page of the check-in desk shows: three groups of people, one button each."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode

from core import clock
from core.text import clean_line
from core.words import counted, series, time_in_words
from councils.kinds import in_words, many_in_words
from events.desk.queries import (
    GROUPS,
    DeskCount,
    desk_count,
    found_at_the_desk,
    people_at_the_desk,
    released_places,
)
from events.event.models import Event
from events.places.codes import as_code
from events.places.models import SignUp
from events.places.queries import check_in_has_begun
from events.places.who_comes import WhoComes, missing_sentence, who_comes


@dataclass(frozen=True)
class DeskQuery:
    """The query of the desk's address: words to search for, else one group; `releases` adds release buttons."""

    words: str
    group: str
    releases: bool
    last: uuid.UUID | None  # the place that was checked in a moment ago
    was_in: bool  # and was checked in before that

    @classmethod
    def of(cls, query: QueryDict) -> "DeskQuery":
        group = query.get("group", "")
        return cls(
            clean_line(query.get("q", ""))[:100],
            group if group in GROUPS else "",
            "release" in query,
            _reference(query.get("last", "")),
            "was_in" in query,
        )


def _reference(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def desk_page(event: Event, asked: DeskQuery) -> dict[str, Any]:
    """The context of the desk's page."""
    is_open = event.check_in_is_open
    coming, count = who_comes(event, who_is_here=is_open), desk_count(event)
    people = counted(coming.people, "person is", "people are")
    may_release = check_in_has_begun(event) and not event.has_ended
    group = asked.group or _first_group(event, count)
    releases = asked.releases and may_release and group == "expected" and not asked.words
    councils = f", from {counted(len(coming.councils), 'council')}" if coming.councils else ""
    return {
        "event": event,
        "q": asked.words,
        "group": "" if asked.words else group,
        "tabs": [
            (name, getattr(count, name), name == group and not asked.words, group_name(event, name)) for name in GROUPS
        ],
        "people": found_at_the_desk(event, asked.words) if asked.words else people_at_the_desk(event, group),
        "people_count": None if asked.words else getattr(count, group),
        "last": _last(event, asked),
        "was_in": asked.was_in,
        "group_words": group_words(event, count) if group == "waiting" and not asked.words else "",
        "mix": meter(coming),
        "tiers": tier_words(coming),
        "ends": day_is_over(event).isoformat().replace("+00:00", "Z"),
        "by_code": bool(as_code(asked.words)),
        "missing": missing_sentence(event, coming),
        "here_words": f"{people} {'here' if is_open else 'coming'}{councils}.",
        "room": room_sentences(event, count, may_release=may_release),
        "is_open": is_open,
        "shut_words": "" if is_open else shut_words(event),
        "may_release": may_release and count.expected > 0,
        "releases": releases,
        "kept": urlencode(
            {"q": asked.words} if asked.words else {"group": group} | ({"release": 1} if releases else {})
        ),
        "release_words": release_words(event, count) if releases else "",
        "release_all_words": release_all_words(event, count) if may_release and count.expected else "",
        "no_shows": count.expected,
        "released": _released(event) if is_open and not event.has_ended else 0,
    }


def meter(coming: WhoComes) -> list[tuple[str, int, int]]:
    """Each kind of people: how many of how many; nothing where the event has no kinds."""
    lines = [(kind.name, kind.people, kind.with_place) for kind in coming.kinds]
    return (
        [*lines, ("Others", coming.others, coming.others_with_place)] if lines and coming.others_with_place else lines
    )


def tier_words(coming: WhoComes) -> str:
    """The councils by what they are, the most first: 4 districts, 2 counties and 1 unitary; empty without councils."""
    most_first = sorted(coming.council_kinds.items(), key=lambda item: (-item[1], item[0]))
    return series(counted(number, in_words(kind), many_in_words(kind)) for kind, number in most_first)


def day_is_over(event: Event) -> dt.datetime:
    """The midnight in London after its last day, until which a phone keeps what it could not send."""
    last = timezone.localtime(event.ends_at, clock.LONDON).date()
    midnight = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), tzinfo=clock.LONDON)
    return midnight.astimezone(dt.UTC)


def shut_words(event: Event) -> str:
    """Why check-in is not open, as a sentence."""
    if event.state == Event.State.CANCELLED:
        return f"This event is cancelled: {event.cancelled_reason}"
    return "Check-in opens on the day of the event."


def group_name(event: Event, group: str) -> str:
    """The name of a group on its tab: nobody is expected at a cancelled event."""
    is_off = event.state == Event.State.CANCELLED
    return "had a place" if is_off and group == "expected" else group


def _first_group(event: Event, count: DeskCount) -> str:
    """The group that is shown if none is asked for: those still to come, if any."""
    return "here" if event.has_ended or (count.here and not count.expected) else "expected"


def _last(event: Event, asked: DeskQuery) -> SignUp | None:
    if asked.last is None:
        return None
    arrived = event.sign_ups.filter(reference=asked.last, checked_in_at__isnull=False)
    return arrived.select_related("person").first()


def over(event: Event, count: DeskCount) -> int:
    """How many more people are here or expected than there are places."""
    return max(count.here + count.expected - event.capacity, 0)


def room_sentences(event: Event, count: DeskCount, *, may_release: bool) -> str:
    """How far the room is over its capacity and how many are still expected, as sentences; empty while all fit."""
    sentences = []
    if count.here > event.capacity:
        here = counted(count.here, "person is", "people are")
        sentences.append(f"Over the room’s {event.capacity:,} by {count.here - event.capacity:,}: {here} here.")
    if count.expected and over(event, count) and not event.has_ended:
        held = "place is held by somebody who is", "places are held by people who are"
        sentences.append(f"{counted(count.expected, *held)} not here yet.")
        if may_release:
            sentences.append("Release the places of those who are not coming.")
    return " ".join(sentences)


def group_words(event: Event, count: DeskCount) -> str:
    """Who gets the next place, those in the room before the waiting list, as sentences."""
    if not count.waiting or event.has_ended or not event.check_in_is_open:
        return ""
    sentences = []
    if count.without:
        are, get = ("is", "gets") if count.without == 1 else ("are", "get")
        number = counted(count.without, "person", "people")
        sentences.append(f"{number} {are} in the room without a place and {get} the next that is released.")
    if count.waiting > count.without and event.is_full:
        sentences.append("Every place is promised. Whoever is let in gets the next place that is released.")
    elif count.waiting > count.without:
        free = counted(event.places_left, "place is", "places are")
        sentences.append(f"{free} free: whoever comes first gets one, in this order among those who are here.")
    return " ".join(sentences)


def release_words(event: Event, count: DeskCount) -> str:
    """What releasing a place does, as sentences."""
    without = over(event, count)
    goes = "A released place stays free for whoever comes to the door."
    if without == 1:
        goes = "The first place released goes to the person who is here without one; others stay free for the door."
    elif without:
        goes = (
            f"The first {without} places released go to those who are here without one; others stay free for the door."
        )
    return f"{goes} We write to whoever held it. If they come after all, add them as a walk-in."


def release_all_words(event: Event, count: DeskCount) -> str:
    """What releasing every no-show does, as sentences, before it is done."""
    goes = min(count.without, count.expected)
    stays = count.expected - goes
    parts = [f"{goes:,} go to those waiting here"] if goes > 1 else ["1 goes to the person waiting here"] * goes
    parts += [f"{stays:,} {'stay' if stays > 1 else 'stays'} free for walk-ins"] if stays else []
    return f"{', '.join(parts)}. Best once latecomers have had time to come. Can be undone until the end."


def _released(event: Event) -> int:
    """How many places have been released and could be brought back."""
    return len(released_places(event))


def was_in_before(place: SignUp) -> bool:
    """Whether the person was in already when this press was written down: of two desks at once, only one was first."""
    return bool(place.checked_in_at and getattr(place, "was_in", False))


def arrival_words(place: SignUp) -> str:
    """The message after a check-in; with the time, where the person was checked in before."""
    if place.checked_in_at and was_in_before(place):
        since = time_in_words(place.checked_in_at, with_weekday=place.event.is_several_days)
        return f"{place.person} is in since {since}."
    without = ". Every place is held, so they have none" if place.is_over_capacity else ""
    return f"{place.person} is checked in{without}."
