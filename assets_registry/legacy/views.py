"""What an owner does with a legacy entry."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from assets_registry.legacy import operations
from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core.answering import pressed
from core.permissions import allow, signed_in


@allow(signed_in)
@require_POST
def verify(request: SignedInRequest, slug: str) -> HttpResponse:
    record = get_object_or_404(visible_assets(request.user).select_related("owner"), slug=slug)
    return pressed(request, operations.verify_asset, record, said=_verified)


def _verified(record: Asset) -> str:
    if record.is_published:
        return "Verified. It stands in the list of assets now."
    return f"Verified. It is the first entry of {record.owner}, so an Alliance editor looks at it too."
