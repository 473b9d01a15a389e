"""Pages one reads: the list, an asset, its file, what waits for me."""

import re
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from accounts.models import AnyUser
from assets_registry import inbox, publiccode
from assets_registry.forms import ReasonForm
from assets_registry.lists import ASSETS
from assets_registry.models import Asset
from assets_registry.permissions import (
    can_approve_assets,
    can_confirm_adoption,
    can_edit_asset,
    can_publish_asset,
    can_return_asset,
    can_see_waiting,
    can_submit_asset,
    can_withdraw_asset,
    visible_assets,
    waiting_adoptions,
    waiting_assets,
)
from assets_registry.queries import take_up
from assets_registry.queries.health import health
from assets_registry.queries.take_up import TakeUp
from assets_registry.queries.usable import own_adoption
from assets_registry.queries.verdict import answer
from core.filters import day_of, not_understood
from core.listing import listed
from core.panels import panels_for
from core.permissions import anyone, door
from core.pictures import file_answer
from core.text import clean_line, markdown
from councils.lists import council_named
from councils.models import Membership, Organisation
from councils.permissions import can_contribute_for, contributes, councils_of

ANOTHER = "another"  # asks for the box, whatever council the reader is of


@door(anyone)
def assets(request: HttpRequest) -> HttpResponse:
    """Everything published, with its take-up."""
    return listed(
        request,
        ASSETS,
        "assets_registry/list.html",
        can_register=contributes(request.user),
        waits=_how_many_wait(request.user),
    )


def _how_many_wait(user: AnyUser) -> int:
    if not can_see_waiting(user):
        return 0
    return waiting_assets(user).count() + waiting_adoptions(user).count()


@door(anyone)
def asset(request: HttpRequest, slug: str) -> HttpResponse:
    """One asset: what it is, whether one's council can use it, and who does."""
    user = request.user
    rows = visible_assets(user).select_related("owner", "project").prefetch_related("services")
    record = get_object_or_404(rows, slug=slug)
    as_at = clean_line(request.GET.get("as_at", ""))
    used = take_up(record, day_of(as_at))
    faults = publiccode.faults(record)
    context = {
        "record": record,
        "strange": [not_understood("Day", as_at)] if as_at and not day_of(as_at) else [],
        "used": used,
        "facts": _facts(record, used),
        **_for_the_reader(request, record, used),
        "health": health(record),
        "description": markdown(re.sub(r"(?m)^#{1,2}(?=\s)", "###", record.description)),
        "has_file": not record.is_withdrawn and publiccode.is_software(record) and not faults,
        "faults": faults,
        "can_edit": can_edit_asset(user, record),
        "can_submit": can_submit_asset(user, record),
        "can_publish": record.state in {Asset.State.DRAFT, Asset.State.WITH_PUBLISHER}
        and can_publish_asset(user, record),
        "can_approve": record.state == Asset.State.WITH_EDITOR and can_approve_assets(user),
        "can_return": can_return_asset(user, record),
        "can_withdraw": can_withdraw_asset(user, record),
        "reason_form": ReasonForm(),
        "entry": _entry(record),
        "adopt_url": reverse("assets_registry:adopt", args=[record.slug]),
        "panels": panels_for(record, user),
    }
    return render(request, "assets_registry/detail.html", context)


def _for_the_reader(request: HttpRequest, record: Asset, used: TakeUp) -> dict[str, Any]:
    """Whether the reader's council can use it, what the council has said of it, and what the reader may do."""
    user, council = request.user, _reader_council(request, record)
    mine = councils_of(user, at_least=Membership.Role.CONTRIBUTOR)
    adopting = council if council in mine else next(iter(mine), None)
    own = own_adoption(record, adopting)
    verdict = answer(record, council, used, own)
    return {
        "council": council,
        "verdict": verdict,
        "other_councils": [each for each in councils_of(user) if each not in (council, record.owner)],
        "readers_council": mine[0] if mine else None,
        "asked_council": clean_line(request.GET.get("council", ""))[:120],
        "nothing_chosen": council is None and request.GET.get("council", ANOTHER) != ANOTHER,
        "is_own_entry": can_contribute_for(user, record.owner),
        "own": own,
        "can_confirm": own is not None and own.is_waiting and can_confirm_adoption(user, own),
        "may_adopt": bool(mine) or not user.is_authenticated,
        "against": adopting is not None and answer(record, adopting, used).speaks_against,
        "ask_words": f"Ask {record.owner}",
    }


def _facts(record: Asset, used: TakeUp) -> list[tuple]:
    """The line under the heading."""
    released = f", {record.released_on:%B %Y}" if record.released_on else ""
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
    return [
        ("For", record.get_tier_display()),
        ("Licence", record.licence),
        ("Services", ", ".join(map(str, record.services.all()))),
        ("Phase", record.get_phase_display()),
        ("Came out of", project, project.get_absolute_url()) if project else ("Came out of", ""),
        ("Ask", record.contact),
        ("Published", f"{timezone.localdate(record.published_at):%-d %B %Y}" if record.published_at else ""),
    ]


def _reader_council(request: HttpRequest, record: Asset) -> Organisation | None:
    """The council that `?council=` names, else the reader's own, unless the asset is its own."""
    if "council" in request.GET:
        return council_named(clean_line(request.GET["council"])[:120])
    return next((council for council in councils_of(request.user) if council != record.owner), None)


@door(anyone)
def publiccode_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The entry as a file for one's own repository."""
    record = get_object_or_404(visible_assets(request.user).select_related("owner"), slug=slug)
    if not publiccode.can_export(record):
        raise Http404("No publiccode.yml: it needs software with a repository and a licence.")
    response = HttpResponse(publiccode.as_yaml(record), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="publiccode.yml"'
    return response


@door(anyone)
def picture(request: HttpRequest, slug: str) -> FileResponse:
    """An asset's picture, to whoever may see the asset."""
    record = get_object_or_404(visible_assets(request.user).exclude(picture=""), slug=slug)
    return file_answer(record.picture)


@door(can_see_waiting, because="Only publishers, council leads and Alliance editors have a queue here.")
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for this reader: entries to publish, adoptions to confirm."""
    context = {
        "entries": inbox.entries_waiting(request.user, most=100),
        "adoptions": inbox.adoptions_waiting(request.user, most=100),
    }
    return render(request, "assets_registry/waiting.html", context)
