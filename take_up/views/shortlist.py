"""The shortlist of a reader, and the comparison, whose address says all that it shows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from accounts.models import AnyUser
from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core import clock
from core.answering import pressed, way_back
from core.filters import not_understood
from core.permissions import allow, anyone
from core.tables import LICENCE, MADE_UP, Table, format_not_understood, made_up_cell, table_response, wants_table
from core.text import clean_line
from core.words import counted, one_or_many, series
from councils.lists import council_named
from councils.models import Membership, Organisation
from councils.permissions import councils_of
from design_system import lines
from design_system.templatetags.design_system import verdict
from take_up import shortlist as kept
from take_up.queries.compare import ComparedCell, ComparedRow, Comparison, compare
from take_up.queries.usable import own_adoptions

SIDE_BY_SIDE = 4
ONLY = "only"  # as `?only=differs`: only the lines that differ
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,80}")


# The shortlist -----------------------------------------------------------------------------------------------


@allow(anyone)
def shortlist(request: HttpRequest) -> HttpResponse:
    """What the reader has put aside, with the ways to compare, share, save and clear it."""
    slugs = kept.slugs_in(request.session)
    found = _in_order(slugs, request.user)
    council = next(iter(councils_of(request.user)), None)
    address = _address([each.slug for each in found], council.slug if council else "")
    context = {
        "assets": found,
        "lost": _lost(len(slugs) - len(found), len(slugs)),
        "compare_url": address,
        "share_url": settings.BASE_URL + address,
        "most": SIDE_BY_SIDE,
    }
    return render(request, "take_up/shortlist.html", context)


@allow(anyone)
def add_to_shortlist(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a reader who has no session yet, then put the asset on the shortlist."""
    record = get_object_or_404(visible_assets(request.user), slug=slug)
    if request.method != "POST":
        return render(request, "take_up/add_to_shortlist.html", {"record": record})

    def said(asset: Asset) -> str:
        return f"{asset} is on your shortlist, which has {counted(len(kept.slugs_in(request.session)), 'asset')}."

    return pressed(request, kept.add, request.session, record, said=said, to=way_back(request) or "take_up:shortlist")


@allow(anyone)
@require_POST
def remove_from_shortlist(request: HttpRequest, slug: str) -> HttpResponse:
    said = "Removed from your shortlist."
    return pressed(request, kept.remove, request.session, slug, said=said, to="take_up:shortlist")


@allow(anyone)
@require_POST
def clear_shortlist(request: HttpRequest) -> HttpResponse:
    return pressed(request, kept.clear, request.session, said="Your shortlist is empty.", to="take_up:shortlist")


# The comparison ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """What the address of a comparison asks for, each asset once."""

    slugs: list[str]
    council: Organisation | None
    typed_council: str
    only_differing: bool
    strange: list[str]

    @property
    def no_such_council(self) -> bool:
        return bool(self.typed_council) and self.council is None

    def address(self, slugs: Sequence[str], *, only_differing: bool | None = None) -> str:
        """The address of the comparison of these, with the rest of what was asked for."""
        only = self.only_differing if only_differing is None else only_differing
        return _address(slugs, self.council.slug if self.council else "", only_differing=only)


def _address(slugs: Sequence[str], council: str = "", *, only_differing: bool = False) -> str:
    query = QueryDict(mutable=True)
    query.setlist("asset", list(slugs))
    if council:
        query["council"] = council
    if only_differing:
        query[ONLY] = "differs"
    return f"{reverse('take_up:compare')}?{query.urlencode()}"


def _asked(query: QueryDict) -> Asked:
    given = list(dict.fromkeys(filter(None, map(clean_line, query.getlist("asset")))))
    slugs = [each for each in given if _SLUG.fullmatch(each)]
    strange = [not_understood("Asset", each) for each in given if each not in slugs][: kept.MOST]
    if len(slugs) > kept.MOST:
        strange.append(f"{len(slugs) - kept.MOST} more than the {kept.MOST} assets that fit")
    only = clean_line(query.get(ONLY, ""))
    if only not in {"", "differs"}:
        strange.append(not_understood("Only", only))
    typed = clean_line(query.get("council", ""))[:120]
    council = council_named(typed) if typed else None
    strange += format_not_understood(query)
    return Asked(slugs[: kept.MOST], council, typed, only == "differs", strange)


def _in_order(slugs: Sequence[str], user: AnyUser) -> list[Asset]:
    """Those of the assets that this reader may see, in the order asked for."""
    rows = (
        visible_assets(user).filter(slug__in=slugs).select_related("owner", "link_check").prefetch_related("services")
    )
    return sorted(rows, key=lambda asset: slugs.index(asset.slug)) if slugs else []


