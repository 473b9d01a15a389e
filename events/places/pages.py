"""Contexts for the pages of a place and of its offer."""

from typing import Any

from django.urls import reverse

from accounts.models import AnyUser
from core.words import counted, moment_in_words
from events.event.models import Event
from events.permissions import can_run_event
from events.places.card import next_step, pass_of, standing, standing_of_another
from events.places.models import SignUp
from events.places.offers import PlaceOffer
from events.places.permissions import can_accept_offer
from events.places.queries import is_for_another_council, living_place, open_offer, queue_position, times_passed_over
from events.places.room import Room, room_of
from events.places.standing import why_in_queue
from questions.queries import asked, not_answered, sheet_of
from questions.results import said_of


def _link_to_join(place: SignUp) -> tuple[str, str]:
    """How to join online, and the page of the event that leads there, for a confirmed place; else empty."""
    event = place.event
    if not event.join_url or place.status != SignUp.Status.CONFIRMED or event.has_ended:
        return "", ""
    return "On the page of the event, from 15 minutes before the start", event.get_absolute_url()


def _room(place: SignUp) -> Room:
    return room_of(place.event, among=[place.organisation] if place.organisation else [])


def _went_first(place: SignUp, who: str) -> list[str]:
    """Why somebody who signed up after {who} had a place first, a sentence for each time."""
    return [
        f"{moment_in_words(line.at)}: somebody who signed up after {who} had a place first. {line.because}"
        for line in times_passed_over(place)
    ]


def _answers(place: SignUp, said: Any, *, is_own: bool) -> list[tuple[Any, ...]]:
    """What is known of a place, as rows; empty ones are left out."""
    event = place.event
    own = place.organisation.full_name if place.organisation else "Myself: counts for no council"
    return [
        ("Code", "" if is_own or place.status != SignUp.Status.CONFIRMED else place.code),
        ("Join online", *_link_to_join(place)),
        ("Coming for", own),
        (
            "You come as" if is_own else "Comes as",
            place.kind or ("Someone else" if event.kind == Event.Kind.CO_DESIGN_DAY else ""),
        ),
        ("What you need" if is_own else "What they need", place.access_needs),
        ("What you do not eat" if is_own else "What they do not eat", place.diet),
        *said_of(event.question_set_id, said, is_own=is_own),
        (
            "Your name" if is_own else "Their name",
            "Shown to others who are signed in" if place.is_listed else "Not shown to others",
        ),
    ]


def _offer_words(offer: PlaceOffer, *, is_own: bool) -> str:
    """How the place stands while it is offered to a colleague."""
    whose = "yours" if is_own else "theirs"
    if offer.colleague:
        return f"{offer.colleague} has accepted it, for another council. It stays {whose} until the organiser agrees."
    who, until = "You have" if is_own else "They have", moment_in_words(offer.expires_at)
    return f"{who} offered it to {offer.to_email}, until {until}. It stays {whose} until they accept."


def place_page(place: SignUp, user: AnyUser) -> dict[str, Any]:
    """The context for the page of a place, for its holder and those who run the event."""
    event, is_own = place.event, place.person_id == user.pk
    is_waiting = place.status == SignUp.Status.WAITING
    is_offered = place.status == SignUp.Status.OFFERED
    is_living = place.status != SignUp.Status.CANCELLED and event.state == Event.State.PUBLISHED
    position = queue_position(place) if is_waiting else None
    who = "you" if is_own else "them"
    heading, lede = (standing if is_own else standing_of_another)(place, position)
    may_change = is_living and not event.has_started
    offer = open_offer(place) if may_change else None
    if offer:
        lede = _offer_words(offer, is_own=is_own)
    may_agree = bool(offer and offer.colleague) and can_run_event(user, event)
    sheet = sheet_of(event.question_set_id, place.person)
    waiting = not_answered(event.question_set_id, sheet) if is_own and may_change else 0
    to_answer = f"{counted(waiting, 'question is', 'questions are')} not answered yet." if waiting else ""
    step = next_step(place, offer, is_own=is_own, may_agree=may_agree, to_answer=to_answer)
    return {
        "place": place,
        "event": event,
        "is_own": is_own,
        "is_waiting": is_waiting,
        "heading": heading,
        "lede": lede,
        "offer": offer,
        "may_change": may_change,
        "step": step,
        "pass": pass_of(place) if is_own else None,
        "may_leave": may_change and not place.checked_in_at and not is_offered,
        "why_waiting": why_in_queue(place, _room(place), position, who=who) if position and may_change else "",
        "went_first": _went_first(place, who) if is_waiting and may_change else [],
        # Of a held place anybody may have said them: its holder reads them in the form.
        "shows_answers": place.status != SignUp.Status.CANCELLED
        and not (is_own and place.status == SignUp.Status.HELD),
        "answers": _answers(place, sheet.answers if sheet else {}, is_own=is_own),
        "ics_url": reverse("events:sign_up_ics", args=[place.reference]),
    }


def _who_agrees(offer: PlaceOffer, user: AnyUser) -> str:
    """That it is not theirs at once, to somebody who may accept it; empty where it is."""
    if not user.is_authenticated or not is_for_another_council(offer, user):
        return ""
    council = offer.place.organisation
    whose = f"counts for {council}, and you do not come for {council}" if council else "counts for no council"
    return f"The place {whose}: once you have accepted, the organiser has to agree before it is yours."


def offer_page(offer: PlaceOffer, user: AnyUser) -> dict[str, Any]:
    """The context for the page of an offer, for whoever holds the link."""
    event, is_waiting = offer.place.event, offer.place.status == SignUp.Status.WAITING
    asks = len(asked(event.question_set_id))
    what = "a place on the waiting list" if is_waiting else "a place"
    may_accept, has_place = can_accept_offer(user, offer), living_place(event, user)
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
        "may_accept": may_accept and not has_place,
        "has_place": has_place if may_accept else None,
        "who_agrees": _who_agrees(offer, user) if may_accept else offer.who_agrees,
        "asks": f"The event asks {counted(asks, 'question')}. You answer on the page of your place." if asks else "",
    }
