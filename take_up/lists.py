"""The list of promises: the ledger."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from core.figures import Figure
from core.filters import Facet, Only, Pick, RowFacet, Words, YearFacet, year_of
from core.listing import Line, Listing, Nothing, Sort
from core.tables import made_up_cell
from core.words import day_in_words
from councils.lists import council_named
from councils.models import Organisation, lineage_of
from design_system import lines as marks
from projects.models import Project
from take_up import told
from take_up.models import Benefit, BenefitQuerySet, state_now
from take_up.permissions import visible_benefits
from take_up.queries.benefits import base_as_at, base_in_words, measured_on
from take_up.queries.promises import promise

_READ = (
    "latest", "project__lead_council", "adoption__asset", "adoption__council", "business_case__project",
)  # fmt: skip


def _seen_by_everybody() -> QuerySet[Benefit]:
    """The promises that strangers may see: a facet names no unit of another."""
    return visible_benefits(AnonymousUser())


def _council(text: str) -> tuple[str, str] | None:
    council = council_named(text)
    return (str(council.pk), council.full_name) if council else None


def promised_by(keys: tuple[int, ...]) -> Q:
    """Of the councils of these keys: through their projects, their uses of assets and their case studies."""
    councils = Organisation.objects.filter(pk__in=keys)
    promised = Q(project__lead_council__in=councils) | Q(adoption__council__in=councils)
    return promised | told.known().of_councils(councils)


def _of_council(rows: QuerySet, key: str) -> QuerySet:
    """Those of a council and of the councils that it took over whole."""
    return rows.filter(promised_by(lineage_of(int(key))))


def _read(rows: BenefitQuerySet) -> BenefitQuerySet:
    return told.known().with_name(rows.select_related(*_READ))


def _lines(promises: list[Benefit], user: Any) -> Iterable[Line]:
    for each in promises:
        line = promise(each)
        yield Line(
            title=f"{line.title}, {whose(each)}",
            url=each.get_absolute_url(),
            sentence=_sentence(each),
            facts=(marks.tag(line.state, line.colour), f"due {day_in_words(each.due_on)}", line.asked),
            record=each,
        )


def whose(each: Benefit) -> str:
    """The project, or the asset with the council that uses it; of a case study's where it is promised."""
    if each.adoption is not None:
        return f"{each.adoption.asset}, {each.adoption.council}"
    return str(each.project or each.claimed_in)


def _sentence(each: Benefit) -> str:
    """Promised £712,500 a year for 326 councils; measured £96,400 a year (4 of 326 councils, 30 November 2015)."""
    base = base_in_words(each.scope, each.tier)
    start = "" if each.baseline is None else f", from {Figure(each.baseline, unit=each.unit).number}"
    is_told = each.origin == Benefit.Origin.CASE_STUDY
    said = "Claimed" if is_told else "Promised"
    promised = f"{said} {Figure(each.claimed, unit=each.unit).with_unit}{start}{f' for {base}' if base else ''}"
    if each.latest is None:
        nothing = "no later figure has been checked" if is_told else "nobody has checked what came of it"
        return f"{promised}; {nothing}."
    latest = each.latest
    result = latest.value_words or Figure(latest.value, unit=each.unit).with_unit
    on = measured_on(each) if latest.n_words else f"measured on {latest.n:,}"
    unknown = "; nobody has said which way is better" if each.asks_which_way else ""
    return f"{promised}; measured {result} ({on}, {day_in_words(latest.measured_on)}){unknown}."


def _cells(promises: list[Benefit]) -> Iterable[tuple[object, ...]]:
    for each in promises:
        latest = each.latest
        yield (
            each.about or each.claimed_in,
            told.council_name(each),
            each.title,
            each.unit,
            each.get_better_display(),
            each.baseline,
            each.claimed,
            base_as_at(each),
            each.scope,
            each.claimed_in,
            each.claimed_on,
            each.due_on,
            latest and latest.value,
            latest and latest.value_words,
            latest and latest.measured_on,
            latest and latest.n,
            latest and latest.n_words,
            Benefit.State(each.state).label,
            each.missed_on,
            latest.explanation if latest else "",
            latest.source if latest else "",
            made_up_cell(latest) if latest else "",
        )


LEDGER = Listing(
    name="promises",
    title="What was promised, what was measured",
    noun=("promise", "promises"),
    rows=lambda user, asked: visible_benefits(user),
    fields=(
        Words(columns=("title", "claimed_in", "project__title", "adoption__asset__name")),
        Facet(name="state", label="State", value=state_now, choices=Benefit.State.choices, keeps_order=True),
        RowFacet(name="unit", label="Unit", rows=_seen_by_everybody, key="unit", title="unit"),
        YearFacet(name="due", label="Due in", value=year_of("due_on"), said="due in {}"),
        RowFacet(name="project", label="Project", path="project", rows=Project.objects.all, title="title"),
        Pick(name="council", label="Council", named=_council, by=_of_council, source="/councils/suggest/"),
        Only(name="missed", label="Missed", by=lambda rows: rows.missed()),
        Only(name="unexplained", label="Not explained", by=lambda rows: rows.unexplained()),
    ),
    sorts=(
        Sort("newest", "Newest first", lambda rows: rows.order_by("-claimed_on", "pk")),
        Sort("due", "By the day they are due", lambda rows: rows.order_by("due_on", "pk")),
    ),
    of_a_line=_read,
    of_a_file=_read,
    lines=_lines,
    columns=(
        "Of", "Council", "Promise", "Unit", "Better", "Before", "Promised", "For", "Councils in scope", "Promised in",
        "Promised on", "Due on", "Measured", "In words", "Measured on", "n", "n of what", "State", "Missed since",
        "Explanation", "Result source", "Result made up",
    ),
    cells=_cells,
    nothing=Nothing(
        "No promise yet",
        "What a business case promises stands here once the board has accepted it.",
        "See the board",
        "/board/",
    ),
    no_match=Nothing("No promise matches", "Use fewer words or filters.", "Show all", "/board/promises/"),
)  # fmt: skip
