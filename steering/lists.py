"""The lists of the board: the portfolio and the register of decisions."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Case, CharField, Prefetch, QuerySet, Value, When

from core import clock
from core.filters import Facet, Only, Pick, Words, YearFacet, year_of
from core.listing import Line, Listing, Nothing, Sort
from core.words import day_in_words
from projects.models import Project
from projects.portfolio.freshness import freshness_tag
from projects.portfolio.models import ProjectQuerySet, freshness_now
from projects.portfolio.permissions import visible_projects
from projects.portfolio.standing import standings
from steering.models import Decision, SeatStand
from steering.permissions import visible_decisions
from steering.queries import (
    AllThatWaits,
    in_board_order,
    is_to_decide,
    next_decision,
    reviews_due,
    with_next_decision,
)
from steering.queries.decisions import about_projects, decisions_not_implemented


def _overdue(projects: ProjectQuerySet) -> ProjectQuerySet:
    return projects.late()


def _cells_of_portfolio(projects: list[Project]) -> Iterable[tuple[object, ...]]:
    found = standings(projects)
    for each in projects:
        standing = found[each.pk]
        yield (
            each.title,
            each.get_stage_display(),
            each.lead_council or "",
            freshness_tag(each).text,
            standing.word,
            standing.reason,
            standing.line,
            next_decision(each).words,
            each.started_on,
            each.outcome_of_year,
        )


# The page shows a table of its own in place of rows.
PORTFOLIO = Listing(
    name="portfolio",
    title="The board’s portfolio",
    noun=("project", "projects"),
    is_timeless=True,
    rows=lambda user, asked: visible_projects(user),
    fields=(
        Facet(name="stage", label="Stage", path="stage", choices=Project.Stage.choices, keeps_order=True),
        YearFacet(name="outcome", label="Outcome of the year", path="outcome_of_year", said="outcomes of {}"),
        Facet(
            name="freshness",
            label="Freshness",
            value=freshness_now,
            choices=Project.Freshness.choices,
            keeps_order=True,
        ),
        Only(name="overdue", label="Update overdue", by=_overdue),
        Only(name="decide", label="Case to decide", by=lambda projects: projects.filter(is_to_decide())),
    ),
    sorts=(Sort("stage", "By stage", lambda rows: rows.order_by("stage", "-started_on", "pk")),),
    of_a_line=with_next_decision,
    lines=lambda projects, user: (),
    columns=(
        "Project",
        "Stage",
        "Lead",
        "Freshness",
        "Rating",
        "Its reason",
        "Latest line",
        "Next decision",
        "Started",
        "Outcome of year",
    ),
    cells=_cells_of_portfolio,
    of_a_file=with_next_decision,
    nothing=Nothing(
        "No project yet",
        "The board follows a project from the vote that chose its prototype.",
        "See the discoveries",
        "/discoveries/",
    ),
    no_match=Nothing("No project fits", "Choose another stage.", "Show all", "/board/"),
)


def portfolio_before(waiting: AllThatWaits) -> Listing:
    """The portfolio, with the projects that wait for the board on top."""
    order = Sort("board", "Those that need the board first", lambda rows: in_board_order(rows, waiting))
    return replace(PORTFOLIO, sorts=(order,))


_ABOUT = (
    ("case", "A business case"),
    ("project", "A project"),
    ("block", "A block"),
    ("promise", "A promise"),
    ("none", "Something else"),
)


def _about() -> Case:
    """What a decision is about, as an expression: one of `_ABOUT`."""
    fields = {"case": "business_case", "project": "project", "block": "block", "promise": "promise"}
    kinds = [When(**{f"{field}__isnull": False, "then": Value(kind)}) for kind, field in fields.items()]
    return Case(*kinds, default=Value("none"), output_field=CharField())


def _project_named(slug: str) -> tuple[str, str] | None:
    """The key and title of the project with that address."""
    found = Project.objects.filter(slug=slug).values_list("pk", "title").first()
    return (str(found[0]), found[1]) if found else None


def _lines_of_decisions(decisions: list[Decision], user: Any) -> Iterable[Line]:
    for each in decisions:
        yield Line(
            title=f"{each.number} {each.title}",
            url=each.get_absolute_url(),
            sentence=each.wording,
            facts=(
                each.get_result_display(),
                day_in_words(each.decided_on),
                each.figures if each.bodies else "",
                "not carried out yet" if each.is_to_implement else "",
            ),
            record=each,
        )


def _with_stands(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """The decisions with how each body stood, for the file."""
    return decisions.select_related(
        "business_case__project", "project", "block__project", "promise__project"
    ).prefetch_related(Prefetch("stands", SeatStand.objects.select_related("seat__body")))


def _cells_of_decisions(decisions: Iterable[Decision]) -> Iterable[tuple[object, ...]]:
    for each in decisions:
        named = {stood: [] for stood in SeatStand.Stood.values}
        for stand in each.stands.all():
            if stand.seat:
                named[stand.stood].append(str(stand.seat))
        yield (
            each.number,
            each.decided_on,
            each.title,
            each.project_behind or "",
            each.get_result_display(),
            each.votes_for,
            each.votes_against,
            each.abstentions,
            *("; ".join(bodies) for bodies in named.values()),
            each.dissent,
            each.conditions_met_on,
            each.implemented_on,
            each.implemented_by,
            each.review_on,
            each.reviewed_on,
        )


DECISIONS = Listing(
    name="decisions",
    title="Decisions of the steering board",
    noun=("decision", "decisions"),
    rows=lambda user, asked: visible_decisions(user),
    fields=(
        Words(columns=("number", "title", "wording", "basis", "dissent")),
        Facet(name="result", label="Result", path="result", choices=Decision.Result.choices),
        YearFacet(name="year", label="Year", value=year_of("decided_on")),
        Facet(name="kind", label="About", value=_about, choices=_ABOUT, keeps_order=True),
        Pick(
            name="project",
            label="Project",
            named=_project_named,
            by=lambda decisions, key: decisions.filter(about_projects([key])),
            is_hidden=True,
        ),
        Only(name="review", label="Review due", by=lambda decisions: decisions.filter(pk__in=reviews_due())),
        Only(
            name="open",
            label="Not carried out yet",
            by=lambda decisions: decisions.filter(pk__in=decisions_not_implemented(clock.today())),
        ),
        Only(name="dissent", label="With dissent", by=lambda decisions: decisions.exclude(dissent="")),
    ),
    sorts=(Sort("newest", "Newest first", lambda rows: rows.order_by(*Decision._meta.ordering)),),
    lines=_lines_of_decisions,
    columns=(
        "Number", "Decided on", "Title", "Project", "Result", "For", "Against", "Abstained", "Bodies for",
        "Bodies against", "Bodies that abstained", "Dissent", "Conditions met on", "Carried out on", "Carried out by",
        "Review on", "Reviewed on",
    ),
    cells=_cells_of_decisions,
    of_a_file=_with_stands,
    nothing=Nothing(
        "No decision yet",
        "Once the board decides, it stands here with its number.",
        "See what waits",
        "/board/",
    ),
    no_match=Nothing("No decision matches", "Use fewer words or filters.", "See what waits", "/board/"),
)  # fmt: skip
