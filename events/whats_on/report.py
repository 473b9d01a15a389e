"""The report of an event that was held: its figures in tables, each as a file too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import AnyUser
from core.figures import Figure
from core.history import counted_on
from core.tables import MADE_UP, Table, made_up_cell
from core.words import counted, day_in_words, one_or_many
from design_system.charts import Chart, bars
from events.event.models import Event
from events.feedback.queries import Outcomes, results_for
from events.permissions import can_run_event
from events.places.attended import COUNTS, Attended, Group, attended
from events.places.who_comes import WhoComes, mix_lines, who_comes

N = "numeric"
FROM_THE_DESK = "the desk’s check-ins and the feedback forms on this site"


@dataclass(frozen=True)
class ReportTable:
    """One table of the report: its name in the address, its words, and its rows as values."""

    name: str
    caption: str
    columns: list[str]
    rows: list[list[Any]]

    @property
    def heads(self) -> list[Any]:
        return [self.columns[0], *((column, N) for column in self.columns[1:])]

    @property
    def lines(self) -> list[list[str]]:
        """The rows as the page prints them."""
        return [
            [name, *(f"{value:,}" if isinstance(value, int) else str(value) for value in rest)]
            for name, *rest in self.rows
        ]


def has_report(event: Event) -> bool:
    """Whether it was held: it is over and was not cancelled."""
    return event.state == Event.State.PUBLISHED and event.has_ended


def _grouped(name: str, caption: str, of: str, groups: Sequence[Group], came: Attended) -> ReportTable:
    rows = [[group.name, *group.cells] for group in groups]
    if len(rows) > 1:
        rows.append(["All together", *came.total.cells])
    return ReportTable(name, caption, [of, *COUNTS], rows)


def tables_of(event: Event) -> list[ReportTable]:
    """The tables of the report; who was there is counted as on the page of the year, by the same query."""
    return _tables(attended(_alone(event)), who_comes(event), results_for(event, is_staff=False))


def _alone(event: Event) -> QuerySet[Event]:
    return Event.objects.filter(pk=event.pk)


def _tables(came: Attended, coming: WhoComes, said: Outcomes | None) -> list[ReportTable]:
    tables = [
        _grouped("streams", "By stream", "Stream", [group for group in came.by_stream if group.delegates], came),
        _grouped("types", "By type of organisation", "Type", came.by_type, came),
        _grouped("regions", "By region of the council", "Region", came.by_region, came),
    ]
    mix = [[name, people] for name, people in mix_lines(coming)]
    tables.append(ReportTable("kinds", "By kind of participant", ["Kind", "Delegates"], mix))
    if said:
        of_each = [
            [outcome.words.capitalize(), outcome.share.rounded(0).with_unit, outcome.share.count, outcome.share.base]
            for outcome in said.outcomes
        ]
        columns = ["Outcome", "Share", "Said yes", "Answered"]
        tables.append(ReportTable("feedback", "The seven outcomes, each of those who answered", columns, of_each))
    return [table for table in tables if table.rows]


def report_page(event: Event, user: AnyUser) -> dict[str, Any]:
    """The context of the report. Those who run the event come from its delegates to their list."""
    came, coming, said = attended(_alone(event)), who_comes(event), results_for(event, is_staff=False)
    tables = {table.name: table for table in _tables(came, coming, said)}
    as_at = counted_on(event.starts_at)
    address = reverse("events:report", args=[event.slug])
    return {
        "event": event,
        "headline": _headline(came, coming, said, rows=_rows_of(event, user)),
        "chart": _chart(came),
        "tables": [(table, f"{address}?table={name}") for name, table in tables.items() if name != "feedback"],
        "feedback": said,
        "feedback_table": tables.get("feedback"),
        "no_feedback": _why_no_feedback(event),
        "feedback_address": f"{address}?table=feedback",
        "feedback_is_complete": said is not None and len(said.outcomes) == 7,
        "year_query": f"year={timezone.localdate(event.starts_at).year}",
        "base": f"{counted(came.total.delegates, 'delegate')} from check-ins, as at {day_in_words(as_at)}",
        "closing": _closing(event, day_in_words(as_at)),
        "names_words": _names_words(event),
    }


def _rows_of(event: Event, user: AnyUser) -> str:
    """The address of the places that are counted, for those who may read them."""
    return f"{reverse('events:people', args=[event.slug])}" if can_run_event(user, event) else ""


def _headline(came: Attended, coming: WhoComes, said: Outcomes | None, *, rows: str) -> list[dict[str, str]]:
    delegates, councils = came.total.delegates, came.total.councils
    figures = [
        {
            "number": Figure(delegates).with_unit,
            "label": one_or_many(delegates, "delegate"),
            "note": f"Different people who were checked in, of {coming.with_place:,} who had a place.",
            "url": rows,
        },
        {
            "number": Figure(councils).with_unit,
            "label": one_or_many(councils, "council"),
            "note": "Different councils that somebody came from.",
        },
    ]
    if said:
        note = f"{counted(said.forms, 'form')} of {counted(said.attended, 'person', 'people')} who came."
        rate = said.response_rate.rounded(0).with_unit
        figures.append({"number": rate, "label": "gave feedback", "note": note, "url": "#feedback"})
    return figures


def _chart(came: Attended) -> Chart:
    rows = [(group.name, group.delegates) for group in came.by_type]
    title = f"Who came, by type of organisation: {counted(came.total.delegates, 'delegate')}"
    return bars("types-drawn", rows, title=title, of="Type", counts="Delegates")


def _closing(event: Event, day: str) -> str:
    source = f" Source: {event.source or FROM_THE_DESK}."
    made_up = made_up_cell(event)
    origin = {"yes": " Illustrative: made up to show how the portal works.", "in part": " Illustrative in part."}
    return f"Counted as at {day}.{source}{origin.get(made_up, '')}"


def _why_no_feedback(event: Event) -> str:
    """Why the report has no results of feedback, as long as it has none."""
    fewer = "Fewer than ten could tell what one person said."
    if event.takes_feedback:
        return f"Shown once feedback has closed on {day_in_words(event.feedback_closes_at)}, from ten forms on. {fewer}"
    return f"Fewer than ten people gave feedback, so nothing of it is shown. {fewer}"


def _names_words(event: Event) -> str:
    if event.names_gone_at is None:
        return ""
    gone = day_in_words(event.names_gone_at)
    return f"Names were deleted on {gone}; the figures are counted from rows without names, and stay as they were."


def report_table(event: Event, name: str) -> Table | None:
    """One of the report's tables as a file; the first where none is named, None where there is no such table."""
    found = tables_of(event) if has_report(event) else []
    table = next((each for each in found if each.name == name or not name), None)
    if table is None:
        return None
    return Table(
        name=f"{event.slug}-{table.name}",
        title=f"{event.title}, {event.days}: {table.caption}",
        columns=[*table.columns, MADE_UP],
        rows=[[*row, made_up_cell(event)] for row in table.rows],
        filters="; ".join(
            [
                f"event: {event.slug}",
                f"table: {table.name}",
                f"as at: {counted_on(event.starts_at).isoformat()}",
                f"source: {event.source or FROM_THE_DESK}",
            ]
        ),
    )
