"""What the page of the check-in desk shows: three groups of people, one button each."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.http import urlencode

from core.text import clean_line
from core.words import counted, moment_in_words, series, time_in_words
from councils.kinds import in_words, many_in_words
from events import guards
from events.desk.hours import day_is_over, is_put_right, why_shut
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
    why, has_come = why_shut(event), event.check_in_is_open
    coming, count = who_comes(event, who_is_here=has_come), desk_count(event)
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
        "walk_in_words": "Add them as a walk-in." if not why else "",
        "missing": missing_words(event, coming),
        "here_words": f"{_people_in_words(event, coming)}{councils}.",
        "room_heading": room_heading(event),
        "room": room_sentences(event, count, may_release=may_release),
        "is_open": not why,
        "shut_words": why or put_right_words(event),
        "may_release": may_release and count.expected > 0,
        "releases": releases,
        "kept": urlencode(
            {"q": asked.words} if asked.words else {"group": group} | ({"release": 1} if releases else {})
        ),
        "release_words": release_words(event, count) if releases else "",
        "release_all_words": release_all_words(event, count) if may_release and count.expected else "",
        "no_shows": count.expected,
        "released": _released(event) if not why and not event.has_ended else 0,
    }


FIRST = 12  # rows shown at once; all others open with one press


@dataclass(frozen=True)
class Rows:
    """The rows of a group: the first at once, the others behind a line that says how many there are."""

    first: list[SignUp]
    more: list[SignUp]
    more_words: str


def rows_of(page: Page, group: str) -> Rows:
    """The rows of one page of a group, each with its number in the group; all at once of what was searched for."""
    places = list(page)
    for number, place in enumerate(places, start=page.start_index()):
        place.number = number
    shown = FIRST if group and len(places) > FIRST + 3 else len(places)
    more = places[shown:]
    return Rows(places[:shown], more, f"{len(more):,} more {group}" if more else "")


def found_words(words: str, number: int, places: Iterable[SignUp]) -> str:
    """What a search has found, as a sentence; of a code whose it is and what to do."""
    place = next(iter(places), None)
    if not as_code(words) or place is None:
        return f"{number:,} found for “{words}”."
    if place.checked_in_at:
        return "Found by their code. They are checked in already."
    return "Found by their code. Compare the name, then check them in."


def missing_words(event: Event, coming: WhoComes) -> str:
    """The kinds that are missing, and while the day goes on how many of them are expected; empty in an empty room."""
    sentence = missing_sentence(event, coming)
    if not sentence or not coming.who_is_here or event.has_ended:
        return sentence
    if not coming.people:
        return ""
    expected = sum(kind.with_place for kind in coming.kinds if kind.is_needed and not kind.people)
    return f"{sentence} {counted(expected, 'is', 'are') if expected else 'None is'} expected."


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


def put_right_words(event: Event) -> str:
    """That the day is over and what can still be done, as sentences; empty until then."""
    if not is_put_right(event):
        return ""
    until = moment_in_words(event.feedback_closes_at)
    return f"The day is over. If somebody is missing, or was checked in by mistake, put it right by {until}."


GROUPS_AFTERWARDS = {"here": "came", "expected": "did not come", "waiting": "waited"}


def group_name(event: Event, group: str) -> str:
    """The name of a group on its tab: nobody is expected at a cancelled event, or after the end."""
    if event.state == Event.State.CANCELLED:
        return "had a place" if group == "expected" else group
    return GROUPS_AFTERWARDS[group] if event.has_ended else group


def room_heading(event: Event) -> str:
    """The heading over the mix of people."""
    if event.has_ended:
        return "Who came"
    return "Who is in the room" if event.check_in_is_open else "Who is coming"


def _people_in_words(event: Event, coming: WhoComes) -> str:
    if event.has_ended:
        return f"{counted(coming.people, 'person', 'people')} came"
    here = "here" if event.check_in_is_open else "coming"
    if not coming.people:
        return f"Nobody is {here} yet"
    return f"{counted(coming.people, 'person is', 'people are')} {here}"


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
        be = ("person was", "people were") if event.has_ended else ("person is", "people are")
        here = counted(count.here, *be)
        sentences.append(f"Over the room’s {event.capacity:,} by {count.here - event.capacity:,}: {here} here.")
        if count.expected and not event.has_ended:
            sentences.append(f"{counted(count.expected, 'more is', 'more are')} expected.")
    elif count.expected and (more := over(event, count)) and not event.has_ended:
        of_room = f"the room’s {counted(event.capacity, 'place')}"
        sentences.append(f"{count.here:,} here and {count.expected:,} expected are {more:,} more than {of_room}.")
        if may_release:
            sentences.append("No-shows can be released below.")
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
    return " ".join([f"{place.person} is checked in{without}.", *filter(None, guards.ONCE_CHECKED_IN.ask(place))])
