"""Operations of speakers on their own name: a speaker has an account only by their own wish."""

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from events.event.models import Event
from events.event.speakers import Speaker
from events.permissions import can_run_event
from events.places.operations import lock
from events.speaking.permissions import can_be_speaker

NOT_YOU = "Only the person whose name this is, with a place at the event, can say that it is them."
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
    """Tie one's own account to one's name on an agenda. Doing it twice changes nothing."""
    require(can_be_speaker(by, speaker), NOT_YOU)
    event, speaker = _hold(speaker)
    if speaker.person_id == by.pk:
        return event
    if speaker.person_id:
        raise Refused("Somebody of your name has said that it is them. Write to the organiser.")
    speaker.person = by
    speaker.save(update_fields=["person"])
    log_action("events.said_who_speaks", by=by, about=event, speaker=speaker.pk)
    return event


@transaction.atomic
def take_account_off(speaker: Speaker, *, by: User) -> Event:
    """Untie the account from a speaker's name, which stays. Doing it twice changes nothing."""
    require(speaker.person_id == by.pk or can_run_event(by, speaker.item.event), NOT_YOURS)
    event, speaker = _hold(speaker)
    if speaker.person_id:
        speaker.person = None
        speaker.save(update_fields=["person"])
        log_action("events.took_account_off_speaker", by=by, about=event, speaker=speaker.pk)
    return event
