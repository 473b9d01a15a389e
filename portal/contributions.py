"""What a council contributed, for its profile: needs, projects, assets, and the assets of others that it uses."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from assets_registry.models import Adoption, Asset
from assets_registry.permissions import visible_adoptions, visible_assets
from core.panels import Panel
from councils.models import Organisation
from projects.models import Need, Project
from projects.permissions import visible_needs, visible_projects

# More than this of one kind is a list of its own, on that kind's page.
SHOWN = 8


@dataclass(frozen=True)
class Line:
    """One contribution. `by` names the council it came from where that was a predecessor."""

    title: str
    url: str
    word: str
    by: str


@dataclass(frozen=True)
class Section:
    heading: str
    anchor: str
    lines: list[Line]
    total: int


_SECTIONS: dict[str, tuple[str, str, dict[Any, Any]]] = {
    "need": ("Needs it raised", "projects:need", dict(Need.State.choices)),
    "project": ("Projects it leads or joined", "projects:project", dict(Project.Stage.choices)),
    "asset": ("Assets it shares", "assets_registry:detail", dict(Asset.State.choices)),
    "adoption": ("Assets it uses", "assets_registry:detail", dict(Adoption.Status.choices)),
}


def _columns(found: QuerySet, kind: str, **columns: str) -> QuerySet:
    """The newest few with the same columns of every kind, so that one question fetches them all."""
    named = {f"column_{name}": F(path) for name, path in columns.items()}
    newest = [F("created_at").desc(), F("pk").desc()]
    rows = found.order_by().annotate(
        column_kind=Value(kind, output_field=CharField()),
        column_total=Window(Count("pk")),
        column_place=Window(RowNumber(), order_by=newest),
        **named,
    )
    names = ("kind", "total", "place", "title", "slug", "word", "by")
    return rows.filter(column_place__lte=SHOWN).values_list(*(f"column_{name}" for name in names))


def _rows(councils: tuple[int, ...], user: Any) -> list[tuple]:
    needs = visible_needs(user).filter(council__in=councils)
    joined = Project.partners.through.objects.filter(organisation__in=councils).values("project")
    projects = visible_projects(user).filter(Q(lead_council__in=councils) | Q(pk__in=joined))
    assets = visible_assets(user).filter(owner__in=councils)
    adoptions = visible_adoptions(user).filter(council__in=councils)
    united = _columns(needs, "need", title="title", slug="slug", word="state", by="council__name").union(
        _columns(projects, "project", title="title", slug="slug", word="stage", by="lead_council__name"),
        _columns(assets, "asset", title="name", slug="slug", word="state", by="owner__name"),
        _columns(adoptions, "adoption", title="asset__name", slug="asset__slug", word="status", by="council__name"),
    )
    return sorted(united, key=lambda row: (list(_SECTIONS).index(row[0]), row[2]))


def contributions_panel(council: Organisation, user: Any) -> Panel | None:
    """The council's own contributions and, named, those of the councils it took over from."""
    found: dict[str, list[Line]] = {kind: [] for kind in _SECTIONS}
    totals: dict[str, int] = {}
    for kind, total, _, title, slug, word, by in _rows(council.lineage, user):
        totals[kind] = total
        _, address, words = _SECTIONS[kind]
        other = "" if by == council.name else by
        found[kind].append(Line(title, reverse(address, args=[slug]), str(words.get(word, word)), other))
    sections = [Section(_SECTIONS[kind][0], f"{kind}s", lines, totals[kind]) for kind, lines in found.items() if lines]
    return Panel("portal/contributions.html", {"sections": sections}, order=10) if sections else None
