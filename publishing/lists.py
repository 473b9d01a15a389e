"""The list of case studies."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet

from core.filters import Facet, Words, YearFacet, year_of
from core.listing import Line, Listing, ListQuery, Nothing, Sort
from core.words import year_in_words
from councils.lists import council_pick, kind_facet, region_facet, service_facet
from publishing.evidence import CHOICES, checker_of, evidence_level, level_now, with_replication
from publishing.follow_up_standing import rank_of_follow_ups, standing_of_follow_ups, with_follow_ups
from publishing.models import CaseStudyPage
from publishing.permissions import visible_case_studies
from publishing.queries import DAY, lines_of


def _rows(user: Any, asked: ListQuery) -> QuerySet[CaseStudyPage]:
    """Public case studies that are not withdrawn, annotated with their day and what their evidence level needs."""
    return with_replication(visible_case_studies(user).filter(withdrawn_on=None)).annotate(day=DAY)


def _lines(studies: list[CaseStudyPage], user: Any) -> Iterable[Line]:
    for study in studies:
        year = f", {year_in_words(study.day)}" if study.day else ""
        yield Line(
            title=study.title,
            url=study.get_absolute_url(),
            sentence=study.summary,
            facts=(
                f"{study.council.full_name}{year}",
                study.service,
                evidence_level(study),
                standing_of_follow_ups(study),
            ),
            record=study,
        )


def _cells(studies: list[CaseStudyPage]) -> Iterable[tuple[object, ...]]:
    for study in studies:
        yield (
            study.title,
            study.council.full_name,
            study.service or "",
            study.day,
            study.measure,
            study.after_unit or study.before_unit,
            study.before,
            study.before_on,
            study.before_n,
            study.after,
            study.after_on,
            study.after_n,
            study.figures_note,
            checker_of(study),
            evidence_level(study),
            standing_of_follow_ups(study),
        )


CASE_STUDIES = Listing(
    name="case-studies",
    title="Case studies",
    noun=("case study", "case studies"),
    is_timeless=True,
    rows=_rows,
    fields=(
        Words(columns=("title", "summary", "problem", "what_we_did", "council__name")),
        council_pick("council", "Council", "council"),
        service_facet("service"),
        kind_facet("Kind of council", "council__kind"),
        region_facet("Region or nation", "council__region"),
        Facet(name="evidence", label="Evidence", value=level_now, choices=CHOICES[::-1], keeps_order=True),
        YearFacet(name="year", label="Year", value=year_of("day")),
    ),
    sorts=(
        Sort("newest", "Newest first", lambda rows: rows.order_by(F("day").desc(nulls_last=True), "-pk")),
        Sort(
            "evidence",
            "Strongest evidence",
            lambda rows: rows.annotate(level=level_now(), followed=rank_of_follow_ups()).order_by(
                "-level", "-followed", F("day").desc(nulls_last=True), "-pk"
            ),
        ),
    ),
    of_a_line=lambda rows: with_follow_ups(lines_of(rows)),
    lines=_lines,
    columns=(
        "Title", "Council", "Service", "Day", "Measure", "Unit", "Before", "Before: day", "Before: n", "After",
        "After: day", "After: n", "About the figures", "Verified by", "Evidence", "Follow-up",
    ),
    cells=_cells,
    of_a_file=lambda rows: with_follow_ups(rows.select_related("council", "checker_organisation", "service")),
    nothing=Nothing(
        "No case studies yet",
        "When a council has something to tell, its contributors write it up and an Alliance editor checks it.",
        "See what councils need",
        "/needs/",
    ),
    no_match=Nothing(
        "No case study matches",
        "If no council has done it yet, say that yours needs it: others may too.",
        "Raise this as a need",
        "/needs/new/?title=",
    ),
)  # fmt: skip
