"""The main action of an event's page: the one thing that a reader can do now."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import AnyUser
from core.words import counted, moment_in_words, one_or_many
from councils.permissions import organisations_of
from events.event.models import Event
from events.places.models import SignUp
from events.places.permissions import acceptable_offers
from events.places.room import Room
from events.places.standing import (
    WAS_WAITING,
    capped_sentence,
    offered_until,
    places_sentence,
    released_words,
    waiting_words,
)
from events.places.who_comes import WhoComes


@dataclass(frozen=True)
class MainAction:
    """A heading, what is said before the button, the button, and what is said after it."""

    heading: str
    before: str = ""
    button: str = ""
    href: str = ""
    after: str = ""


def main_action_of(
    event: Event,
    user: AnyUser,
    *,
    place: SignUp | None,
    position: int | None,
    coming: WhoComes,
    runs_it: bool,
    room: Room,
    left: str,
    released: SignUp | None = None,
) -> MainAction | None:
    """The main action for a reader; None for a draft, a cancelled event, or one that is over and done with.

    `released` is a place of theirs that the desk has released.
    """
    if event.state != Event.State.PUBLISHED:
        return None
    if place is not None:
        return _of_own_place(event, place, position)
    if event.has_ended:
        return None
    if released is not None:
        return MainAction("Your place was released", released_words(released))
    if not event.has_started and (offer := acceptable_offers(user).filter(place__event=event).first()):
        until = f"The offer is open until {moment_in_words(offer.expires_at)}."
        return MainAction("A place is offered to you", until, "See the offer", offer.get_absolute_url())
    if event.takes_sign_ups:
        return _of_free_places(event, user, coming, room, left)
    if event.has_started and runs_it:
        return None  # "Sign-up closed" is of no use to those who run it
    if event.has_started:
        return MainAction("On now", "Sign-up closed when this event started.")
    return MainAction("Sign-up has closed", f"It closed on {moment_in_words(event.closes_at)}.")


def _of_own_place(event: Event, place: SignUp, position: int | None) -> MainAction | None:
    if place.may_give_feedback:
        heading = "You were there" if event.has_ended else "You are checked in"
        return MainAction(heading, "", "Give feedback", reverse("events:feedback", args=[event.slug]))
    if event.has_ended:
        return None
    if place.status == SignUp.Status.OFFERED and not event.has_started:
        own = {"button": "Say whether you take it", "href": place.get_absolute_url()}
        return MainAction("A place is offered to you", offered_until(place), **own)
    own = {"button": "Change or give back your place", "href": place.get_absolute_url()}
    if place.status == SignUp.Status.WAITING:
        if position is None:
            return MainAction(WAS_WAITING, waiting_words(event))
        own["button"] = "See or leave your place in it"
        return MainAction(f"You are number {position} on the waiting list", waiting_words(event), **own)
    if place.status == SignUp.Status.HELD:
        return MainAction("A place is held for you", "", "Confirm it", place.get_absolute_url())
    if place.checked_in_at:
        return MainAction("You are checked in")
    return MainAction("You have a place", **({} if event.has_started else own))


def _of_free_places(event: Event, user: AnyUser, coming: WhoComes, room: Room, left: str) -> MainAction:
    closes = f"Sign-up closes on {moment_in_words(event.closes_at)}. " if event.sign_up_closes_at else ""
    sign_up = {"href": reverse("events:sign_up", args=[event.slug])}
    if not left:
        after = f"{closes}{waiting_words(event)}"
        if not event.is_full and (capped := capped_sentence(room, user)):
            button = "Sign up" if room.has_place_for(None, None) else "Join the waiting list"
            return MainAction(
                "Your council has its places", places_sentence(event, left, capped), button, after=after, **sign_up
            )
        return MainAction("Full", places_sentence(event, left), "Join the waiting list", after=after, **sign_up)
    after = f"{closes}You can give it back or pass it on until the event starts."
    heading = places_sentence(event, left).removesuffix(".")
    return MainAction(heading, _for_whom(user, coming), "Take a place", after=after, **sign_up)


def _for_whom(user: AnyUser, coming: WhoComes) -> str:
    """The organisation that the reader would come for and how many already do, as a sentence."""
    if not (own := organisations_of(user)):
        return ""
    others = coming.by_organisation.get(own[0].pk, 0)
    already = f"Nobody else from {own[0]} has a place yet"
    if others:
        already = (
            f"{counted(others, 'person', 'people')} from {own[0]} {one_or_many(others, 'has', 'have')} a place already"
        )
    return f"You would come for {own[0]}. {already}."
