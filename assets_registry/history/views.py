"""The page of an entry's history."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assets_registry.history.queries import COLUMNS, history_of, reads_all
from assets_registry.permissions import visible_assets
from core.pagination import page_of
from core.permissions import allow, anyone


@allow(anyone)
@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed in an entry, when, and by which council, the latest first."""
    record = get_object_or_404(visible_assets(request.user).select_related("owner"), slug=slug)
    page = page_of(request, history_of(record, request.user))
    context = {
        "record": record,
        "columns": COLUMNS,
        "rows": [[line.when, line.what, line.by] for line in page],
        "page_obj": page,
        "reads_all": reads_all(record, request.user),
    }
    return render(request, "assets_registry/history.html", context)
