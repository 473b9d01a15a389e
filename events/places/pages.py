"""Contexts for the pages of a place and of its offer."""

from typing import Any

from django.urls import reverse

from accounts.models import AnyUser
from core.words import counted, moment_in_words
from events.event.models import Event
from events.permissions import can_run_event
from events.places.models import PlaceOffer, SignUp
from events.places.permissions import can_accept_offer
from events.places.queries import open_offer, passed_over_by, queue_position
from events.places.room import Room, room_of
from events.places.standing import WAS_WAITING, offered_until, waiting_words, why_waiting
from questions.queries import asked, not_answered, sheet_of
from questions.results import said_of


def _standing(place: SignUp, position: int | None) -> tuple[str, str]:
    """The heading of the page of a place and the sentence below."""
    event = place.event
    if place.status == SignUp.Status.CANCELLED:
        return (
            "You are not signed up any more",
            "If you can come after all, bring it back: you get a free place, else the end of the waiting list."
            if event.takes_sign_ups
            else "",
        )
    if event.state == Event.State.CANCELLED:
        return "This event is cancelled", ""
    if place.status == SignUp.Status.HELD and place.lapses_at:
        return "A place is held for you", f"It is yours once you confirm it, until {moment_in_words(place.lapses_at)}."
    if place.status == SignUp.Status.OFFERED:
        return "A place is offered to you", f"{offered_until(place)} If you do not answer, it goes to whoever is next."
    if place.status == SignUp.Status.WAITING:
        number = f"You are number {position} on the waiting list"
        return WAS_WAITING if event.has_started else number, waiting_words(event)
    if event.has_ended:
        return ("You were there" if place.checked_in_at else "You had a place"), ""
    if place.checked_in_at:
        return "You are checked in", ""
    return "You have a place", "We have sent you the calendar entry."


def _link_to_join(place: SignUp) -> tuple[str, str]:
    """How to join online, and the page of the event that leads there, for a confirmed place; else empty."""
    event = place.event
    if not event.join_url or place.status != SignUp.Status.CONFIRMED or event.has_ended:
        return "", ""
    return "On the page of the event, from 15 minutes before the start", event.get_absolute_url()


def _room(place: SignUp) -> Room:
    return room_of(place.event, among=[place.organisation] if place.organisation else [])


def _went_first(place: SignUp) -> list[str]:
    """Why somebody who signed up later had a place first, a sentence for each time."""
    return [
        f"{moment_in_words(line.at)}: somebody who signed up after you had a place first. {line.because}"
        for line in passed_over_by(place)
    ]


def place_page(place: SignUp, user: AnyUser) -> dict[str, Any]:
    """The context for the page of a place, for its holder and those who run the event."""
    event = place.event
    is_waiting = place.status == SignUp.Status.WAITING
    is_offered = place.status == SignUp.Status.OFFERED and event.state == Event.State.PUBLISHED
    is_living = place.status != SignUp.Status.CANCELLED and event.state == Event.State.PUBLISHED
    position = queue_position(place) if is_waiting else None
    heading, lede = _standing(place, position)
    may_change = is_living and not event.has_started
    offer = open_offer(place) if may_change else None
    is_to_agree = bool(offer and offer.colleague)
    if offer and is_to_agree:
        lede = f"{offer.colleague} has accepted it, for another council. It stays yours until the organiser agrees."
    elif offer:
        lede = f"You have offered it to {offer.to_email}. It stays yours until they accept."
    is_own = place.person_id == user.pk
    sheet = sheet_of(event.question_set_id, place.person)
    waiting = not_answered(event.question_set_id, sheet) if is_own and may_change else 0
    answers = [
        ("Who", "" if is_own else str(place.person)),
        ("When", event.when),
        ("Where", event.where),
        ("Map", "Open a map" if event.map_url else "", event.map_url),
        ("Join online", *_link_to_join(place)),
        ("Offered", f"to {offer.to_email}, until {moment_in_words(offer.expires_at)}" if offer else ""),
        ("Coming for", place.organisation.full_name if place.organisation else "Myself: counts for no council"),
        ("You come as", place.kind or ("Someone else" if event.kind == Event.Kind.CO_DESIGN_DAY else "")),
        ("What you need", place.access_needs),
        ("What you do not eat", place.diet),
        *said_of(event.question_set_id, sheet.answers if sheet else {}, is_own=is_own),
        ("Your name", "Shown to others who are signed in" if place.is_listed else "Not shown to others"),
    ]
    return {
        "place": place,
        "event": event,
        "is_own": is_own,
        "is_waiting": is_waiting,
        "heading": heading,
        "lede": lede,
        "offer": offer,
        "may_change": may_change,
        "to_answer": f"{counted(waiting, 'question is', 'questions are')} not answered yet." if waiting else "",
        "is_to_agree": is_to_agree,
        "may_agree": is_to_agree and can_run_event(user, event),
        "may_bring_back": is_own and place.status == SignUp.Status.CANCELLED and event.takes_sign_ups,
        "may_confirm": is_own and place.status == SignUp.Status.HELD,
        "may_leave": may_change and not place.checked_in_at and not is_offered,
        "is_offered": is_offered,
        "why_waiting": why_waiting(place, _room(place)) if is_waiting and may_change else "",
        "went_first": _went_first(place) if is_waiting and may_change else [],
        "may_give_feedback": place.may_give_feedback,
        "answers": answers,
        "ics_url": reverse("events:sign_up_ics", args=[place.reference]),
    }


def offer_page(offer: PlaceOffer, user: AnyUser) -> dict[str, Any]:
    """The context for the page of an offer, for whoever holds the link."""
    event, is_waiting = offer.place.event, offer.place.status == SignUp.Status.WAITING
    asks = len(asked(event.question_set_id))
    what = "a place on the waiting list" if is_waiting else "a place"
    return {
        "offer": offer,
        "event": event,
        "what": what,
        "heading": "You have accepted. The organiser has to agree"
        if offer.colleague and offer.colleague == user and not offer.why_gone
        else "This offer is over"
        if offer.why_over
        else f"{offer.giver} offers you {what}",
        "facts": [("When", event.when), ("Where", event.where), ("Open until", moment_in_words(offer.expires_at))],
        "may_accept": can_accept_offer(user, offer),
        "asks": f"The event asks {counted(asks, 'question')}. You answer on the page of your place." if asks else "",
    }
