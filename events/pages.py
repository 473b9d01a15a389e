"""What the pages of events show, in words."""

from typing import Any

from django.db.models import F, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from accounts.models import AnyUser
from core import clock
from core.panels import panel_context
from core.spans import days_in_short, hour_or_year, moment_in_words
from core.text import counted
from events.models import Event, PlaceOffer, SignUp
from events.permissions import can_accept_offer, reads_as_staff
from events.queries import (
    FOUR_KINDS,
    Outcomes,
    feedback_closes_at,
    feedback_is_open,
    listed_people,
    missing_kinds,
    open_offer,
    own_place,
    queue_position,
    results_for,
    waiting_count,
    who_comes,
)
from events.running import run_block
from events.words import waiting_words
from projects.permissions import visible_needs, visible_prototypes
from projects.steps import steps_of_discovery

WAS_WAITING = "You were on the waiting list"


def state_of(event: Event, place: SignUp | None = None) -> tuple[str, str]:
    """The word in the frame, and its colour: for those who are signed up, their own state."""
    if event.state != Event.State.PUBLISHED:
        return event.get_state_display(), "coral" if event.state == Event.State.CANCELLED else "grey"
    if event.has_ended:
        return ("You were there", "teal") if place and place.checked_in_at else ("", "")
    if place is not None and place.checked_in_at:
        return "You are checked in", "teal"
    if place is not None and place.status == SignUp.Status.WAITING:
        return (WAS_WAITING, "grey") if event.has_started else (place.get_status_display(), "amber")
    if place is not None:
        return place.get_status_display(), "green"
    if event.has_started:
        return "On now", "violet"
    if not event.takes_sign_ups:
        return "Sign-up closed", "grey"
    if event.is_full:
        return "Waiting list", "amber"
    return counted(event.places_left, "place") + " left", "green"


def when_of(event: Event) -> str:
    """`6 Jul, 10:00`, in another year `6 to 7 Jul 2027`."""
    beside = hour_or_year(event.starts_at)
    return f"{days_in_short(event.starts_at, event.ends_at)}{', ' if ':' in beside else ' '}{beside}"


def places_sentence(event: Event, place: SignUp | None) -> str:
    """How full it is, for those who could still come."""
    if not event.takes_sign_ups or place is not None:
        return ""
    if not event.is_full:
        return f"{event.places_left:,} of {counted(event.capacity, 'place')} left."
    waiting = waiting_count(event)
    queue = f"{counted(waiting, 'person', 'people')} waiting" if waiting else "Nobody is waiting yet"
    taken = "Its one place is" if event.capacity == 1 else f"All {event.capacity:,} places are"
    return f"{taken} taken. {queue}: you would be number {waiting + 1}."


def councils_sentence(event: Event, councils: list[tuple[str, int]]) -> str:
    """12 councils: Harlow, Luton (2), …"""
    names = [f"{name} ({people})" if people > 1 else name for name, people in councils]
    if not names:
        return "No council was checked in." if event.has_ended else "No council has signed up yet."
    return f"{counted(len(names), 'council')}: {', '.join(names)}"


def people_sentence(event: Event, people: int) -> str:
    """How many come, are there, or came."""
    words = counted(people, "person", "people")
    if not event.has_started:
        return f"{words} coming."
    if not event.has_ended:
        return f"{words} {'is' if people == 1 else 'are'} checked in."
    return f"{words} {'was' if people == 1 else 'were'} checked in."


def mix_lines(mix: dict[str, int]) -> list[tuple[str, int]]:
    """The four kinds with how many of each, and the others where there are any."""
    others = [("Others", mix[SignUp.Kind.OTHER])] if mix[SignUp.Kind.OTHER] else []
    return [(str(kind.label), mix[kind]) for kind in FOUR_KINDS] + others


def missing_sentence(event: Event, mix: dict[str, int]) -> str:
    """Which of the four kinds nobody stands for (W2); empty for other kinds of event."""
    if event.kind != Event.Kind.CO_DESIGN_DAY or event.state == Event.State.CANCELLED:
        return ""
    if not (missing := missing_kinds(mix)):
        return ""
    verb = "Nobody came as" if event.has_ended else "Nobody is here as" if event.has_started else "Nobody is coming as"
    return f"{verb} {_either(missing)}. A Co-Design Day needs all four kinds of people."


MIX_COLUMNS = ["Kind", ("People", "numeric")]
OUTCOME_COLUMNS = ["People who answered", ("Yes", "numeric"), ("Of those who answered", "numeric")]


def _either(kinds: list[str]) -> str:
    words = [("a " if kind[0] not in "AEIOU" else "an ") + kind.lower() for kind in kinds]
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _facts(event: Event) -> list[tuple[str, ...]]:
    facts: list[tuple[str, ...]] = [("When", event.when), ("Where", event.venue)]
    facts.append(("Stream", event.get_stream_display()))
    if event.host:
        facts.append(("Host", event.host.name, event.host.get_absolute_url()))
    if event.discovery:
        facts.append(("Discovery", event.discovery.title, event.discovery.get_absolute_url()))
    return facts


def _came_out(event: Event, user: AnyUser) -> dict[str, list[dict[str, str]]]:
    """Needs and prototypes of the day in one query, as the lines of two lists."""
    columns = ("kind", "title", "slug", "note")
    needs = visible_needs(user).filter(events=event).order_by()
    prototypes = visible_prototypes(user).filter(events=event).order_by()
    lines: Any = needs.annotate(kind=Value("need"), note=Cast("who_for", TextField())).values_list(*columns)
    lines = lines.union(prototypes.annotate(kind=Value("prototype"), note=F("summary")).values_list(*columns))
    found: dict[str, list[dict[str, str]]] = {"needs": [], "prototypes": []}
    for kind, title, slug, note in lines.order_by("title"):
        found[f"{kind}s"].append({"title": title, "url": reverse(f"projects:{kind}", args=[slug]), "note": note})
    return found


