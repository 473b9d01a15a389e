"""Pages of the roster: who sits on the board as at a day, and who sat when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.http import SignedInRequest
from core import clock
from core.answering import answered, posted
from core.filters import day_of, not_understood
from core.permissions import allow, anyone
from core.words import day_in_words
from steering import operations
from steering.forms import EndSeatForm, SeatForm
from steering.models import QUORUM, BoardSeat
from steering.permissions import can_minute
from steering.queries.roster import seats_on

NOT_STAFF = "Only the secretariat keeps the board's roster."


@allow(anyone)
def seats(request: HttpRequest) -> HttpResponse:
    """The roster as at a day, today if the address names none, and who sat on the board when."""
    today, typed = clock.today(), request.GET.get("as_at", "")
    day = day_of(typed)
    shown = seats_on(day or today)
    context = {
        "as_at": day or today,
        "typed": typed if day else "",
        "strange": [not_understood("as at", typed)] if typed and not day else [],
        "sides": [
            (words, [seat for seat in shown if seat.side == side])
            for side, words in (("central", "Central government"), ("local", "Local government"))
        ],
        "number": len(shown),
        "quorum": QUORUM,
        "history_columns": ["Body", "Side", "First day", "Last day"],
        "history": [_line(seat) for seat in BoardSeat.objects.select_related("body").order_by("since", "order", "pk")],
        "can_minute": can_minute(request.user),
        "is_today": day is None or day == today,
    }
    return render(request, "steering/seats.html", context)


def _line(seat: BoardSeat) -> list[str]:
    until = day_in_words(seat.until) if seat.until else "Still sits"
    return [str(seat), seat.get_side_display(), day_in_words(seat.since), until]


@allow(can_minute, because=NOT_STAFF)
def seat(request: SignedInRequest) -> HttpResponse:
    """The form that gives a body a seat."""
    form = SeatForm(posted(request))
    done = answered(request, form, operations.seat_body, said=_seated, to="steering:seats")
    return done or render(request, "steering/seat_form.html", {"form": form})


def _seated(seat: BoardSeat) -> str:
    return f"{seat} has a seat on the board since {day_in_words(seat.since)}."


@allow(can_minute, because=NOT_STAFF)
def end_seat(request: SignedInRequest, body: str) -> HttpResponse:
    """The form with which a body's seat ends."""
    record = get_object_or_404(BoardSeat.objects.filter(until=None).select_related("body"), body__slug=body)
    form = EndSeatForm(posted(request))
    done = answered(request, form, operations.end_seat, record, said=_ended, to="steering:seats")
    return done or render(request, "steering/seat_end.html", {"form": form, "seat": record})


def _ended(seat: BoardSeat) -> str:
    return f"The seat of {seat} ends on {day_in_words(seat.until)}."
