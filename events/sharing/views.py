"""Pages on which those who run an event share out its places and read its waiting list."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed, turned_back
from core.permissions import allow
from core.words import counted, moment_in_words
from events.event.models import Event
from events.event.pools import Pool
from events.permissions import can_run_events, events_run_by
from events.places import operations
from events.places.models import SignUp
from events.places.operations.capacity import refuse_if_over
from events.places.queries import waiting_count
from events.places.room import Room, room_of
from events.places.whose_places import COLUMNS, all_places, queue_of
from events.sharing.forms import PoolForm, ShareOutForm

BECAUSE = "An event is run by its organisers, facilitators and the secretariat, signed in with a second factor."
MOST_SHOWN = 50
QUEUE_COLUMNS = [("Number", "numeric"), "Who", "For", "Since", "Now"]
LINE_COLUMNS = ["When", "Who", "What", "Why"]


def _event(request: SignedInRequest, slug: str) -> Event:
    return get_object_or_404(events_run_by(request.user), slug=slug)


def _places(event: Event) -> str:
    return reverse("events:places", args=[event.slug])


@allow(can_run_events, because=BECAUSE)
def places(request: SignedInRequest, slug: str) -> HttpResponse:
    """Whose places the event has, its pools and its waiting list with what happened in it; a post changes the rules."""
    event = _event(request, slug)
    initial = {name: getattr(event, name) for name in ShareOutForm.base_fields}
    form = ShareOutForm(posted(request), initial=initial)
    if done := answered(request, form, operations.share_out, event, said="Saved.", to=_places(event)):
        return done
    may_change = not event.has_started and event.state != Event.State.CANCELLED
    return render(request, "events/places.html", {"form": form, "may_change": may_change, **_places_page(event)})


def _places_page(event: Event) -> dict[str, Any]:
    room = room_of(event)
    waiting = waiting_count(event)
    queue = queue_of(event, most=MOST_SHOWN)
    more = waiting - sum(place.status == SignUp.Status.WAITING for place in queue)
    return {
        "event": event,
        "pools": event.pools.with_kinds(),
        "columns": COLUMNS,
        "rows": all_places(room),
        "queue_columns": QUEUE_COLUMNS,
        "queue": _queued(room, queue),
        "more": f"{counted(more, 'more person waits', 'more people wait')}." if more else "",
        "line_columns": LINE_COLUMNS,
        "lines": [
            [
                moment_in_words(line.at),
                str(line.sign_up.person or "Name deleted"),
                line.get_what_display(),
                f"{line.because} {counted(line.passed_over, 'person', 'people')} ahead passed over."
                if line.passed_over
                else line.because,
            ]
            for line in event.queue_lines.select_related("sign_up__person").order_by("-pk")[:MOST_SHOWN]
        ],
    }


def _queued(room: Room, queue: list[SignUp]) -> list[list[Any]]:
    """A row for each of the queue. Those who wait have their number in it, as on their own pages; an offer has none."""
    rows, number = [], 0
    for place in queue:
        number += place.status == SignUp.Status.WAITING
        because = room.waits_because(place.organisation, place.kind)
        now = f"Offered until {moment_in_words(place.lapses_at)}" if place.lapses_at else because or "Waits for a place"
        whom = place.organisation.name if place.organisation else "Themselves"
        who = (str(place.person), place.get_absolute_url())
        shown = number if place.status == SignUp.Status.WAITING else ""
        rows.append([shown, who, whom, moment_in_words(place.signed_up_at), now])
    return rows


def _turned_back(request: SignedInRequest, event: Event) -> HttpResponse | None:
    return turned_back(request, refuse_if_over, event, to=_places(event))


@allow(can_run_events, because=BECAUSE)
def new_pool(request: SignedInRequest, slug: str) -> HttpResponse:
    """The form of a new pool."""
    event = _event(request, slug)
    if request.method != "POST" and (over := _turned_back(request, event)):
        return over
    form = PoolForm(posted(request), event=event)
    said = "The places are kept."
    done = answered(request, form, operations.add_pool, event, said=said, to=_places(event))
    return done or render(request, "events/pool.html", {"event": event, "form": form})


def _as_it_is(pool: Pool) -> dict[str, Any]:
    """The initial values of the form for a pool."""
    kinds = list(pool.participant_kinds.all())
    return {name: getattr(pool, name) for name in PoolForm.base_fields} | {"participant_kinds": kinds}


@allow(can_run_events, because=BECAUSE)
def pool(request: SignedInRequest, slug: str, pool_id: int) -> HttpResponse:
    """The form to change a pool; one that is gone says so beside what was typed."""
    event = _event(request, slug)
    if request.method != "POST" and (over := _turned_back(request, event)):
        return over
    found = event.pools.filter(pk=pool_id).first()
    if found is None and request.method != "POST":
        return redirect(_places(event))
    form = PoolForm(posted(request), initial=_as_it_is(found) if found else {}, event=event)
    one = found or Pool(pk=pool_id, event=event)
    done = answered(request, form, operations.change_pool, one, said="Saved.", to=_places(event))
    return done or render(request, "events/pool.html", {"event": event, "form": form, "pool": found})


@allow(can_run_events, because=BECAUSE)
@require_POST
def remove_pool(request: SignedInRequest, slug: str, pool_id: int) -> HttpResponse:
    """Give a pool up, by post: its places are for anybody."""
    event = _event(request, slug)
    one = event.pools.filter(pk=pool_id).first() or Pool(pk=pool_id, event=event)
    said = "The pool is given up: its places are for anybody."
    return pressed(request, operations.remove_pool, one, said=said, to=_places(event))
