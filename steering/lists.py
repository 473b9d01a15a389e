"""The lists of the board: the portfolio, the registers of decisions and of actions."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Case, CharField, Value, When

from core import clock
from core.filters import Facet, Only, RowFacet, Words, YearFacet, year_of
from core.listing import Line, Listing, Nothing, Sort
from core.words import day_in_words
from councils.models import Organisation
from projects.models import Project
from projects.portfolio.freshness import freshness_tag
from projects.portfolio.models import ProjectQuerySet, freshness_now
from projects.portfolio.permissions import visible_projects
from steering.models import BoardAction, Decision
from steering.permissions import visible_actions, visible_decisions
from steering.queries import (
    AllThatWaits,
    in_board_order,
    is_to_decide,
    next_decision,
    reviews_due,
    state_of,
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


def portfolio_before(waiting: AllThatWaits) -> Listing:
    """The portfolio, with the projects that wait for the board on top."""
    order = Sort("board", "Those that need the board first", lambda rows: in_board_order(rows, waiting))
    return replace(PORTFOLIO, sorts=(order,))


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


def _state_today() -> Case:
    """Of an action, by the day: done, overdue or open."""
    return Case(
        When(done_on__isnull=False, then=Value("done")),
        When(due_on__lt=clock.today(), then=Value("overdue")),
        default=Value("open"),
        output_field=CharField(),
    )


_OPEN_FIRST = Case(When(done_on=None, then=0), default=1)


def _lines_of_actions(actions: list[BoardAction], user: Any) -> Iterable[Line]:
    for each in actions:
        yield Line(
            title=each.title,
            url=each.get_absolute_url(),
            sentence=each.done_words,
            facts=(state_of(each), str(each.owner), *_due(each)),
            record=each,
        )


def _due(action: BoardAction) -> tuple[str, ...]:
    """When an action was due, where its state does not say so."""
    return (f"due {day_in_words(action.due_on)}",) if action.done_on or action.is_overdue else ()


ACTIONS = Listing(
    name="actions",
    title="Actions of the steering board",
    noun=("action", "actions"),
    is_timeless=True,
    rows=lambda user, asked: visible_actions(user),
    fields=(
        Words(columns=("title", "done_words")),
        Facet(
            name="state",
            label="State",
            value=_state_today,
            choices=[("open", "Open"), ("overdue", "Overdue"), ("done", "Done")],
            keeps_order=True,
        ),
        RowFacet(name="owner", label="Owner", path="owner", rows=Organisation.objects.all),
        YearFacet(name="year", label="Year due", value=year_of("due_on")),
    ),
    sorts=(
        Sort("open", "Open ones first", lambda rows: rows.order_by(_OPEN_FIRST, "due_on", "pk")),
        Sort("newest", "Last given first", lambda rows: rows.order_by("-given_on", "-pk")),
    ),
    of_a_line=lambda rows: rows.select_related("owner"),
    lines=_lines_of_actions,
    columns=("Action", "Owner", "Given on", "Due on", "Done on", "What was done", "Why its day was moved", "State"),
    cells=lambda actions: (
        (
            each.title,
            each.owner,
            each.given_on,
            each.due_on,
            each.done_on,
            each.done_words,
            each.moved_because,
            state_of(each),
        )
        for each in actions
    ),
    of_a_file=lambda rows: rows.select_related("owner"),
    nothing=Nothing(
        "No action yet", "What the board asks a body to do by a day stands here until it is done.", "See the board",
        "/board/",
    ),
    no_match=Nothing("No action matches", "Use fewer words or filters.", "See the board", "/board/"),
)  # fmt: skip
