"""The skills that events teach: all fourteen with what councils asked for, and one with its events."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import AnyUser
from core import clock
from core.panels import panel_context
from core.permissions import allow, anyone
from core.tables import Table, table_response, wants_table
from core.words import counted
from events.event.models import Event
from events.event.skills import Skill, SkillDemand
from events.permissions import visible_events
from events.whats_on.pages import when_of

COLUMNS = [
    "Skill",
    ("Key", "numeric"),
    ("Important", "numeric"),
    ("Not important", "numeric"),
    ("Answers", "numeric"),
    ("Events coming up", "numeric"),
    ("Events so far", "numeric"),
]
ANSWERS = ["Our organisation needs to build it", ("Share", "numeric"), ("Of those who answered", "numeric")]
MOST_EVENTS = 20


def latest_demand(skills: list[Skill]) -> dict[int, SkillDemand]:
    """The latest survey’s figures of each skill, in one query."""
    found: dict[int, SkillDemand] = {}
    for demand in SkillDemand.objects.filter(skill__in=skills).select_related("skill").order_by("asked_on"):
        found[demand.skill_id] = demand
    return found


def with_events(user: AnyUser) -> QuerySet[Any]:
    """The skills with how many events that the reader may see teach each: `coming` and `held`."""
    now = clock.now()
    seen = Q(events__in=visible_events(user).filter(state=Event.State.PUBLISHED))
    return Skill.objects.annotate(
        coming=Count("events", filter=seen & Q(events__ends_at__gt=now)),
        held=Count("events", filter=seen & Q(events__ends_at__lte=now)),
    )


def table_of(skills: list[Any]) -> list[list[Any]]:
    """The rows of the table of skills, those most in demand first; one that nobody was asked about comes last."""
    demand = latest_demand(skills)
    ordered = sorted(skills, key=lambda skill: (skill.pk not in demand, -_key(demand.get(skill.pk)), skill.order))
    return [_row(skill, demand.get(skill.pk)) for skill in ordered]


def _key(demand: SkillDemand | None) -> float:
    return demand.key / demand.answers if demand else 0


def _row(skill: Any, demand: SkillDemand | None) -> list[Any]:
    shares = (
        [
            demand.key_share.with_unit,
            demand.important_share.with_unit,
            demand.not_important_share.with_unit,
            demand.answers,
        ]
        if demand
        else ["not asked"] * 4
    )
    events = f"{reverse('events:list')}?skill={skill.slug}"
    counts = [(skill.coming, events if skill.coming else ""), (skill.held, f"{events}&when=past" if skill.held else "")]
    return [(skill.name, skill.get_absolute_url()), *shares, *counts]


def as_file(rows: list[list[Any]], demand: SkillDemand | None) -> Table:
    """The same rows as a file."""
    columns = [column if isinstance(column, str) else column[0] for column in COLUMNS]
    said = [f"as at: {demand.as_at.isoformat()}", f"source: {demand.source}"] if demand else ["none"]
    return Table(
        name="skills",
        title="Digital skills: what councils need to build, and the events that teach it",
        columns=columns,
        rows=[[cell[0] if isinstance(cell, tuple) else cell for cell in row] for row in rows],
        filters="; ".join(said),
    )


def answers_of(demand: SkillDemand) -> list[list[str]]:
    """The three answers about one skill, each with its base."""
    named = (
        ("It is key", demand.key_share),
        ("It is important", demand.important_share),
        ("It is not important", demand.not_important_share),
    )
    return [[words, share.with_unit, share.counts] for words, share in named]


def skill_page(skill: Skill, user: AnyUser) -> dict[str, Any]:
    """The context of one skill: its demand and its events, those to come first."""
    events = visible_events(user).filter(skills=skill).exclude(state=Event.State.CANCELLED)
    coming = events.filter(ends_at__gt=clock.now()).order_by("starts_at", "pk")
    past = events.filter(ends_at__lte=clock.now()).order_by("-starts_at", "pk")
    demand = latest_demand([skill]).get(skill.pk)
    return {
        "skill": skill,
        "demand": demand,
        "answers": answers_of(demand) if demand else [],
        "answer_columns": ANSWERS,
        "groups": [("Coming up", _lines(coming)), ("So far", _lines(past))],
        "all_url": f"{reverse('events:list')}?skill={skill.slug}",
        "all_words": f"All {counted(events.count(), 'event')} in the list",
        "most": MOST_EVENTS,
        **panel_context(skill, user),
    }


def _lines(events: QuerySet[Event]) -> list[tuple[Event, str]]:
    return [(event, f"{when_of(event)} · {event.venue}") for event in events[:MOST_EVENTS]]


@allow(anyone)
@require_safe
def skill_list(request: HttpRequest) -> HttpResponseBase:
    """The skills that councils most need, with the events that teach them; as a file too."""
    skills = list(with_events(request.user))
    demand = next(iter(latest_demand(skills).values()), None)
    rows = table_of(skills)
    if wants_table(request):
        return table_response(request, as_file(rows, demand))
    return render(request, "events/skills.html", {"columns": COLUMNS, "rows": rows, "demand": demand})


@allow(anyone)
@require_safe
def skill_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One skill: how many councils asked for it, and its events."""
    skill = get_object_or_404(Skill, slug=slug)
    return render(request, "events/skill.html", skill_page(skill, request.user))
