"""Operations on who a speaker is: tied to an account only by that person's own wish, and once somebody vouches for it.

A member of the speaker's organisation is known; of anybody else those who run the event say whether it is them.
"""

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from events.event.models import Event
from events.event.speakers import Speaker, SpeakerClaim
from events.permissions import can_run_event
from events.places.operations import lock
from events.speaking.permissions import can_be_speaker, is_vouched_for

NOT_YOU = "Only the person whose name this is, with a place at the event, can say that it is them."
NOT_THE_ORGANISER = "Only those who run the event say who a speaker is."
TIED = "It is said already who this speaker is. Those who run the event can take that off."
NOT_YOURS = "Only the speaker, and those who run the event, can take this off."


def _hold(speaker: Speaker) -> tuple[Event, Speaker]:
    """Lock the event, whose agenda is written anew when it is changed, and read the speaker after that."""
    event = lock(speaker.item.event)
    found = Speaker.objects.select_related("item__event").filter(pk=speaker.pk, item__event=event).first()
    if found is None:
        raise Refused("The agenda has changed since you opened the page. Look at it again.")
    return event, found


@transaction.atomic
def say_who_speaks(speaker: Speaker, *, by: User) -> Event:
    """Tie one's own account to one's name on an agenda, or ask those who run the event to.

    Asking is shown to nobody else, and keeps nobody else from asking. Doing it twice changes nothing.
    """
    require(can_be_speaker(by, speaker), NOT_YOU)
    event, speaker = _hold(speaker)
    if speaker.person_id == by.pk:
        return event
    if speaker.person_id:
        raise Refused("It is confirmed that somebody else of your name speaks. Write to the organiser.")
    if is_vouched_for(by, speaker):
        _tie(speaker, by)
    elif not SpeakerClaim.objects.get_or_create(speaker=speaker, person=by)[1]:
        return event
    log_action("events.said_who_speaks", by=by, about=event, speaker=speaker.pk)
    return event


def _tie(speaker: Speaker, person: User) -> None:
    """Say that the speaker is this person; who else has said so is not asked about again."""
    speaker.person = person
    speaker.save(update_fields=["person"])
    speaker.claims.all().delete()


@transaction.atomic
def confirm_who_speaks(claim: SpeakerClaim, *, by: User) -> Event:
    """Say that it is them, of somebody who has said so."""
    require(can_run_event(by, claim.speaker.item.event), NOT_THE_ORGANISER)
    event, speaker = _hold(claim.speaker)
    if speaker.person_id:
        raise Refused(TIED)
    if (found := speaker.claims.select_related("person").filter(pk=claim.pk).first()) is None:
        raise Refused("They have taken it back, or it was answered already.")
    _tie(speaker, found.person)
    log_action("events.confirmed_who_speaks", by=by, about=event, speaker=speaker.pk)
    return event


@transaction.atomic
def deny_who_speaks(claim: SpeakerClaim, *, by: User) -> Event:
    """Say that it is not them, of somebody who has said so. Doing it twice changes nothing."""
    require(can_run_event(by, claim.speaker.item.event), NOT_THE_ORGANISER)
    event, speaker = _hold(claim.speaker)
    if speaker.claims.filter(pk=claim.pk).delete()[0]:
        log_action("events.denied_who_speaks", by=by, about=event, speaker=speaker.pk)
    return event


@transaction.atomic
def take_account_off(speaker: Speaker, *, by: User) -> Event:
    """Untie the account from a speaker's name, which stays, or take back that it is one's own.

    Doing it twice changes nothing.
    """
    asked = SpeakerClaim.objects.filter(speaker=speaker, person=by.pk)
    require(speaker.person_id == by.pk or can_run_event(by, speaker.item.event) or asked.exists(), NOT_YOURS)
    event, speaker = _hold(speaker)
    asked.delete()
    if speaker.person_id and (speaker.person_id == by.pk or can_run_event(by, event)):
        speaker.person = None
        speaker.save(update_fields=["person"])
        log_action("events.took_account_off_speaker", by=by, about=event, speaker=speaker.pk)
    return event
