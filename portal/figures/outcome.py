"""One of the seven outcomes of a year, as the sum that it is: a row for each event whose answers are counted."""

from typing import Any

from django.urls import reverse

from core.tables import MADE_UP, Table
from core.words import counted
from events.feedback.queries import Outcome, OutcomePart
from events.models import Event
from portal.figures.page import source_of
from portal.figures.queries import YearInNumbers

N = "numeric"
COLUMNS = ("Event", "Share", "Said yes", "Answered")


def outcome_page(said: Outcome, year: YearInNumbers) -> dict[str, Any]:
    """The context of the page of an outcome that may be shown."""
    address = f"{reverse('outcome', args=[said.name])}?year={year.period.year}"
    rows = [[(name, url), *_cells(part)] for name, url, part in _parts(said, year)]
    return {
        "said": said,
        "share": said.share.rounded(0).with_unit,
        "of_base": said.share.of_base,
        "columns": [COLUMNS[0], *((name, N) for name in COLUMNS[1:])],
        "rows": [*rows, ["All together", *_cells(OutcomePart(None, 0, said.share))]],
        "address": address,
        "as_at": year.period.as_at,
        "source": source_of(year),
        "is_of_the_record": any(part.event is None for part in said.parts),
    }


def outcome_table(said: Outcome, year: YearInNumbers) -> Table:
    """The same rows as a file."""
    made_up = "yes" if year.feedback and year.feedback.is_illustrative else "no"
    return Table(
        name=f"figures-{year.period.year}-{said.name.replace('_', '-')}",
        title=f"{year.period.year} in numbers: {said.words}",
        columns=(*COLUMNS, MADE_UP),
        rows=[(name, *_cells(part), made_up) for name, _, part in _parts(said, year)],
        filters=f"year: {year.period.year}; as at: {year.period.as_at.isoformat()}; source: {source_of(year)}",
    )


def _cells(part: OutcomePart) -> tuple[str, int, int]:
    return part.share.rounded(0).with_unit, part.share.count, part.share.base


def _parts(said: Outcome, year: YearInNumbers) -> list[tuple[str, str, OutcomePart]]:
    """Each part with its name and its address: an event, or the list of the events of the record."""
    events = Event.objects.in_bulk([part.event for part in said.parts if part.event is not None])
    record = f"{reverse('events:list')}?when=past&{year.period.query}"
    found = []
    for part in said.parts:
        if part.event is None:
            found.append((f"{counted(part.events, 'event')} of {year.period.year}, as one", record, part))
        else:
            event = events[part.event]
            found.append((f"{event.title}, {event.days}", f"{event.get_absolute_url()}#feedback", part))
    return found
