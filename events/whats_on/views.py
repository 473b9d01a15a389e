"""Pages for readers: the list, one event, both as calendars, and a question about an event."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from core.filters import narrowed
from core.listing import listed
from core.permissions import allow, anyone, signed_in
from core.tables import table_response, wants_table
from councils.views.ask import ask as ask_organisation
from events.event import calendars
from events.event.models import Event
from events.event.queries import who_is_asked
from events.permissions import can_facilitate_events, can_run_events, events_run_by, visible_events
from events.places.queries import with_own_place
from events.whats_on.going import going_page
from events.whats_on.held import held_page
from events.whats_on.lists import EVENTS, in_order
from events.whats_on.pages import event_page
from events.whats_on.report import has_report, report_page, report_table

MOST_IN_FEED = 500


@allow(anyone)
@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """The list of events: upcoming first, past ones below."""
    return listed(
        request,
        EVENTS,
        "events/list.html",
        feed_url=f"{reverse('events:calendar')}?{request.GET.urlencode()}".rstrip("?"),
        may_add=can_facilitate_events(request.user),
    )


@allow(anyone)
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The calendar feed of public events, filtered as the list is, the same for everybody; cancelled events say so."""
    chosen = EVENTS.read(request.GET).chosen
    events = in_order(narrowed(Event.objects.published(), EVENTS.fields, chosen))[:MOST_IN_FEED]
    return HttpResponse(
        calendars.feed(events, name=f"{settings.SITE_NAME} events"), content_type=calendars.CONTENT_TYPE
    )


@allow(anyone)
@require_safe
def ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The iCalendar file of one event."""
    event = get_object_or_404(visible_events(request.user), slug=slug)
    response = HttpResponse(calendars.event_file(event), content_type=calendars.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response


@allow(anyone)
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of one event."""
    events = with_own_place(visible_events(request.user), request.user)
    event = get_object_or_404(events.select_related("host", "discovery", "contact", "feedback_round"), slug=slug)
    return render(request, "events/detail.html", event_page(event, request.user))


@allow(signed_in)
def ask(request: SignedInRequest, slug: str) -> HttpResponse:
    """The form to ask the contact of an event, else its host."""
    events = visible_events(request.user).filter(host__isnull=False)
    event = get_object_or_404(events.select_related("host", "contact"), slug=slug)
    return ask_organisation(request, event.host, about=event, person=who_is_asked(event))


@allow(anyone)
@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The figures of an event that was held, for everyone, and each of its tables as a file."""
    event = get_object_or_404(visible_events(request.user).select_related("feedback_round"), slug=slug)
    if wants_table(request):
        if table := report_table(event, request.GET.get("table", "")):
            return table_response(request, table)
        raise Http404
    return render(
        request, "events/report.html", report_page(event, request.user) if has_report(event) else {"event": event}
    )


@allow(can_run_events, because="Only those who run the event see what is held of its people.")
@require_safe
def held(request: SignedInRequest, slug: str) -> HttpResponse:
    """What is held of an event's people, and when each goes."""
    event = get_object_or_404(events_run_by(request.user), slug=slug)
    return render(request, "events/held.html", held_page(event))


@allow(can_run_events, because="Only those who run events see what is held of their people.")
@require_safe
def what_goes(request: SignedInRequest) -> HttpResponse:
    """What the site would delete of the people of the events that the reader runs, tonight and in the next 30 days."""
    return render(request, "events/what_goes.html", going_page(events_run_by(request.user)))
