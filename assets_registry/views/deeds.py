"""An entry on its way: handed on, published, sent back, withdrawn. Each is one post."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from assets_registry import operations
from assets_registry.forms import ReasonForm
from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core.errors import Refused
from core.permissions import door, signed_in

# What is said of an entry that was handed on, by where it went.
_WENT: dict[str, str] = {
    Asset.State.WITH_EDITOR: "{name} is with an Alliance editor, who looks at the first entry of each council too.",
    Asset.State.PUBLISHED: "{name} is published.",
}


def _do(request: SignedInRequest, slug: str, deed: Callable[[Asset], Asset], done: str = "") -> HttpResponse:
    record = get_object_or_404(visible_assets(request.user).select_related("owner"), slug=slug)
    try:
        record = deed(record)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done or _WENT[record.state].format(name=record))
    return redirect(record)


def _reason(request: SignedInRequest) -> str:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Refused(str(form.errors["reason"][0]))
    return form.cleaned_data["reason"]


@door(signed_in)
@require_POST
def submit(request: SignedInRequest, slug: str) -> HttpResponse:
    return _do(
        request,
        slug,
        lambda record: operations.submit_asset(record, by=request.user),
        "Handed to your council’s publisher.",
    )


@door(signed_in)
@require_POST
def publish(request: SignedInRequest, slug: str) -> HttpResponse:
    return _do(request, slug, lambda record: operations.publish_asset(record, by=request.user))


@door(signed_in)
@require_POST
def approve(request: SignedInRequest, slug: str) -> HttpResponse:
    return _do(request, slug, lambda record: operations.approve_asset(record, by=request.user))


@door(signed_in)
@require_POST
def send_back(request: SignedInRequest, slug: str) -> HttpResponse:
    return _do(
        request,
        slug,
        lambda record: operations.return_asset(record, by=request.user, reason=_reason(request)),
        "Sent back with your reason.",
    )


@door(signed_in)
@require_POST
def withdraw(request: SignedInRequest, slug: str) -> HttpResponse:
    return _do(
        request,
        slug,
        lambda record: operations.withdraw_asset(record, by=request.user, reason=_reason(request)),
        "Withdrawn. Its page stays and says why.",
    )


@door(signed_in)
@require_POST
def checked(request: SignedInRequest, slug: str) -> HttpResponse:
    return _do(
        request,
        slug,
        lambda record: operations.check_asset(record, by=request.user),
        "Thank you. The page now says that it was checked today.",
    )