def _lost(number: int, of: int) -> str:
    """How many are not shown. It is not told which, nor whether there is such an asset: a draft stays a secret."""
    if not number:
        return ""
    these = f"{number} of these {of}" if of > 1 else "This"
    return f"{these} {one_or_many(number, 'is', 'are')} not public, or not in the registry."


@allow(anyone)
def compare_assets(request: HttpRequest) -> HttpResponseBase:
    """Up to four assets side by side. With more the reader chooses; a file holds all of them."""
    asked = _asked(request.GET)
    found = _in_order(asked.slugs, request.user)
    lost = _lost(len(asked.slugs) - len(found), len(asked.slugs))
    if wants_table(request):
        return table_response(request, _table(compare(found, asked.council), asked, lost))
    slugs = [each.slug for each in found]
    context: dict[str, Any] = {
        "assets": found,
        "strange": asked.strange,
        "lost": lost,
        "council": asked.council,
        "most": SIDE_BY_SIDE,
        "whole_url": asked.address(slugs, only_differing=False),
    }
    if len(found) > SIDE_BY_SIDE:
        return render(request, "take_up/compare_choose.html", context)
    comparison = compare(found, asked.council)
    shown = comparison.differing if _is_narrowed(comparison, asked) else comparison.rows
    context |= {
        "comparison": comparison,
        "is_narrowed": _is_narrowed(comparison, asked),
        "own": _own(found, asked, request.user),
        "today": clock.today(),
        "licence": LICENCE,
        "columns": ["What", *(each.name for each in found)],
        "rows": [_cells(row) for row in shown],
        "removable": _removable(found, asked),
        "differing_url": asked.address(slugs, only_differing=True),
        "download": asked.address(slugs),
        "panel": {
            "kept": [("asset", slug) for slug in slugs] + ([(ONLY, "differs")] if asked.only_differing else []),
            "nothing_chosen": asked.no_such_council,
            "asked_council": asked.council.full_name if asked.council else asked.typed_council,
            "readers_council": next(iter(councils_of(request.user)), None),
        },
    }
    return render(request, "take_up/compare.html", context)


def _own(found: list[Asset], asked: Asked, user: AnyUser) -> str:
    """What the reader's own council has said of them, for that reader alone: the table is the same for everybody."""
    if asked.council not in councils_of(user, at_least=Membership.Role.CONTRIBUTOR):
        return ""
    said = own_adoptions(found, asked.council)
    each = [f"{asset}, {said[asset.pk].get_status_display().lower()}" for asset in found if asset.pk in said]
    return f"{asked.council} has said: {'; '.join(each)}. Only your council sees this line." if each else ""


def _is_narrowed(comparison: Comparison, asked: Asked) -> bool:
    return asked.only_differing and len(comparison.assets) > 1


def _removable(found: list[Asset], asked: Asked) -> list[dict[str, str]]:
    """Each asset, with the address of the comparison without it; nothing where it is the only one."""
    if len(found) < 2:
        return []
    slugs = [each.slug for each in found]
    return [
        {"label": each.name, "href": asked.address([slug for slug in slugs if slug != each.slug])} for each in found
    ]


def _cells(row: ComparedRow) -> list[Any]:
    mark = lines.tag("Differs", "violet") if row.differs else ""
    return [format_html("{} {}", row.about, mark), *map(_cell, row.cells)]


def _cell(cell: ComparedCell) -> Any:
    words = lines.link(cell.words, cell.url) if cell.url else cell.words
    if cell.verdict is None:
        return words
    mark = render_to_string("components/verdict.html", verdict(cell.verdict))
    return format_html("{}<p>{}</p>", mark, words)


def _table(comparison: Comparison, asked: Asked, lost: str) -> Table:
    """One row an asset, one column a line of the comparison."""
    rows = comparison.differing if _is_narrowed(comparison, asked) else comparison.rows
    said = [f"assets: {series(comparison.assets) or 'none'}"]
    if comparison.council:
        said.append(f"council: {comparison.council.full_name}")
    if len(comparison.assets) > 1:
        said.append(f"differs: {series(row.about for row in comparison.differing) or 'nothing'}")
    return Table(
        name="assets-compared",
        title="Assets side by side",
        columns=["Name", *(row.about for row in rows), "Address", MADE_UP, "Source"],
        rows=_file_rows(comparison, rows),
        filters="; ".join([*said, lost.removesuffix(".")] if lost else said),
    )


def _file_rows(comparison: Comparison, rows: list[ComparedRow]) -> Iterator[list[object]]:
    for number, asset in enumerate(comparison.assets):
        cells = [row.cells[number].in_words for row in rows]
        address = settings.BASE_URL + asset.get_absolute_url()
        yield [asset.name, *cells, address, made_up_cell(asset), asset.source]
