"""The versions of an asset: all of them, as a page and a file, and the forms of one."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.http import SignedInRequest
from assets_registry.models import Asset, AssetVersion
from assets_registry.permissions import can_edit_asset, visible_assets, who_changes
from assets_registry.versions import operations
from assets_registry.versions.forms import VersionForm
from core.answering import answered, posted
from core.pagination import page_of
from core.permissions import allow, anyone, require, signed_in
from core.tables import MADE_UP, Table, chunks_of, format_not_understood, made_up_cell, table_response, wants_table


@allow(anyone)
def versions(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All versions, newest first, with their notes."""
    record = get_object_or_404(visible_assets(request.user).select_related("owner"), slug=slug)
    rows = AssetVersion.objects.filter(asset=record)
    if wants_table(request):
        return table_response(request, _table(record))
    page = page_of(request, rows)
    context = {
        "record": record,
        "page_obj": page,
        "strange": format_not_understood(request.GET),
        "can_edit": can_edit_asset(request.user, record),
    }
    return render(request, "assets_registry/versions.html", context)


def _table(record: Asset) -> Table:
    rows = AssetVersion.objects.filter(asset=record)
    return Table(
        name=f"{record.slug}-versions",
        title=f"Versions of {record}",
        columns=["Version", "Came out on", "What changed", MADE_UP],
        rows=(
            (row.version, row.released_on, row.notes, made_up_cell(record))
            for chunk in chunks_of(rows)
            for row in chunk
        ),
    )


def _record(request: SignedInRequest, slug: str) -> Asset:
    record = get_object_or_404(visible_assets(request.user).select_related("owner"), slug=slug)
    require(can_edit_asset(request.user, record), who_changes(record))
    return record


@allow(signed_in)
def add_version(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a version with its notes."""
    record = _record(request, slug)
    form = VersionForm(posted(request))
    to = reverse("assets_registry:versions", args=[slug])
    done = answered(request, form, operations.add_version, record, said=_said, to=to)
    return done or render(request, "assets_registry/version.html", {"form": form, "record": record})


@allow(signed_in)
def change_version(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Change a version's number, day or notes."""
    record = _record(request, slug)
    row = get_object_or_404(AssetVersion.objects.select_related("asset"), asset=record, pk=number)
    said = {"version": row.version, "released_on": row.released_on, "notes": row.notes}
    form = VersionForm(posted(request), initial=said)
    to = reverse("assets_registry:versions", args=[slug])
    done = answered(request, form, operations.change_version, row, said="Saved.", to=to)
    return done or render(request, "assets_registry/version.html", {"form": form, "record": record, "row": row})


def _said(row: AssetVersion) -> str:
    return f"Version {row} is added."
