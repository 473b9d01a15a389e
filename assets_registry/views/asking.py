"""A question to the owner of an asset."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from accounts.http import SignedInRequest
from assets_registry.permissions import visible_assets
from core.permissions import allow, signed_in
from councils.views.ask import ask


@allow(signed_in)
def ask_owner(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask the owner of an asset something about it."""
    record = get_object_or_404(visible_assets(request.user).select_related("owner"), slug=slug)
    return ask(request, record.owner, about=record)
