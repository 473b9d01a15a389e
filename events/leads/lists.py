"""The secretariat's list of savings that people told of."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, F, IntegerField, Value, When

from core.figures import Figure
from core.filters import Facet, Words, YearFacet, year_of
from core.listing import Line, Listing, Nothing, Sort
from core.words import day_in_words
from councils.lists import service_facet
from events.leads.models import Lead
from events.leads.permissions import visible_leads

_ORDER = Case(
    *(When(state=state, then=Value(place)) for place, state in enumerate(Lead.State.values)),
    output_field=IntegerField(),
)


def money_of(lead: Lead) -> str:
    """The rough sum as a sentence has it; empty where none was named."""
    return f"about {Figure(lead.pounds, unit='£').with_unit} a year" if lead.pounds else ""


def _lines(leads: list[Lead], user: Any) -> Iterable[Line]:
    for lead in leads:
        may_write = f"{lead.person} may be written to" if lead.person else "nobody to write to"
        told = f"told of on {day_in_words(lead.told_on)}"
        facts = (money_of(lead) or "no figure named", str(lead.service or ""), may_write, told)
        yield Line(
            title=lead.event.title,
            url=lead.get_absolute_url(),
            sentence=lead.words,
            facts=tuple(fact for fact in facts if fact),
            record=lead,
            group=lead.get_state_display(),
        )


def _cells(leads: list[Lead]) -> Iterable[tuple[object, ...]]:
    for lead in leads:
        yield (
            lead.event.title,
            lead.service or "",
            lead.pounds,
            lead.words,
            lead.told_on,
            lead.get_state_display(),
            lead.person or "",
            lead.person.address if lead.person else "",
            lead.note,
        )


LEADS = Listing(
    name="savings",
    title="Savings told of at events",
    noun=("saving", "savings"),
    is_personal=True,
    is_timeless=True,
    rows=lambda user, asked: visible_leads(user),
    fields=(
        Words(columns=("words", "note", "event__title", "service__name")),
        Facet(name="state", label="State", path="state", choices=Lead.State.choices, keeps_order=True),
        service_facet("service"),
        YearFacet(name="year", label="Year of the event", value=year_of("event__starts_at")),
    ),
    sorts=(
        Sort("state", "New ones first", lambda rows: rows.order_by(_ORDER, "-told_on", "pk")),
        Sort("money", "Largest first", lambda rows: rows.order_by(F("pounds").desc(nulls_last=True), "pk")),
    ),
    of_a_line=lambda rows: rows.select_related("event", "service", "person"),
    lines=_lines,
    columns=("Event", "Service", "Pounds a year", "What could be saved", "Told on", "State", "Who", "Address", "Note"),
    cells=_cells,
    of_a_file=lambda rows: rows.select_related("event", "service", "person"),
    nothing=Nothing("Nobody has told of a saving yet", "Whoever was at an event is asked after its feedback."),
    no_match=Nothing("No saving fits", "Choose another state or service.", "Show all", "/leads/"),
)
