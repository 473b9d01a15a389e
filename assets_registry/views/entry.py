"""Entering an asset, from a file or by hand, and putting its entry right."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.http import SignedInRequest
from accounts.models import User
from assets_registry import operations, publiccode
from assets_registry.forms import AssetForm, PasteForm, values_of_file
from assets_registry.models import Asset
from assets_registry.permissions import can_edit_asset, visible_assets
from core.answering import answered, posted, refusal_in
from core.forms import as_sent
from core.permissions import allow, require, signed_in
from councils.permissions import contributes
from design_system.errors import sentences


@allow(contributes, because="Only confirmed contributors of a council can register assets.")
def register(request: SignedInRequest) -> HttpResponse:
    """Register an asset by form, which a pasted publiccode.yml can fill."""
    if request.method == "POST" and "read" in request.POST:
        return _read(request)
    form = AssetForm(posted(request), request.FILES or None, user=request.user)
    enters = operations.register_and_submit_asset if "submit" in request.POST else operations.register_asset
    return _answered(request, form, enters, said=_registered) or _page(request, form, PasteForm())


def _answered(
    request: SignedInRequest,
    form: AssetForm,
    operation: Callable[..., Asset],
    *about: Asset,
    said: str | Callable[[Asset], str],
) -> HttpResponse | None:
    """As `answered`; when the form comes back refused, the picture has to be chosen again."""
    done = answered(request, form, operation, *about, said=said)
    if refusal_in(form):
        form.ask_for_the_picture_again()
    return done


def _registered(record: Asset) -> str:
    waits = record.state == Asset.State.WITH_PUBLISHER
    return f"{record} is registered{' and waits for your council’s publisher' if waits else ''}."


def _read(request: SignedInRequest) -> HttpResponse:
    """Check a pasted file key by key and show the form filled from it; nothing is saved yet."""
    paste = PasteForm(request.POST)
    if not paste.is_valid():
        return _page(request, AssetForm(user=request.user), paste)
    found = paste.found
    kept, left_out = publiccode.without_people(found.data)
    initial = {"kind": Asset.Kind.CODE, **values_of_file(kept), "publiccode_text": paste.cleaned_data["text"]}
    form = AssetForm(user=request.user, initial=initial)
    problems, known = _problems(form, found.data, request.user)
    language = publiccode.language_of(found.data)
    context = {
        "was_read": True,
        "problems": problems,
        "known": known,
        "remarks": publiccode.remarks(found.data),
        "left_out": [*left_out, *found.dropped],
        "language": "" if language.startswith("en") else f"{publiccode.language_in_words(language)} ({language})",
    }
    return _page(request, form, paste, **context)


def _problems(form: AssetForm, data: dict[str, Any], user: User) -> tuple[list[publiccode.Problem], Asset | None]:
    """What the standard has against a file, and what saving would have against the form as it is filled from it.

    With them comes the entry that has the same repository, if there is one.
    """
    found = publiccode.problems(data)
    sent = AssetForm(as_sent(form), user=user)
    for field in sent:
        key = _key_of(field.name, data)
        if not any(problem.key == key or problem.key.startswith(f"{key}/") for problem in found):
            found += [publiccode.Problem(key, sentence) for sentence in sentences(field)]
    refusal = None if found else operations.refusal_of(by=user, **sent.answers)
    if refusal:
        found.append(publiccode.Problem(_key_of(refusal.field or "", data), str(refusal)))
    return found, getattr(refusal, "asset", None)


def _key_of(field: str, data: dict[str, Any]) -> str:
    """The key that a field of the form was filled from; the field's own name where it was filled from none."""
    others = {
        "other_platforms": "platforms",
        "contractor": "maintenance/contractors",
        "contract_until": "maintenance/contractors",
    }
    return "/".join(publiccode.key_of(field, data)) if field in publiccode.KEYS else others.get(field, field)


def _page(request: SignedInRequest, form: AssetForm, paste: PasteForm, **more) -> HttpResponse:
    context = {"form": form, "paste": paste, "known": _known(form), **more}
    return render(request, "assets_registry/register.html", context)


def _known(form: AssetForm) -> Asset | None:
    """The entry that has this one's repository already, if that was why it was refused."""
    return getattr(refusal_in(form), "asset", None)


@allow(signed_in)
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change an entry."""
    record = get_object_or_404(visible_assets(request.user).select_related("owner"), slug=slug)
    require(can_edit_asset(request.user, record), "Only those who write for the owner can change this entry.")
    form = AssetForm(posted(request), request.FILES or None, user=request.user, asset=record)
    said = "Saved. The page now says that it was checked today."
    if done := _answered(request, form, operations.change_asset, record, said=said):
        return done
    return render(request, "assets_registry/edit.html", {"form": form, "record": record, "known": _known(form)})