def event_page(event: Event, user: AnyUser) -> dict[str, Any]:
    """One event, before its day and after. `event` comes with the reader's own place."""
    place, is_staff = own_place(event, user), reads_as_staff(user)
    coming = who_comes(event)
    mix, people = coming.mix, coming.people
    is_coming_up, is_waiting = not event.has_started, place is not None and place.status == SignUp.Status.WAITING
    return {
        "event": event,
        "place": place,
        "queue_position": queue_position(place) if is_waiting and place and is_coming_up else None,
        "waiting_words": waiting_words(event) if is_waiting else "",
        "is_staff": is_staff,
        **(run_block(event, user) if is_staff else {}),
        "may_cancel": not event.has_ended and not event.arrived,
        "state": state_of(event, place),
        "facts": _facts(event),
        "places_sentence": places_sentence(event, place),
        "councils_sentence": councils_sentence(event, coming.councils),
        "people_sentence": people_sentence(event, people),
        "listed": list(listed_people(event)) if user.is_authenticated and is_coming_up else [],
        "mix": mix_lines(mix) if event.kind == Event.Kind.CO_DESIGN_DAY else [],
        "mix_columns": MIX_COLUMNS,
        "missing": missing_sentence(event, mix),
        **(_came_out(event, user) if not is_coming_up else {}),
        "results": (results := results_for(event, attended=people, is_staff=is_staff)),
        "outcome_rows": outcome_rows(results) if results else [],
        "outcome_columns": OUTCOME_COLUMNS,
        "may_give_feedback": bool(
            place and place.checked_in_at and not place.has_given_feedback and feedback_is_open(event)
        ),
        "steps": _steps(event),
        **panel_context(event, user),
        "ics_url": reverse("events:ics", args=[event.slug]),
    }


def _steps(event: Event) -> list[dict[str, str]]:
    """The discovery's steps while the day is its business; later its story tells the dates."""
    if event.discovery is None or clock.now() >= feedback_closes_at(event):
        return []
    return steps_of_discovery(event.discovery, list(event.discovery.projects.all()))


def outcome_rows(results: Outcomes) -> list[list[str]]:
    """The table of the outcomes: each with its own base."""
    return [
        [
            outcome.words.capitalize(),
            f"{outcome.share.percentage}%",
            f"{outcome.share.count:,} of {outcome.share.base:,}",
        ]
        for outcome in results.outcomes
    ]


def _standing(place: SignUp, position: int | None) -> tuple[str, str]:
    """What the page of a place says first: heading and the sentence below."""
    event = place.event
    if place.status == SignUp.Status.CANCELLED:
        return (
            "You are not signed up any more",
            "" if event.has_started else "If you can come after all, sign up again.",
        )
    if event.state == Event.State.CANCELLED:
        return "This event is cancelled", ""
    if place.status == SignUp.Status.WAITING:
        number = f"You are number {position} on the waiting list"
        return WAS_WAITING if event.has_started else number, waiting_words(event)
    if event.has_ended:
        return ("You were there" if place.checked_in_at else "You had a place"), ""
    if place.checked_in_at:
        return "You are checked in", ""
    return "You have a place", "We have sent you the calendar entry."


def place_page(place: SignUp, user: AnyUser) -> dict[str, Any]:
    """One's own place, or somebody's for those who run the event."""
    event = place.event
    is_waiting = place.status == SignUp.Status.WAITING
    is_living = place.status != SignUp.Status.CANCELLED and event.state == Event.State.PUBLISHED
    position = queue_position(place) if is_waiting else None
    heading, lede = _standing(place, position)
    may_change = is_living and not event.has_started
    offer = open_offer(place) if may_change else None
    if offer:
        lede = f"You have offered it to {offer.to_email}. It stays yours until they accept."
    answers = [
        ("Who", "" if place.person_id == user.pk else str(place.person)),
        ("When", event.when),
        ("Where", event.venue),
        ("Offered", f"to {offer.to_email}, until {moment_in_words(offer.expires_at)}" if offer else ""),
        ("Coming for", place.organisation.full_name if place.organisation else "Myself"),
        ("Kind", place.get_kind_display() if event.kind == Event.Kind.CO_DESIGN_DAY else ""),
        ("What you need", place.access_needs),
        ("Your name", "Shown to others who are signed in" if place.is_listed else "Not shown to others"),
    ]
    return {
        "place": place,
        "event": event,
        "is_own": place.person_id == user.pk,
        "is_waiting": is_waiting,
        "heading": heading,
        "lede": lede,
        "offer": offer,
        "may_change": may_change,
        "may_leave": may_change and not place.checked_in_at,
        "may_give_feedback": bool(place.checked_in_at and not place.has_given_feedback and feedback_is_open(event)),
        "answers": answers,
        "ics_url": reverse("events:ics", args=[event.slug]),
    }


def offer_page(offer: PlaceOffer, user: AnyUser) -> dict[str, Any]:
    """A place that somebody offers, for whoever holds the link."""
    event, is_waiting = offer.place.event, offer.place.status == SignUp.Status.WAITING
    what = "a place on the waiting list" if is_waiting else "a place"
    return {
        "offer": offer,
        "event": event,
        "what": what,
        "heading": "This offer is over" if offer.why_over else f"{offer.giver} offers you {what}",
        "facts": [("When", event.when), ("Where", event.venue), ("Open until", moment_in_words(offer.expires_at))],
        "may_accept": can_accept_offer(user, offer),
    }
