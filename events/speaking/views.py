"""The buttons with which a speaker says that a name on an agenda is theirs, and the organiser that it is."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core.answering import pressed
from core.permissions import allow, signed_in
from events.event.speakers import Speaker, SpeakerClaim
from events.permissions import can_run_events, events_run_by, visible_events
from events.speaking.operations import confirm_who_speaks, deny_who_speaks, say_who_speaks, take_account_off

BECAUSE = "Those who run the event say who its speakers are, signed in with a second factor."


def _speaker(request: SignedInRequest, slug: str, key: int) -> Speaker:
    seen = Speaker.objects.select_related("item__event").filter(item__event__in=visible_events(request.user))
    return get_object_or_404(seen, item__event__slug=slug, pk=key)


@allow(signed_in)
@require_POST
def mine(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Tie one's account to one's name, by post."""
    speaker = _speaker(request, slug, number)
    return pressed(request, say_who_speaks, speaker, said=lambda _event: _said(speaker), back=speaker.item.event)


def _said(speaker: Speaker) -> str:
    speaker.refresh_from_db(fields=["person"])
    if speaker.person_id:
        return "It now says that you have an account here."
    return "Those who run the event are asked whether it is you. Until they say so, nobody else sees this."


@allow(signed_in)
@require_POST
def not_mine(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Untie the account, by post."""
    speaker = _speaker(request, slug, number)
    said = "Your account is no longer named beside your talk."
    return pressed(request, take_account_off, speaker, said=said, back=speaker.item.event)


def _claim(request: SignedInRequest, slug: str, number: int) -> SpeakerClaim:
    asked = SpeakerClaim.objects.select_related("speaker__item__event")
    return get_object_or_404(
        asked.filter(speaker__item__event__in=events_run_by(request.user)), pk=number, speaker__item__event__slug=slug
    )


@allow(can_run_events, because=BECAUSE)
@require_POST
def confirm(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Say that it is them, of somebody who has said so, by post."""
    claim = _claim(request, slug, number)
    said = f"It now says that {claim.speaker} has an account here."
    return pressed(request, confirm_who_speaks, claim, said=said, back=claim.speaker.item.event)


@allow(can_run_events, because=BECAUSE)
@require_POST
def deny(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Say that it is not them, by post."""
    claim = _claim(request, slug, number)
    said = "Noted: it is not them. Nothing was shown to anybody."
    return pressed(request, deny_who_speaks, claim, said=said, back=claim.speaker.item.event)
