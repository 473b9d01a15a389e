"""The page on which an owner says more about an asset."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.http import SignedInRequest
from assets_registry.details import operations
from assets_registry.details.forms import DetailsForm
from assets_registry.details.kinds import kind_in_words
from assets_registry.permissions import can_edit_asset, visible_assets, who_changes
from core.answering import answered, posted
from core.permissions import allow, require, signed_in


@allow(signed_in)
def details(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say what entries of its kind say, and where it is demonstrated."""
    record = get_object_or_404(visible_assets(request.user).select_related("owner"), slug=slug)
    require(can_edit_asset(request.user, record), who_changes(record))
    form = DetailsForm(posted(request), asset=record)
    done = answered(request, form, operations.change_details, record, said="Saved. It stands on the page of the asset.")
    context = {"form": form, "record": record, "title": f"More about this {kind_in_words(record.kind)}"}
    return done or render(request, "assets_registry/details.html", context)
