"""The card of a place: how it stands, what its holder does next, and what they show at the desk."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from core.words import moment_in_words, time_in_words
from design_system.qr import qr_code
from events.event.models import Event
from events.places.models import SignUp
from events.places.offers import PlaceOffer
from events.places.standing import WAS_WAITING, offered_until, released_words, waiting_words

IF_NOT_ANSWERED = "If you do not answer, it is offered to others and you leave the waiting list."
CAN_COME_AFTER_ALL = "If you can come after all, bring it back: you get a free place, else the end of the waiting list."


def standing(place: SignUp, position: int | None) -> tuple[str, str]:
    """The heading of the page of a place and the sentence below, to its holder."""
    event = place.event
    if released := released_words(place):
        return "Your place was released", released
    if place.status == SignUp.Status.CANCELLED:
        return "You are not signed up any more", CAN_COME_AFTER_ALL if event.takes_sign_ups else ""
    if event.state == Event.State.CANCELLED:
        return "This event is cancelled", ""
    if place.status == SignUp.Status.HELD and place.lapses_at:
        return "A place is held for you", f"It is yours once you confirm it, until {moment_in_words(place.lapses_at)}."
    if place.status == SignUp.Status.OFFERED:
        return "A place is offered to you", offered_until(place)
    if place.status == SignUp.Status.WAITING:
        number = f"You are number {position} on the waiting list"
        return WAS_WAITING if event.has_started else number, waiting_words(event)
    if event.has_ended:
        return ("You were there" if place.checked_in_at else "You had a place"), ""
    if place.checked_in_at:
        return "You are checked in", ""
    return "You have a place", "We have sent you the calendar entry."


def standing_of_another(place: SignUp, position: int | None) -> tuple[str, str]:
    """The same, to those who run the event."""
    event, who = place.event, place.person
    if place.status == SignUp.Status.CANCELLED:
        at = f" at {time_in_words(place.released_at)}" if place.released_at else ""
        return f"{who} is not signed up any more", f"{place.get_ended_because_display()}{at}."
    if event.state == Event.State.CANCELLED:
        return "This event is cancelled", f"{who} was signed up for it."
    if place.status == SignUp.Status.WAITING:
        was = f"{who} was on the waiting list"
        return was if event.has_started else f"{who} is number {position} on the waiting list", ""
    if place.status in SignUp.PENDING and place.lapses_at:
        how = "held for" if place.status == SignUp.Status.HELD else "offered to"
        return f"A place is {how} {who}", f"Until {moment_in_words(place.lapses_at)}."
    if event.has_ended:
        return f"{who} {'was there' if place.checked_in_at else 'had a place'}", ""
    return f"{who} {'is checked in' if place.checked_in_at else 'has a place'}", ""


@dataclass(frozen=True)
class Step:
    """What a reader does next with a place: a button, and perhaps the other answer to it."""

    heading: str
    words: str
    button: str
    url: str
    is_post: bool = True
    other: str = ""
    other_url: str = ""


def next_step(place: SignUp, offer: PlaceOffer | None, *, is_own: bool, may_agree: bool, to_answer: str) -> Step | None:
    """The one thing that the page of a place asks for; None where nothing waits for its reader."""
    event = place.event

    def at(name: str) -> str:
        return reverse(f"events:{name}", args=[place.reference])

    if event.state == Event.State.CANCELLED:
        return None
    if may_agree and offer and offer.colleague:
        heading, words = "Does the place change hands?", f"It would go to {offer.colleague}, of another council."
        return Step(heading, words, "Agree", at("offer_agree"), other="Do not agree", other_url=at("offer_disagree"))
    if place.status == SignUp.Status.OFFERED:
        theirs = "" if is_own else " for them"
        accept, decline = f"Take the place{theirs}", f"Turn it down{theirs} and leave the list"
        both = {"other": decline, "other_url": at("promotion_decline")}
        words = IF_NOT_ANSWERED if is_own else "They answer from their own page. You can do it for them."
        return Step("Do you take it?" if is_own else "Do they take it?", words, accept, at("promotion_accept"), **both)
    if not is_own:
        return None
    if place.status == SignUp.Status.CANCELLED:
        anew = "What you need, and what the organisers ask, you say anew." if event.asks_of_each else ""
        bring = Step("Can you come after all?", anew, "Bring my place back", at("sign_up_bring_back"))
        return bring if event.takes_sign_ups else None
    if place.status == SignUp.Status.HELD:
        confirm = at("sign_up_confirm")
        return Step("Are you coming?", "Look at what was said for you.", "Confirm my place", confirm, is_post=False)
    if place.may_give_feedback:
        give = reverse("events:feedback", args=[event.slug])
        return Step("How was it?", "Nobody can tell who said what.", "Give feedback", give, is_post=False)
    if to_answer:
        return Step("The organisers ask you something", to_answer, "Answer now", at("sign_up_change"), is_post=False)
    return None


@dataclass(frozen=True)
class Pass:
    """What somebody with a place shows at the desk."""

    qr: SafeString
    code: str
    name: str


def pass_of(place: SignUp) -> Pass | None:
    """The pass of a confirmed place until its holder is checked in or the event is over; None for all others."""
    event = place.event
    has_it = place.status == SignUp.Status.CONFIRMED and event.state == Event.State.PUBLISHED
    if not has_it or place.checked_in_at or event.has_ended:
        return None
    address = settings.BASE_URL + reverse("events:scanned", args=[place.reference])
    return Pass(qr_code(address, f"QR code of your place, code {place.code}"), place.code, str(place.person))
