"""Entering an asset, from a file or by hand, and putting its entry right."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import SignedInRequest
from assets_registry import operations, publiccode
from assets_registry.forms import AssetForm, PasteForm, values_of_file
from assets_registry.models import Asset
from assets_registry.permissions import can_edit_asset, visible_assets
from core.errors import Refused
from core.forms import refuse
from core.permissions import door, require, signed_in
from councils.permissions import contributes


@door(contributes, because="Only confirmed contributors of a council can register assets.")
def register(request: SignedInRequest) -> HttpResponse:
    """By form; a pasted publiccode.yml fills the form first."""
    if request.method != "POST":
        return _page(request, AssetForm(user=request.user), PasteForm())
    if "read" in request.POST:
        return _read(request)
    form = AssetForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, form, PasteForm())
    try:
        record = operations.register_asset(by=request.user, **form.entry())
        if "submit" in request.POST:
            record = operations.submit_asset(record, by=request.user)
    except Refused as refusal:
        refuse(form, refusal)
        return _page(request, form, PasteForm(), known=getattr(refusal, "asset", None))
    waits = record.state == Asset.State.WITH_PUBLISHER
    messages.success(request, f"{record} is registered{' and waits for your council’s publisher' if waits else ''}.")
    return redirect(record)


def _read(request: SignedInRequest) -> HttpResponse:
    """The file checked key by key, and the form filled from it; nothing is saved yet."""
    paste = PasteForm(request.POST)
    if not paste.is_valid():
        return _page(request, AssetForm(user=request.user), paste)
    found = paste.found
    initial = {
        "kind": Asset.Kind.CODE,
        **values_of_file(found.data),
        "publiccode_text": paste.cleaned_data["text"],
    }
    language = publiccode.language_of(found.data)
    context = {
        "was_read": True,
        "problems": publiccode.problems(found.data),
        "remarks": publiccode.remarks(found.data),
        "left_out": [*publiccode.without_people(found.data)[1], *found.dropped],
        "language": "" if language.startswith("en") else language,
    }
    return _page(request, AssetForm(user=request.user, initial=initial), paste, **context)


def _page(request: SignedInRequest, form: AssetForm, paste: PasteForm, **more) -> HttpResponse:
    return render(request, "assets_registry/register.html", {"form": form, "paste": paste, **more})


@door(signed_in)
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Put an entry right."""
    record = get_object_or_404(visible_assets(request.user).select_related("owner"), slug=slug)
    require(can_edit_asset(request.user, record), "Only those who write for the owner can change this entry.")
    form = AssetForm(request.POST or None, user=request.user, asset=record)
    known = None
    if request.method == "POST" and form.is_valid():
        try:
            record = operations.change_asset(record, by=request.user, **form.entry())
        except Refused as refusal:
            refuse(form, refusal)
            known = getattr(refusal, "asset", None)
        else:
            messages.success(request, "Saved. The page now says that it was checked today.")
            return redirect(record)
    return render(request, "assets_registry/edit.html", {"form": form, "record": record, "known": known})
