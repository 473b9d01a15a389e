"""The registry for programs: codemeta.json of an asset, and the catalogues that other registries harvest."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from assets_registry import metadata, publiccode
from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core.numbers import whole_number
from core.permissions import allow, anyone

AFTER, SIZE = "page[after]", "page[size]"
MOST_ROWS = 100


@allow(anyone)
@require_safe
def codemeta_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Software as a codemeta.json."""
    rows = visible_assets(request.user).select_related("owner").prefetch_related("services")
    record = get_object_or_404(rows, slug=slug)
    if not record.is_published or not publiccode.is_software(record):
        raise Http404("No codemeta.json: it needs published software with a repository and a licence.")
    response = JsonResponse(metadata.codemeta(record), json_dumps_params=_READABLE)
    response["Content-Disposition"] = 'attachment; filename="codemeta.json"'
    return response


@allow(anyone)
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Software with its publiccode.yml, page by page, as Developers Italia's API answers; withdrawn, it is inactive."""
    software = visible_assets(_NOBODY).exclude(repository_url="").exclude(licence="")

    def answer(rows: Iterable[Asset], following: str) -> dict[str, Any]:
        found = [metadata.catalogue_row(row) for row in rows]
        return {
            "data": [row for row in found if row["publiccodeYml"] or not row["active"]],
            "links": {"prev": None, "next": following or None},
        }

    return _paged(request, software, answer)


@allow(anyone)
@require_safe
def dcat(request: HttpRequest) -> HttpResponse:
    """Everything published, as a DCAT catalogue."""
    published = visible_assets(_NOBODY).filter(state=Asset.State.PUBLISHED)
    address = settings.BASE_URL + request.path
    response = _paged(
        request, published, lambda rows, following: metadata.dcat(rows, following=following and address + following)
    )
    response["Content-Type"] = "application/ld+json"
    return response


_READABLE = {"ensure_ascii": False, "indent": 1}
_NOBODY = AnonymousUser()


def _paged(
    request: HttpRequest, rows: QuerySet[Asset], answer: Callable[[Iterable[Asset], str], dict[str, Any]]
) -> HttpResponse:
    """A page of these rows in the order in which they were registered, with the query of the next page."""
    after = whole_number(request.GET.get(AFTER) or "0")
    size = whole_number(request.GET.get(SIZE) or str(MOST_ROWS), least=1, most=MOST_ROWS)
    if after is None or size is None:
        said = f"{AFTER} is a number that the page before named, and {SIZE} one from 1 to {MOST_ROWS}."
        return JsonResponse({"error": said}, status=400)
    page = rows.filter(pk__gt=after).order_by("pk").select_related("owner").prefetch_related("services")
    found = list(page[: size + 1])
    following = f"?{urlencode({AFTER: found[size - 1].pk, SIZE: size})}" if len(found) > size else ""
    response = JsonResponse(answer(found[:size], following), json_dumps_params=_READABLE)
    response["Access-Control-Allow-Origin"] = "*"  # public, and made for other sites
    return response
