"""One's own days in one's own calendar program: the page that gives the address, and the calendar at the address."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from core.answering import pressed
from core.copies import do_not_keep
from core.permissions import allow, anyone, signed_in
from core.signed_links import key_in
from events.event.calendars import CONTENT_TYPE
from events.places import operations
from events.places.calendars import own_feed
from events.places.feeds import PURPOSE, OwnCalendar


@allow(signed_in)
@require_safe
def choose(request: SignedInRequest) -> HttpResponse:
    """The page on which one gets the address of one's own calendar, changes it, or turns it off."""
    calendar = OwnCalendar.objects.filter(person=request.user).first()
    address = settings.BASE_URL + calendar.get_absolute_url() if calendar else ""
    return render(request, "events/own_calendar.html", {"calendar": calendar, "address": address})


@allow(signed_in)
@require_POST
def renew(request: SignedInRequest) -> HttpResponse:
    said = "Your calendar has a new address. One that it had before opens nothing any more."
    return pressed(request, operations.new_own_calendar, request.user, said=said, to="events:own_calendar_page")


@allow(signed_in)
@require_POST
def turn_off(request: SignedInRequest) -> HttpResponse:
    said = "Your calendar is turned off. Its address opens nothing any more."
    return pressed(request, operations.turn_off_own_calendar, request.user, said=said, to="events:own_calendar_page")


@never_cache
@allow(anyone)
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever was given this address; a calendar program asks without a session."""
    do_not_keep(request)
    key = key_in(PURPOSE, token)
    calendar = OwnCalendar.objects.filter(key=key, person__is_active=True).select_related("person").first()
    if key is None or calendar is None:
        raise Http404("This calendar is turned off, or has another address.")
    response = HttpResponse(own_feed(calendar.person), content_type=CONTENT_TYPE)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
