"""The list of packs: the newest of each meeting."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from core.filters import YearFacet, year_of
from core.listing import Line, Listing, Nothing, Sort
from core.words import counted, day_in_words
from steering.models import Pack
from steering.packs.moments import frozen_when
from steering.packs.permissions import visible_packs


def _newest(user: Any, asked: Any) -> Any:
    later = Pack.objects.filter(meeting=OuterRef("meeting"), version__gt=OuterRef("version"))
    return visible_packs().filter(~Exists(later))


def _lines(packs: list[Pack], user: Any) -> Iterable[Line]:
    for each in packs:
        yield Line(
            title=day_in_words(each.meeting.day),
            url=each.get_version_url() if each.meeting.is_cancelled else each.get_absolute_url(),
            sentence=f"Frozen on {frozen_when(timezone.localdate(each.frozen_at), each.meeting.day)}.",
            facts=(
                counted(each.pages, "page") if each.pages else "",
                f"version {each.version}" if each.version > 1 else "",
                "the meeting was cancelled" if each.meeting.is_cancelled else "",
            ),
            about="pack of the meeting",
        )


def _cells(packs: list[Pack]) -> Iterable[tuple[object, ...]]:
    for each in packs:
        frozen_on = timezone.localdate(each.frozen_at)
        yield (
            each.meeting.day,
            each.version,
            frozen_on,
            (each.meeting.day - frozen_on).days,
            each.pages,
            each.correction,
            each.sha256,
        )


PACKS = Listing(
    name="packs",
    title="Packs of the steering board",
    noun=("pack", "packs"),
    is_timeless=True,
    rows=_newest,
    fields=(YearFacet(name="year", label="Year", value=year_of("meeting__day")),),
    sorts=(Sort("newest", "Newest first", lambda rows: rows.order_by("-meeting__day", "-pk")),),
    of_a_line=lambda rows: rows.select_related("meeting").defer("content", "pdf"),
    of_a_file=lambda rows: rows.select_related("meeting").defer("content", "pdf"),
    lines=_lines,
    columns=("Meeting", "Version", "Frozen on", "Days before the meeting", "Pages", "What it corrects", "SHA-256"),
    cells=_cells,
    nothing=Nothing(
        "No pack yet",
        "About a week before the board meets, the secretariat publishes here what it reads.",
        "See the meetings",
        "/board/meetings/",
    ),
    no_match=Nothing("No pack matches", "Choose another year.", "Show all", "/board/packs/"),
)
