"""Pages on which the secretariat keeps the agenda of a meeting and writes its minutes."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.models import AnyUser
from core.answering import answered, posted, pressed
from core.permissions import allow
from steering import operations
from steering.forms.planning import ItemForm, MinutesForm, TurnForm
from steering.models import Meeting, MeetingItem
from steering.permissions import can_minute
from steering.queries.agenda import agenda_of
from steering.queries.papers import papers_of
from steering.views.meetings import meeting_or_404

KEEPS = "Only the secretariat keeps the agenda."
_TURNS = {
    "up": operations.move_item_up,
    "down": operations.move_item_down,
    "off": operations.take_item_off,
    "back": operations.put_item_back,
}


def _way(record: Meeting) -> str:
    return reverse("steering:agenda", args=[record.day.isoformat()])


def _item(user: AnyUser, day: dt.date, number: int) -> MeetingItem:
    record = meeting_or_404(user, day)
    item = get_object_or_404(record.agenda, pk=number)
    item.meeting = record
    return item


@allow(can_minute, because=KEEPS)
def agenda(request: SignedInRequest, day: dt.date) -> HttpResponse:
    """The agenda with its buttons; posted, it is brought up to date."""
    record = meeting_or_404(request.user, day)
    if request.method == "POST":
        said = "The agenda is up to date."
        return pressed(request, operations.build_agenda, record, said=said, to=_way(record))
    context = {
        "record": record,
        "agenda": agenda_of(record, papers_of(record)),
        "removed": record.agenda.filter(is_removed=True),
    }
    return render(request, "steering/agenda.html", context)


@allow(can_minute, because=KEEPS)
def add_item(request: SignedInRequest, day: dt.date) -> HttpResponse:
    """The form of an item that is added by hand."""
    record = meeting_or_404(request.user, day)
    form = ItemForm(posted(request), initial={"kind": MeetingItem.Kind.INFORMATION})
    to = _way(record) if record.is_planned else record.get_absolute_url()
    done = answered(request, form, operations.add_item, record, said="It is on the agenda.", to=to)
    return done or render(request, "steering/item.html", {"form": form, "record": record})


@allow(can_minute, because=KEEPS)
def change_item(request: SignedInRequest, day: dt.date, number: int) -> HttpResponse:
    """The form in which an item is worded."""
    item = _item(request.user, day, number)
    form = ItemForm(posted(request), initial={"title": item.title, "kind": item.kind, "words": item.words})
    done = answered(request, form, operations.change_item, item, said="Saved.", to=_way(item.meeting))
    return done or render(request, "steering/item.html", {"form": form, "record": item.meeting, "item": item})


@allow(can_minute, because=KEEPS)
@require_POST
def turn_item(request: SignedInRequest, day: dt.date, number: int) -> HttpResponse:
    """The buttons beside an item: up, down, off, back on."""
    item = _item(request.user, day, number)
    way = f"{_way(item.meeting)}#item-{item.pk}"
    return pressed(request, _turn, item, form=TurnForm(request.POST), said="", to=way, back=way)


def _turn(item: MeetingItem, *, turn: str, by: AnyUser) -> MeetingItem:
    return _TURNS[turn](item, by=by)


@allow(can_minute, because="Only the secretariat writes the minutes.")
def minute(request: SignedInRequest, day: dt.date, number: int) -> HttpResponse:
    """The form of what was said on an item."""
    item = _item(request.user, day, number)
    form = MinutesForm(posted(request), initial={"minutes": item.minutes})
    to = f"{item.meeting.get_absolute_url()}#item-{item.pk}"
    done = answered(request, form, operations.minute_item, item, said="The minutes are written down.", to=to)
    return done or render(request, "steering/minute.html", {"form": form, "record": item.meeting, "item": item})
