"""The lists of the board: the portfolio, the registers of decisions and of actions."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from django.db.models import Case, CharField, Prefetch, QuerySet, Value, When

from core import clock
from core.filters import Facet, Only, Pick, RowFacet, Words, YearFacet, year_of
from core.listing import Line, Listing, Nothing, Sort
from core.words import day_in_words
from councils.lists import council_pick
from councils.models import Organisation
from events.models import Event
from projects.discoveries.lists import PURPOSE
from projects.models import Project, StatusUpdate
from projects.portfolio.freshness import freshness_tag
from projects.portfolio.models import freshness_now
from projects.portfolio.permissions import visible_projects
from projects.portfolio.standing import standings
from steering.models import BoardAction, Decision, SeatStand
from steering.permissions import visible_actions, visible_decisions
from steering.queries import (
    NO_EVENT,
    NOT_RATED,
    AllThatWaits,
    in_board_order,
    is_blocked,
    is_to_decide,
    next_decision,
    rating_now,
    reviews_due,
    state_of,
    stream_behind,
    with_next_decision,
)
from steering.queries.decisions import about_projects, decisions_not_implemented


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
        Only(name="overdue", label="Update overdue", by=lambda projects: projects.late()),
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


# The same with every filter, on a page of its own.
WHOLE_PORTFOLIO = replace(
    PORTFOLIO,
    name="whole-portfolio",
    fields=(
        Words(columns=("title", "summary")),
        *PORTFOLIO.fields,
        Facet(
            name="rating",
            label="Rating",
            value=rating_now,
            choices=[*reversed(StatusUpdate.Rating.choices), (NOT_RATED, "Not rated")],
            keeps_order=True,
        ),
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


def portfolio_before(
    waiting: AllThatWaits, listing: Listing = PORTFOLIO, *, freshness: Callable[[], Case] = freshness_now
) -> Listing:
    """The portfolio, with the projects that wait for the board on top.

    A page that asks `freshness` elsewhere too hands it in cached; each rating is worked out once for the list.
    """
    order = Sort("board", "Those that need the board first", lambda rows: in_board_order(rows, waiting))
    asked_once: dict[str, dict[str, Any]] = {
        "freshness": {"value": freshness},
        "overdue": {"by": lambda projects: projects.late(freshness())},
        "rating": {"value": cache(rating_now)},
    }
    fields = [replace(field, **asked_once.get(field.name, {})) for field in listing.fields]
    return replace(listing, sorts=(order,), fields=fields)


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
    of_a_line=lambda rows: rows.select_related("business_case__project"),
    of_a_file=_with_stands,
    nothing=Nothing(
        "No decision yet",
        "Once the board decides, it stands here with its number.",
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
