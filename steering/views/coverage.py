"""The page of the coverage radar, and its file."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import AnyUser
from core import clock
from core.filters import day_of, not_understood
from core.permissions import allow, anyone
from core.tables import Table, format_not_understood, table_response, wants_table
from core.words import counted, day_in_words
from events.inviting.queries import TYPES
from events.models import Event
from events.permissions import can_facilitate_events
from steering.permissions import can_minute, sits_on_board
from steering.queries.reach import CouncilCoverage, coverage_of_councils, measures


@allow(anyone)
@require_safe
def coverage(request: HttpRequest) -> HttpResponseBase:
    """How far the programme reaches: `of` says what is counted, `as_at` on which day."""
    measure, on, strange = _asked(request)
    found = coverage_of_councils(measure, on, request.user)
    if wants_table(request):
        return table_response(request, _table(found))
    kinds = found.kinds
    context = {
        "strange": strange,
        "found": found,
        "lede": _lede(found),
        "as_at": on,
        "tabs": [
            {"text": words, "href": _address(name, on), "current": name == measure}
            for name, (words, _) in measures().items()
        ],
        "columns": ["Region or nation", *((TYPES[kind][0], "numeric") for kind in kinds)],
        "rows": [[region, *(_cell(found, kind, region) for kind in kinds)] for region in found.regions],
        "address": _address(measure, on),
        "empty": _to_do(found, request.user),
    }
    return render(request, "steering/coverage.html", context)


def _asked(request: HttpRequest) -> tuple[str, dt.date, list[str]]:
    """What an address asks for, and in words what of it means nothing; a day to come is none."""
    measure, day = request.GET.get("of", "events"), request.GET.get("as_at", "")
    on = day_of(day)
    strange = [] if measure in measures() else [not_understood("What is counted", measure)]
    strange += [not_understood("Day", day)] if day and (on is None or on > clock.today()) else []
    is_past = on is not None and on <= clock.today()
    return (
        measure if measure in measures() else "events",
        on if on and is_past else clock.today(),
        strange + format_not_understood(request.GET),
    )


def _address(measure: str, on: dt.date) -> str:
    day = "" if on == clock.today() else f"&as_at={on.isoformat()}"
    return f"{reverse('steering:coverage')}?of={measure}{day}"


def _lede(found: CouncilCoverage) -> str:
    words = measures()[found.measure][1]
    base = f"{found.counted:,} of {counted(found.councils, 'council')} in force on {day_in_words(found.on)}"
    about = f" {found.about}" if found.about else ""
    return f"{base} {words}. Each council counts once, with what those did that it took over from.{about}"


def _cell(found: CouncilCoverage, kind: str, region: str) -> Any:
    cell = found.cells.get((kind, region))
    if cell is None:
        return "–"
    words = f"{cell.counted} of {cell.councils}"
    return (words, f"/councils/?{cell.query}") if _leads_to_councils(found) else words


def _leads_to_councils(found: CouncilCoverage) -> bool:
    """Whether a cell leads to the list of councils: that is today's, and no list of another day's counts."""
    return found.on == clock.today() and not found.is_by_type


def _to_do(found: CouncilCoverage, user: AnyUser) -> list[dict[str, Any]]:
    """The empty cells as things to do: each with its base and, for those who invite, who can be asked to what.

    The names of neighbours that are counted are for the board, its secretariat and facilitators.
    """
    invites = can_facilitate_events(user)
    event = Event.objects.upcoming().first() if invites else None
    sees = invites or can_minute(user) or sits_on_board(user)
    return [
        {
            "words": cell.words,
            "note": f"0 of {cell.councils:,} {measures()[found.measure][1]}",
            "url": f"/councils/?{cell.query}" if _leads_to_councils(found) else "",
            "neighbours": cell.neighbours if sees else [],
            "event": event,
            "invite": f"{reverse('events:invite', args=[event.slug])}?of=stream&cell={cell.key}#councils"
            if event
            else "",
        }
        for cell in found.empty
    ]


def _table(found: CouncilCoverage) -> Table:
    return Table(
        name=f"coverage-{found.measure}",
        title=f"Coverage: {measures()[found.measure][0].lower()}",
        columns=["Type", "Region", "Councils", measures()[found.measure][0], "As at"],
        rows=[
            [TYPES[cell.kind][0], cell.region, cell.councils, cell.counted, found.on] for cell in found.cells.values()
        ],
        filters="; ".join(filter(None, (f"as at: {found.on.isoformat()}", found.about.removesuffix(".")))),
    )
