"""The buttons with which a speaker says that a name on an agenda is theirs."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core.answering import pressed
from core.permissions import allow, signed_in
from events.event.speakers import Speaker
from events.permissions import visible_events
from events.speaking.operations import say_who_speaks, take_account_off


def _speaker(request: SignedInRequest, slug: str, key: int) -> Speaker:
    seen = Speaker.objects.select_related("item__event").filter(item__event__in=visible_events(request.user))
    return get_object_or_404(seen, item__event__slug=slug, pk=key)


@allow(signed_in)
@require_POST
def mine(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Tie one's account to one's name, by post."""
    speaker = _speaker(request, slug, number)
    said = "It now says that you have an account here."
    return pressed(request, say_who_speaks, speaker, said=said, back=speaker.item.event)


@allow(signed_in)
@require_POST
def not_mine(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Untie the account, by post."""
    speaker = _speaker(request, slug, number)
    said = "Your account is no longer named beside your talk."
    return pressed(request, take_account_off, speaker, said=said, back=speaker.item.event)
