"""What the pages of events show, in words."""

from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from accounts.models import AnyUser
from core.panels import panel_context
from core.spans import days_in_short, hour_or_year, moment_in_words
from core.text import counted
from events.about import about_the_day
from events.action import action_of, may_give_feedback
from events.models import Event, PlaceOffer, SignUp
from events.permissions import can_accept_offer, reads_as_staff
from events.queries import (
    FOUR_KINDS,
    Outcomes,
    WhoComes,
    listed_people,
    missing_kinds,
    open_offer,
    own_place,
    queue_position,
    results_for,
    who_comes,
)
from events.running import run_block
from events.words import WAS_WAITING, waiting_words
from projects.permissions import visible_needs, visible_projects, visible_prototypes


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


def missing_sentence(event: Event, mix: dict[str, int], *, who_is_here: bool | None = None) -> str:
    """Which of the four kinds nobody stands for (W2); empty for other kinds of event."""
    if event.kind != Event.Kind.CO_DESIGN_DAY or event.state == Event.State.CANCELLED:
        return ""
    if not (missing := missing_kinds(mix)):
        return ""
    who_is_here = event.has_started if who_is_here is None else who_is_here
    verb = "Nobody came as" if event.has_ended else "Nobody is here as" if who_is_here else "Nobody is coming as"
    return f"{verb} {_either(missing)}. A Co-Design Day needs all four kinds of people."


MIX_COLUMNS = ["Kind", ("People", "numeric")]
OUTCOME_COLUMNS = ["People who answered", ("Yes", "numeric"), ("Of those who answered", "numeric")]


def _either(kinds: list[str]) -> str:
    words = [("a " if kind[0] not in "AEIOU" else "an ") + kind.lower() for kind in kinds]
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _facts(event: Event) -> list[tuple[str, ...]]:
    facts: list[tuple[str, ...]] = [("Stream", event.get_stream_display())]
    if event.host:
        facts.append(("Host", event.host.name, event.host.get_absolute_url()))
    if event.discovery:
        facts.append(("Discovery", event.discovery.title, event.discovery.get_absolute_url()))
    return facts


def _came_out(event: Event, user: AnyUser) -> dict[str, list[dict[str, str]]]:
    """Needs, prototypes and projects of the day in one query, as the lines of three lists."""
    rows: dict[str, tuple[QuerySet, Any]] = {
        "need": (visible_needs(user).filter(events=event), Cast("who_for", TextField())),
        "prototype": (visible_prototypes(user).filter(events=event), F("summary")),
        "project": (visible_projects(user).filter(prototype__events=event), F("summary")),
    }
    first, *others = (
        found.order_by().annotate(kind=Value(kind), note=note).values_list("kind", "title", "slug", "note")
        for kind, (found, note) in rows.items()
    )
    found: dict[str, list[dict[str, str]]] = {f"{kind}s": [] for kind in rows}
    for kind, title, slug, note in first.union(*others).order_by("title"):
        found[f"{kind}s"].append({"title": title, "url": reverse(f"projects:{kind}", args=[slug]), "note": note})
    said = {(prototype["title"], prototype["note"]) for prototype in found["prototypes"]}
    for project in found["projects"]:
        if (project["title"], project["note"]) in said:
            project["note"] = ""  # it stands with the prototype that became the project
    return found


def event_page(event: Event, user: AnyUser) -> dict[str, Any]:
    """One event, before its day and after. `event` comes with the reader's own place."""
    place, is_staff = own_place(event, user), reads_as_staff(user)
    coming = who_comes(event)
    is_coming_up = not event.has_started
    is_waiting = place is not None and place.status == SignUp.Status.WAITING
    position = queue_position(place) if place and is_waiting and is_coming_up else None
    results = results_for(event, attended=coming.people, is_staff=is_staff)
    return {
        "event": event,
        "place": place,
        "is_staff": is_staff,
        **(run_block(event, user) if is_staff else {}),
        "may_cancel": not event.has_ended and not event.arrived,
        "state": state_of(event, place),
        "facts": _facts(event),
        **about_the_day(event, user, place=place, is_staff=is_staff),
        "action": action_of(event, user, place=place, position=position, coming=coming, runs_it=is_staff),
        "attendance": attendance_of(event, coming),
        "councils_sentence": councils_sentence(event, coming.councils),
        "people": coming.people,
        "people_sentence": people_sentence(event, coming.people),
        "listed": list(listed_people(event)) if user.is_authenticated and is_coming_up else [],
        "mix": mix_lines(coming.mix) if event.kind == Event.Kind.CO_DESIGN_DAY else [],
        "mix_columns": MIX_COLUMNS,
        "missing": missing_sentence(event, coming.mix),
        **(_came_out(event, user) if event.has_started and event.state == Event.State.PUBLISHED else {}),
        "results": results,
        "outcome_rows": outcome_rows(results) if results else [],
        "outcome_columns": OUTCOME_COLUMNS,
        **panel_context(event, user),
        "ics_url": reverse("events:ics", args=[event.slug]),
    }


def attendance_of(event: Event, coming: WhoComes) -> dict[str, str]:
    """How many came, as a figure with its base; nothing before the end, or where nobody had a place."""
    if event.state != Event.State.PUBLISHED or not event.has_ended or not coming.with_place:
        return {}
    councils = f", from {counted(len(coming.councils), 'council')}" if coming.councils else ""
    return {
        "number": f"{coming.people:,}",
        "label": "person came" if coming.people == 1 else "people came",
        "note": f"of {coming.with_place:,} who had a place{councils}",
    }


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


def _link_to_join(place: SignUp) -> tuple[str, str]:
    """The link for whoever has a place; for others nothing."""
    link = place.event.join_url if place.status == SignUp.Status.CONFIRMED and not place.event.has_ended else ""
    return link, link


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
        ("Where", event.where),
        ("Map", "Open a map" if event.map_url else "", event.map_url),
        ("Join online", *_link_to_join(place)),
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
        "may_give_feedback": may_give_feedback(event, place),
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
        "facts": [("When", event.when), ("Where", event.where), ("Open until", moment_in_words(offer.expires_at))],
        "may_accept": can_accept_offer(user, offer),
    }
