"""The list of discoveries."""

from collections.abc import Iterable
from typing import Any

from core.filters import Facet, RowFacet, Words
from core.listing import Line, Listing, Nothing, Sort
from core.words import counted, day_in_words
from councils.kinds import Kind
from councils.models import Organisation
from projects.discoveries.models import Discovery, Purpose
from projects.discoveries.permissions import visible_discoveries
from projects.discoveries.queries import with_prototype_and_need_counts
from projects.needs.lists import RAISE_IT

PURPOSE = RowFacet(
    name="purpose", label="Purpose", path="purposes", rows=Purpose.objects.all, key="pk", is_many=True
)  # fmt: skip


def _lines(discoveries: list[Discovery], user: Any) -> Iterable[Line]:
    for each in discoveries:
        counts = [counted(each.need_count, "need"), counted(each.prototype_count, "prototype")]  # type: ignore[attr-defined]  # annotated
        yield Line(
            title=each.title,
            url=each.get_absolute_url(),
            sentence=each.summary,
            facts=(each.get_step_display(), ", ".join(counts), f"since {day_in_words(each.starts_on)}"),
            record=each,
        )


def _cells(rows: list[Discovery]) -> Iterable[list[object]]:
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
    lines=_lines,
    columns=(
        "Discovery", "Step", "Department", "Theme", "Started on", "Needs", "Prototypes",
    ),
    cells=_cells,
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
