"""The lists of the board: the portfolio and the register of decisions."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from core.filters import Facet, Only, RowFacet, Words, YearFacet, year_of
from core.listing import Line, Listing, Nothing, Sort
from core.words import day_in_words
from councils.lists import council_pick
from councils.models import Organisation
from events.models import Event
from projects.discoveries.lists import PURPOSE
from projects.models import Project
from projects.portfolio.freshness import freshness_tag
from projects.portfolio.models import ProjectQuerySet, freshness_now
from projects.portfolio.permissions import visible_projects
from steering.models import Decision
from steering.permissions import visible_decisions
from steering.queries import (
    NO_EVENT,
    AllThatWaits,
    in_board_order,
    is_blocked,
    is_to_decide,
    next_decision,
    reviews_due,
    stream_behind,
    with_next_decision,
)


def _overdue(projects: ProjectQuerySet) -> ProjectQuerySet:
    return projects.with_freshness(Project.Freshness.OVERDUE)


def _cells_of_portfolio(projects: list[Project]) -> Iterable[tuple[object, ...]]:
    for each in projects:
        yield (
            each.title,
            each.get_stage_display(),
            each.lead_council or "",
            freshness_tag(each).text,
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
    columns=("Project", "Stage", "Lead", "Freshness", "Next decision", "Started", "Outcome of year"),
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


# The same with every filter, on a page of its own.
WHOLE_PORTFOLIO = replace(
    PORTFOLIO,
    fields=(
        Words(columns=("title", "summary")),
        *PORTFOLIO.fields,
        Facet(
            name="blocked",
            label="Blocked",
            value=is_blocked,
            choices=[("yes", "Blocked"), ("no", "Not blocked")],
            keeps_order=True,
        ),
        Facet(
            name="stream",
            label="Stream that led to it",
            value=stream_behind,
            choices=[*Event.Stream.choices, (NO_EVENT, "No event on record")],
            keeps_order=True,
        ),
        council_pick("lead", "Lead council", "lead_council"),
        RowFacet(name="department", label="Department", path="discovery__department", rows=Organisation.objects.all),
        PURPOSE,
    ),
    no_match=Nothing("No project fits", "Choose other filters.", "Show all", "/board/portfolio/"),
)


def portfolio_before(waiting: AllThatWaits, listing: Listing = PORTFOLIO) -> Listing:
    """The portfolio, with the projects that wait for the board on top."""
    order = Sort("board", "Those that need the board first", lambda rows: in_board_order(rows, waiting))
    return replace(listing, sorts=(order,))


def _lines_of_decisions(decisions: list[Decision], user: Any) -> Iterable[Line]:
    for each in decisions:
        yield Line(
            title=f"{each.number} {each.title}",
            url=each.get_absolute_url(),
            sentence=each.wording,
            facts=(
                each.get_result_display(),
                day_in_words(each.decided_on),
                f"{each.votes_for} for, {each.votes_against} against, {each.abstentions} abstained",
            ),
            record=each,
        )


DECISIONS = Listing(
    name="decisions",
    title="Decisions of the steering board",
    noun=("decision", "decisions"),
    rows=lambda user, asked: visible_decisions(user),
    fields=(
        Words(columns=("number", "title", "wording")),
        Facet(name="result", label="Result", path="result", choices=Decision.Result.choices),
        YearFacet(name="year", label="Year", value=year_of("decided_on")),
        Only(name="review", label="Review due", by=lambda decisions: decisions.filter(pk__in=reviews_due())),
    ),
    sorts=(Sort("newest", "Newest first", lambda rows: rows.order_by(*Decision._meta.ordering)),),
    lines=_lines_of_decisions,
    columns=(
        "Number", "Decided on", "Title", "Result", "For", "Against", "Abstained", "Review on", "Reviewed on",
    ),
    cells=lambda decisions: (
        (
            each.number,
            each.decided_on,
            each.title,
            each.get_result_display(),
            each.votes_for,
            each.votes_against,
            each.abstentions,
            each.review_on,
            each.reviewed_on,
        )
        for each in decisions
    ),
    nothing=Nothing(
        "No decision yet",
        "Once the board decides a business case, it stands here with its number.",
        "See what waits",
        "/board/",
    ),
    no_match=Nothing("No decision matches", "Use fewer words or filters.", "See what waits", "/board/"),
)  # fmt: skip
