"""The list of projects."""

from collections.abc import Iterable
from typing import Any

from core.filters import Facet, Words, YearFacet
from core.listing import Line, Listing, Nothing, Sort
from core.words import month_in_words
from councils.lists import council_pick, region_facet, service_facet
from projects.discoveries.lists import PURPOSE
from projects.needs.lists import RAISE_IT
from projects.portfolio.freshness import freshness_tag
from projects.portfolio.models import Project, freshness_now
from projects.portfolio.permissions import visible_projects


def _lines(projects: list[Project], user: Any) -> Iterable[Line]:
    for each in projects:
        lead = f"led by {each.lead_council.full_name}" if each.lead_council else ""
        stage = each.get_stage_display()
        if each.launched_on:
            stage += f", launched {month_in_words(each.launched_on)}"
        yield Line(
            title=each.title,
            url=each.get_absolute_url(),
            sentence=each.summary,
            facts=(stage, lead, freshness_tag(each).text),
            record=each,
        )


def _cells(rows: list[Project]) -> Iterable[list[object]]:
    for each in rows:
        yield [
            each.title,
            each.get_stage_display(),
            each.lead_council or "",
            each.service or "",
            each.started_on,
            each.case_accepted_on or "",
            each.launched_on or "",
            freshness_tag(each).text,
            "" if each.is_history else each.next_update_due,
        ]


PROJECTS = Listing(
    name="projects",
    title="Projects",
    noun=("project", "projects"),
    rows=lambda user, asked: visible_projects(user),
    fields=(
        Words(columns=("title", "summary")),
        Facet(name="stage", label="Stage", path="stage", choices=Project.Stage.choices, keeps_order=True),
        service_facet("service"),
        council_pick("lead", "Lead council", "lead_council"),
        region_facet("Region of the lead council", "lead_council__region"),
        Facet(
            name="freshness",
            label="Freshness",
            value=freshness_now,
            choices=Project.Freshness.choices,
            keeps_order=True,
        ),
        PURPOSE,
        YearFacet(name="outcome", label="Outcome of the year", path="outcome_of_year"),
    ),
    sorts=(
        Sort("newest", "Newest first", lambda rows: rows.order_by("-started_on", "title", "pk")),
        Sort("updated", "Last updated", lambda rows: rows.order_by("-last_updated_at", "-pk")),
    ),
    of_a_line=lambda rows: rows.select_related("lead_council").defer("lesson"),
    lines=_lines,
    columns=(
        "Project", "Stage", "Led by", "Service", "Started on", "Business case accepted on", "Launched on",
        "Freshness", "Next update due",
    ),
    cells=_cells,
    of_a_file=lambda rows: rows.select_related("lead_council", "service"),
    nothing=Nothing(
        "No projects yet",
        "A project starts when a vote has chosen a prototype.",
        "See the discoveries",
        "/discoveries/",
    ),
    no_match=Nothing(
        "No project matches",
        "If councils need it and nobody is building it, say so.",
        "Raise this as a need",
        RAISE_IT,
    ),
)  # fmt: skip
