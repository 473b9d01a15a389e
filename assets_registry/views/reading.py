"""Pages that only show: the list, an asset, its file, its picture."""

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString

from assets_registry import metadata, publiccode, uses
from assets_registry.details.kinds import kind_in_words, lines_of
from assets_registry.forms import ReasonForm
from assets_registry.health.permissions import can_see_stewards
from assets_registry.health.verdicts import health
from assets_registry.health.views import on_page as care_of
from assets_registry.legacy.facts import FUNDED
from assets_registry.links.queries import has_links, links_of
from assets_registry.lists import LEGACY_ASSETS, list_of
from assets_registry.models import Asset, AssetVersion, CriterionAnswer
from assets_registry.permissions import (
    can_approve_assets,
    can_edit_asset,
    can_publish_asset,
    can_return_asset,
    can_submit_asset,
    can_withdraw_asset,
    visible_assets,
)
from assets_registry.repositories import WhereKept
from assets_registry.uses import Use
from core.listing import listed
from core.panels import panel_context
from core.permissions import allow, anyone
from core.pictures import file_answer
from core.text import markdown
from core.words import day_in_words, month_in_words
from councils.permissions import can_contribute_for, contributes

_NEWEST = 3  # versions shown on the page of an asset


@allow(anyone)
def assets(request: HttpRequest) -> HttpResponse:
    """Everything published, with its take-up."""
    shown = list_of(request)
    return listed(
        request,
        shown,
        "assets_registry/list.html",
        beside=uses.known().beside(request),
        can_register=contributes(request.user),
        links=uses.known().links(request),
        can_see_stewards=can_see_stewards(request.user),
        legacy_count=Asset.objects.legacy().count(),
        is_of_legacy=shown is LEGACY_ASSETS,
        funded=FUNDED,
    )


@allow(anyone)
def asset(request: HttpRequest, slug: str) -> HttpResponse:
    """One asset: what it is, whether one's council can use it, and who does."""
    return asset_page(request, find_asset(request, slug))


def find_asset(request: HttpRequest, slug: str) -> Asset:
    """An asset with what its page asks of it; most have no versions, links or answers, and those ask for none."""
    rows = visible_assets(request.user).select_related("owner", "project", "link_check").prefetch_related("services")
    parts = {
        "has_versions": Exists(AssetVersion.objects.filter(asset=OuterRef("pk"))),
        "has_criteria": Exists(CriterionAnswer.objects.filter(asset=OuterRef("pk"))),
        "has_links": has_links(),
    }
    return get_object_or_404(rows.annotate(**parts), slug=slug)


def asset_page(request: HttpRequest, record: Asset, **bound: ReasonForm) -> HttpResponse:
    """The page of an asset; `bound` is the form that was sent to it with something wrong."""
    user = request.user
    used = uses.known().on_page(request, record)
    faults = publiccode.faults(record)
    context = {
        "record": record,
        "strange": used.strange,
        "about_day": used.about_day,
        "facts": _facts(record, used.used_by),
        "health": health(record).values(),
        "care": care_of(user, record),
        "description": _in_markdown(record.description),
        "languages": list(_languages(record)),
        "has_file": not record.is_withdrawn and publiccode.is_software(record) and not faults,
        "faults": faults,
        "has_codemeta": record.is_published and publiccode.is_software(record),
        "schema_org": metadata.script(metadata.schema_org(record)) if record.is_published else "",
        "is_own_entry": can_contribute_for(user, record.owner),
        "can_edit": can_edit_asset(user, record),
        "can_submit": can_submit_asset(user, record),
        "can_publish": record.state in {Asset.State.DRAFT, Asset.State.WITH_PUBLISHER}
        and can_publish_asset(user, record),
        "can_approve": record.state == Asset.State.WITH_EDITOR and can_approve_assets(user),
        "can_return": can_return_asset(user, record),
        "bound_form": next(iter(bound.values()), None),
        # A form that comes back stands there even if the state has changed meanwhile: it holds what was typed.
        "send_back_form": bound.get("send_back")
        or (reason_to("send_back") if can_return_asset(user, record) else None),
        "withdraw_form": bound.get("withdraw") or (reason_to("withdraw") if can_withdraw_asset(user, record) else None),
        "entry": _entry(record),
        "where_kept": WhereKept.of(record.repository_url),
        "kind_in_words": kind_in_words(record.kind),
        "details": lines_of(record),
        "versions": record.versions.all()[:_NEWEST] if record.has_versions else [],  # type: ignore[attr-defined]  # annotated
        "links": links_of(record, user),
        "can_verify": record.is_legacy and can_publish_asset(user, record),
        **panel_context(record, user, also=used.panels),
    }
    return render(request, "assets_registry/detail.html", context)


def _in_markdown(text: str) -> SafeString:
    """A description, its headings below those of the page."""
    return markdown(re.sub(r"(?m)^#{1,2}(?=\s)", "###", text))


def _languages(record: Asset) -> Iterator[dict[str, Any]]:
    """What its file says in other languages than the one of the entry."""
    kept = record.publiccode if isinstance(record.publiccode, dict) else {}
    for code in publiccode.other_languages(kept):
        said = publiccode.said_in(code, kept)
        yield {
            "code": code,
            "name": publiccode.language_in_words(code),
            "summary": said.get("summary", ""),
            "description": _in_markdown(said.get("description", "")),
            "features": said.get("features", "").splitlines(),
        }


def reason_to(action: str, typed: QueryDict | None = None) -> ReasonForm:
    """The form for the reason of an action. A page may hold two, so the ids of its fields begin with the action."""
    return ReasonForm(typed, auto_id=f"{action}_%s")


def _facts(record: Asset, used: Use) -> list[tuple]:
    """The line under the heading."""
    released = f", {month_in_words(record.released_on)}" if record.released_on else ""
    is_on_its_way = not record.is_published and not record.is_withdrawn
    return [
        ("State", record.get_state_display() if is_on_its_way else ""),
        ("Kind", record.get_kind_display()),
        ("Owner", record.owner.full_name, record.owner.get_absolute_url()),
        ("Version", f"{record.version}{released}" if record.version else ""),
        ("Used by", used if record.published_at else ""),
    ]


def _entry(record: Asset) -> list[tuple]:
    """What the owner said, line by line; the tags leave out what is empty."""
    project = record.project
    if record.is_legacy:  # no list says more
        return [("Owner", record.owner.full_name), ("From", record.source), ("Year", str(record.legacy_year or ""))]
    return [
        ("For", record.get_tier_display()),
        ("Licence", record.licence),
        ("Services", ", ".join(map(str, record.services.all()))),
        ("Phase", record.get_phase_display()),
        ("Came out of", project, project.get_absolute_url()) if project else ("Came out of", ""),
        ("Ask", record.contact),
        ("Published", day_in_words(record.published_at)),
    ]


@allow(anyone)
def publiccode_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The entry as a file for one's own repository."""
    record = get_object_or_404(visible_assets(request.user).select_related("owner"), slug=slug)
    if not publiccode.can_export(record):
        raise Http404("No publiccode.yml: it needs software with a repository and a licence.")
    response = HttpResponse(publiccode.as_yaml(record), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="publiccode.yml"'
    return response


@allow(anyone)
def picture(request: HttpRequest, slug: str) -> FileResponse:
    """An asset's picture, to whoever may see the asset."""
    record = get_object_or_404(visible_assets(request.user).exclude(picture=""), slug=slug)
    return file_answer(record.picture)
