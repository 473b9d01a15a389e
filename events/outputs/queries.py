"""What came out of a day: needs, prototypes, projects, and what was added by hand, in the order of the page."""

from typing import Any

from django.db.models import CharField, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from accounts.models import AnyUser
from events.event.models import Event
from events.outputs import following
from events.outputs.following import OutputLine
from events.outputs.models import Output
from projects.discoveries.permissions import visible_prototypes
from projects.needs.permissions import visible_needs
from projects.portfolio.permissions import visible_projects

# The groups of what was added by hand, after the projects.
ADDED = (
    (Output.Kind.SLIDES, "Slides"),
    (Output.Kind.RECORDING, "Recordings"),
    (Output.Kind.NOTES, "Notes"),
    (Output.Kind.DECISION, "Decisions"),
    (Output.Kind.OTHER, "And also"),
)


def _text(value: Any) -> Cast:
    return Cast(value, TextField())


def came_out(event: Event, user: AnyUser) -> dict[str, Any]:
    """The needs, prototypes, projects and outputs of a day, as lists of lines, in one query."""
    rows: dict[str, tuple[QuerySet, Any]] = {
        "need": (visible_needs(user).filter(events=event), _text("who_for")),
        "prototype": (visible_prototypes(user).filter(events=event), _text("summary")),
        "project": (visible_projects(user).filter(prototype__events=event), _text("summary")),
    }
    first, *others = (
        found.order_by()
        .annotate(kind=Value(kind, output_field=CharField()), note=note, way=_text("slug"))
        .values_list("kind", "title", "way", "note", "pk")
        for kind, (found, note) in rows.items()
    )
    more = following.lists()
    others += [
        each.rows(event, user)
        .order_by()
        .annotate(kind=Value(kind, output_field=CharField()))
        .values_list("kind", "title", "way", "note", "pk")
        for kind, each in more.items()
    ]
    added = (
        Output.objects.filter(event=event)
        .order_by()
        .annotate(way=_text("link"), note=_text("document"))
        .values_list("kind", "title", "way", "note", "pk")
    )
    lines: dict[str, list[OutputLine]] = {kind: [] for kind in [*rows, *more, *Output.Kind.values]}
    for kind, title, way, note, key in first.union(*others, added, all=True).order_by("title", "pk"):
        made = more[kind].line(title, way, note) if kind in more else _line(event, kind, title, way, note, key)
        lines[kind].append(made)
    said = {(prototype["title"], prototype["note"]) for prototype in lines["prototype"]}
    for project in lines["project"]:
        if (project["title"], project["note"]) in said:
            project["note"] = ""  # listed with the prototype that became the project
    return {
        "needs": lines["need"],
        "prototypes": lines["prototype"],
        "projects": lines["project"],
        "following": [(each.heading, lines[kind]) for kind, each in more.items() if lines[kind]],
        "added": [(name, lines[kind]) for kind, name in ADDED if lines[kind]],
    }


def _line(event: Event, kind: str, title: str, way: str, note: str, key: int) -> OutputLine:
    if kind not in Output.Kind.values:
        return {"title": title, "url": reverse(f"projects:{kind}", args=[way]), "note": note}
    if way:
        return {"title": title, "url": way, "note": way.partition("://")[2].partition("/")[0]}
    ending = note.rpartition(".")[2].upper()
    return {"title": title, "url": reverse("events:output", args=[event.slug, key]), "note": f"{ending}, on this site"}
