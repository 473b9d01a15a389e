"""The list of blocks: open ones first, the furthest up and the longest open on top."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from core.filters import Day, Facet, Pick, RowFacet, Words, YearFacet, year_of
from core.listing import Line, Listing, Nothing, Sort
from core.words import counted, day_in_words
from councils.models import Organisation
from projects.blocks.models import Block
from projects.blocks.permissions import visible_blocks
from projects.portfolio.models import Project

NO_COUNCIL = "No council is named"


def whose_turn(block: Block) -> str:
    """With whom a block is, in words: the project, the secretariat, the board, or the body that is asked."""
    if block.level == Block.Level.DEPARTMENT and block.who_can_remove:
        return str(block.who_can_remove)
    return block.get_level_display()[0].lower() + block.get_level_display()[1:]


def in_waiting(councils: int) -> str:
    """How many councils wait, in words: 12 councils wait."""
    return counted(councils, "council waits", "councils wait") if councils else NO_COUNCIL


def waited(councils: int) -> str:
    """The same of a block that was removed: 12 councils waited."""
    return f"{counted(councils, 'council')} waited" if councils else NO_COUNCIL


def _state() -> Case:
    return Case(When(removed_on=None, then=Value("open")), default=Value("removed"), output_field=CharField())


def _level() -> Case:
    """With whom an open block is; one that was removed is with nobody."""
    return Case(When(removed_on=None, then=F("level")), output_field=CharField())


def _by_urgency(rows: QuerySet) -> QuerySet:
    heights = [When(level=level, removed_on=None, then=Value(-height)) for height, level in enumerate(Block.LADDER)]
    height = Case(*heights, default=Value(1), output_field=IntegerField())
    return rows.order_by(height, "-removed_on", "open_since", "pk")


def _of_project(rows: QuerySet, key: str) -> QuerySet:
    merged = Block.objects.filter(merged_into=OuterRef("pk"), project=key)
    return rows.filter(Q(project=key) | Exists(merged))


def _project_named(text: str) -> tuple[str, str] | None:
    found = list(Project.objects.filter(Q(slug=text) | Q(title__iexact=text)).only("title")[:2])
    return (str(found[0].pk), found[0].title) if len(found) == 1 else None


def _lines(blocks: list[Block], user: Any) -> Iterable[Line]:
    for each in blocks:
        days = counted(each.days_open, "day")
        if each.removed_on:
            stands = f"Removed on {day_in_words(each.removed_on)} after {days}"
        else:
            stands = f"{days} open, with {whose_turn(each)}"
        number = each.council_count  # type: ignore[attr-defined]  # annotated
        asked = f"{in_waiting(number)}; who can remove it: {each.who_can_remove or 'not known yet'}"
        yield Line(
            title=each.title,
            url=each.get_absolute_url(),
            sentence=each.outcome or each.what,
            facts=(str(each.project), stands, waited(number) if each.removed_on else asked),
            record=each,
        )


def _cells(blocks: list[Block]) -> Iterable[list[object]]:
    for each in blocks:
        projects = [each.project.title, *(other.project.title for other in each.merged.all())]
        yield [
            each.title,
            "Removed" if each.removed_on else "Open",
            each.get_level_display(),
            each.who_can_remove or "",
            "; ".join(dict.fromkeys(projects)),
            each.council_count,  # type: ignore[attr-defined]  # annotated
            each.open_since,
            each.removed_on or "",
            each.days_open,
            each.outcome,
        ]


BLOCKS = Listing(
    name="blocks",
    title="What blocks projects",
    noun=("block", "blocks"),
    rows=lambda user, asked: visible_blocks(user).told_once(),
    fields=(
        Words(columns=("title", "what", "outcome")),
        Facet(
            name="state", label="State", value=_state, choices=[("open", "Open"), ("removed", "Removed")],
            keeps_order=True,
        ),
        Facet(name="level", label="With", value=_level, choices=Block.Level.choices, keeps_order=True),
        RowFacet(
            name="remover", label="Who can remove it", path="who_can_remove", rows=Organisation.objects.all,
        ),
        Pick(name="project", label="Project", named=_project_named, by=_of_project),
        Day(
            name="as_at", label="Removed by", hint="Those removed on this day or before",
            by=lambda rows, day: rows.filter(removed_on__lte=day),
        ),
        YearFacet(name="year", label="Year of removal", value=year_of("removed_on"), said="removed in {}"),
    ),
    sorts=(
        Sort("urgent", "Most urgent", _by_urgency),
        Sort("longest", "Longest open", lambda rows: rows.order_by("open_since", "pk")),
        Sort(
            "councils", "Most councils",
            lambda rows: rows.with_council_counts().order_by("-council_count", "open_since", "pk"),
        ),
    ),
    of_a_line=lambda rows: rows.with_council_counts().select_related("project", "who_can_remove"),
    lines=_lines,
    columns=(
        "Block", "State", "Level", "Who can remove it", "Projects", "Councils", "Open since", "Removed on",
        "Days open", "Outcome",
    ),
    cells=_cells,
    of_a_file=lambda rows: rows.with_council_counts()
    .select_related("project", "who_can_remove")
    .prefetch_related("merged__project"),
    nothing=Nothing(
        "Nothing blocks a project",
        "What stops a project is raised on its page by those who lead it.",
        "See the projects",
        "/projects/",
    ),
    no_match=Nothing("No block matches", "Use fewer words or filters.", "Show all blocks", "/board/blockers/"),
)  # fmt: skip
