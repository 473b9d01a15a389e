"""What is done with an entry on its page: hand on, publish, send back, withdraw. Each is one post."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from assets_registry import operations
from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from assets_registry.views.reading import asset_page, find_asset, reason_to
from core.answering import answered, pressed
from core.permissions import allow, signed_in

# What is said of an entry that was handed on, by where it went.
_WENT: dict[str, str] = {
    Asset.State.WITH_EDITOR: "{name} is with an Alliance editor, who looks at the first entry of each council too.",
    Asset.State.PUBLISHED: "{name} is published.",
}


def _asset(request: SignedInRequest, slug: str) -> Asset:
    return get_object_or_404(visible_assets(request.user).select_related("owner"), slug=slug)


def _went(asset: Asset) -> str:
    return _WENT[asset.state].format(name=asset)


@allow(signed_in)
@require_POST
def submit(request: SignedInRequest, slug: str) -> HttpResponse:
    said = "Handed to your council’s publisher."
    return pressed(request, operations.submit_asset, _asset(request, slug), said=said)


@allow(signed_in)
@require_POST
def publish(request: SignedInRequest, slug: str) -> HttpResponse:
    return pressed(request, operations.publish_asset, _asset(request, slug), said=_went)


@allow(signed_in)
@require_POST
def approve(request: SignedInRequest, slug: str) -> HttpResponse:
    return pressed(request, operations.approve_asset, _asset(request, slug), said=_went)


@allow(signed_in)
@require_POST
def send_back(request: SignedInRequest, slug: str) -> HttpResponse:
    record, form = find_asset(request, slug), reason_to("send_back", request.POST)
    done = answered(request, form, operations.return_asset, record, said="Sent back with your reason.")
    return done or asset_page(request, record, send_back=form)


@allow(signed_in)
@require_POST
def withdraw(request: SignedInRequest, slug: str) -> HttpResponse:
    record, form = find_asset(request, slug), reason_to("withdraw", request.POST)
    said = "Withdrawn. Its page stays and says why."
    done = answered(request, form, operations.withdraw_asset, record, said=said)
    return done or asset_page(request, record, withdraw=form)


@allow(signed_in)
@require_POST
def checked(request: SignedInRequest, slug: str) -> HttpResponse:
    said = "Thank you. The page now says that it was checked today."
    return pressed(request, operations.check_asset, _asset(request, slug), said=said)
