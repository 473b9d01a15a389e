"""The page on which an owner says how an asset hangs together with others."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from assets_registry.links import operations
from assets_registry.links.forms import LinkForm
from assets_registry.links.queries import links_of
from assets_registry.models import Asset, AssetLink
from assets_registry.permissions import can_edit_asset, visible_assets, who_changes
from core.answering import answered, posted, pressed
from core.permissions import allow, require, signed_in


def _record(request: SignedInRequest, slug: str) -> Asset:
    record = get_object_or_404(visible_assets(request.user).select_related("owner"), slug=slug)
    require(can_edit_asset(request.user, record), who_changes(record))
    return record


@allow(signed_in)
def links(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say what an asset is based on, needs, or is a part of."""
    record = _record(request, slug)
    form = LinkForm(posted(request), user=request.user)
    here = reverse("assets_registry:links", args=[slug])
    if done := answered(request, form, operations.link_assets, record, said="Added to both pages.", to=here):
        return done
    context = {"form": form, "record": record, "links": links_of(record, request.user)}
    return render(request, "assets_registry/links.html", context)


@allow(signed_in)
@require_POST
def remove_link(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    record = _record(request, slug)
    link = get_object_or_404(AssetLink.objects.select_related("asset", "other"), asset=record, pk=number)
    here = reverse("assets_registry:links", args=[slug])
    return pressed(request, operations.unlink_assets, link, said="Removed from both pages.", to=here)
