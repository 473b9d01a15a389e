"""The lists of the four steps: needs, discoveries and projects."""

from collections.abc import Iterable
from typing import Any

from core.filters import Facet, RowFacet, Words, YearFacet
from core.listing import Line, Listing, Nothing, Sort
from core.text import counted
from councils.lists import council_pick, kind_facet, region_facet, service_facet
from councils.models import Kind, Organisation
from projects.freshness import freshness_tag
from projects.models import Discovery, Need, Project, Purpose
from projects.models.project import freshness_now
from projects.permissions import visible_discoveries, visible_needs, visible_projects
from projects.queries import with_prototype_and_need_counts
from projects.reach import reach_of

RAISE_IT = "/needs/new/?title="
PURPOSE = RowFacet(
    name="purpose", label="Purpose", path="purposes", rows=Purpose.objects.all, key="pk", is_many=True
)  # fmt: skip


def _lines_of_needs(needs: list[Need], user: Any) -> Iterable[Line]:
    reach = reach_of(needs)
    for need in needs:
        state = "" if need.state == Need.State.OPEN else need.get_state_display()
        yield Line(
            title=need.title,
            url=need.get_absolute_url(),
            sentence=need.what,
            facts=(
                reach[need.pk],
                state or need.service,
                f"raised by {need.council.full_name}, {need.raised_at:%B %Y}",
            ),
            record=need,
        )


def _cells_of_needs(rows: list[Need]) -> Iterable[list[object]]:
    reach = reach_of(rows)
    for need in rows:
        yield [
            need.title,
            need.get_state_display(),
            need.who_for,
            need.service or "",
            need.council,
            need.council.get_kind_display(),
            reach[need.pk].councils,
            reach[need.pk].in_words,
            need.raised_at.date(),
            need.discovery or "",
        ]


NEEDS = Listing(
    name="needs",
    title="What councils need",
    noun=("need", "needs"),
    is_timeless=True,
    rows=lambda user, asked: visible_needs(user),
    fields=(
        Words(columns=("title", "what", "who_for", "evidence")),
        kind_facet("Kind of council", "supports__council__kind", is_many=True),
        service_facet("service"),
        region_facet("Region or nation", "supports__council__region", is_many=True),
        Facet(name="state", label="State", path="state", choices=Need.State.choices),
    ),
    sorts=(
        Sort(
            "councils",
            "Most councils",
            lambda rows: rows.with_council_counts().order_by("-council_count", "-raised_at", "-pk"),
        ),
        Sort("newest", "Newest", lambda rows: rows.order_by("-raised_at", "-pk")),
    ),
    of_a_line=lambda rows: rows.select_related("council", "service").defer("evidence"),
    lines=_lines_of_needs,
    columns=(
        "Need", "State", "Who for", "Service", "Raised by", "Kind of council", "Councils",
        "Councils by tier", "Raised on", "Discovery",
    ),
    cells=_cells_of_needs,
    of_a_file=lambda rows: rows.select_related("council", "service", "discovery"),
    nothing=Nothing(
        "No needs yet",
        "Whoever a council has confirmed as a contributor can raise the first.",
        "Raise a need",
        RAISE_IT,
    ),
    no_match=Nothing(
        "No need matches",
        "If no council has said so yet, say it: others may have the same need.",
        "Raise this as a need",
        RAISE_IT,
    ),
)  # fmt: skip


def _lines_of_discoveries(discoveries: list[Discovery], user: Any) -> Iterable[Line]:
    for each in discoveries:
        counts = [counted(each.need_count, "need"), counted(each.prototype_count, "prototype")]  # type: ignore[attr-defined]  # annotated
        yield Line(
            title=each.title,
            url=each.get_absolute_url(),
            sentence=each.summary,
            facts=(each.get_step_display(), ", ".join(counts), f"since {each.starts_on:%-d %B %Y}"),
            record=each,
        )


def _cells_of_discoveries(rows: list[Discovery]) -> Iterable[list[object]]:
    for each in rows:
        yield [
            each.title,
            each.get_step_display(),
            each.department or "",
            each.theme,
            each.starts_on,
            each.need_count,
            each.prototype_count,
        ]


DISCOVERIES = Listing(
    name="discoveries",
    title="Discoveries",
    noun=("discovery", "discoveries"),
    rows=lambda user, asked: visible_discoveries(user),
    fields=(
        Words(columns=("title", "summary", "theme")),
        Facet(name="step", label="Step", path="step", choices=Discovery.Step.choices, keeps_order=True),
        RowFacet(
            name="department",
            label="Department",
            path="department",
            rows=lambda: Organisation.objects.filter(kind=Kind.DEPARTMENT),
        ),
        PURPOSE,
    ),
    sorts=(
        Sort("newest", "Newest first", lambda rows: rows.order_by("-starts_on", "title", "pk")),
        Sort("title", "By title", lambda rows: rows.order_by("title", "pk")),
    ),
    of_a_line=lambda rows: with_prototype_and_need_counts(rows).defer("lesson", "feasibility_reason"),
    lines=_lines_of_discoveries,
    columns=(
        "Discovery", "Step", "Department", "Theme", "Started on", "Needs", "Prototypes",
    ),
    cells=_cells_of_discoveries,
    of_a_file=lambda rows: with_prototype_and_need_counts(rows).select_related("department"),
    nothing=Nothing(
        "No discoveries yet",
        "A discovery starts from needs that several councils share.",
        "See what councils need",
        "/needs/",
    ),
    no_match=Nothing(
        "No discovery matches",
        "A discovery starts from needs that several councils share.",
        "Raise this as a need",
        RAISE_IT,
    ),
)  # fmt: skip


def _lines_of_projects(projects: list[Project], user: Any) -> Iterable[Line]:
    for each in projects:
        lead = f"led by {each.lead_council.full_name}" if each.lead_council else ""
        stage = each.get_stage_display()
        if each.launched_on:
            stage += f", launched {each.launched_on:%B %Y}"
        yield Line(
            title=each.title,
            url=each.get_absolute_url(),
            sentence=each.summary,
            facts=(stage, lead, freshness_tag(each).text),
            record=each,
        )


def _cells_of_projects(rows: list[Project]) -> Iterable[list[object]]:
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
    lines=_lines_of_projects,
    columns=(
        "Project", "Stage", "Led by", "Service", "Started on", "Business case accepted on", "Launched on",
        "Freshness", "Next update due",
    ),
    cells=_cells_of_projects,
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
