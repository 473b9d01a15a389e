"""Asking about an event."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from accounts.http import SignedInRequest
from core.permissions import door, signed_in
from councils.views.ask import ask as ask_organisation
from events.permissions import visible_events
from events.queries import who_is_asked


@door(signed_in)
def ask(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask the person who put their name to the event, else its host."""
    events = visible_events(request.user).filter(host__isnull=False)
    event = get_object_or_404(events.select_related("host", "contact"), slug=slug)
    return ask_organisation(request, event.host, about=event, person=who_is_asked(event))
