"""Entering an asset, from a file or by hand, and putting its entry right."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.http import SignedInRequest
from accounts.limits import is_within
from accounts.models import User
from assets_registry import operations, publiccode
from assets_registry.fetching import FromForge
from assets_registry.forms import AddressForm, AssetForm, PasteForm, language_key, values_of_file
from assets_registry.models import Asset
from assets_registry.permissions import can_edit_asset, visible_assets, who_changes
from assets_registry.repositories import repository_key
from core.answering import answered, posted, refusal_in, tried
from core.differing import what_differs
from core.errors import CHANGED_SINCE, Refused
from core.forms import as_sent
from core.permissions import allow, require, signed_in
from core.words import series
from councils.permissions import contributes
from design_system.errors import sentences

READS = "30/h/user"  # of forges by one person


@allow(contributes, because="Only confirmed contributors of a council can register assets.")
def register(request: SignedInRequest) -> HttpResponse:
    """Register an asset by form, which a publiccode.yml can fill: read from a forge, pasted or uploaded."""
    if request.method == "POST" and "read" in request.POST:
        return _read(request)
    form = AssetForm(posted(request), request.FILES or None, user=request.user)
    enters = operations.register_and_submit_asset if "submit" in request.POST else operations.register_asset
    return _answered(request, form, enters, said=_registered) or _page(request, form)


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
    """Read a file from a forge, or as it was pasted or uploaded; nothing is saved yet."""
    if request.POST["read"] == "address":
        return _read_from_forge(request)
    paste = PasteForm(request.POST, request.FILES)
    if not paste.is_valid():
        return _page(request, AssetForm(user=request.user), paste=paste)
    return _filled(request, paste)


def _read_from_forge(request: SignedInRequest) -> HttpResponse:
    """Ask the forge for the file of a repository. Without a file the form has the repository's address and no more."""

    def within_limits(**asked: Any) -> FromForge:
        if not is_within(request, "read_repository", READS):
            raise Refused("You have read many repositories within an hour. Paste the file instead.", field="address")
        return operations.read_repository(**asked)

    form = AddressForm(request.POST)
    found = tried(request, form, within_limits)
    if found is None:
        return _page(request, AssetForm(user=request.user), address=form)
    initial = {"kind": Asset.Kind.CODE, "repository_url": found.repository.address}
    if found.text is None:
        known = _entry_of(found.repository.address, request.user)
        entry = AssetForm(user=request.user, initial=initial)
        return _page(request, entry, address=form, fetched=found, **({"known": known} if known else {}))
    paste = PasteForm({"text": found.text})
    if not paste.is_valid():
        return _page(request, AssetForm(user=request.user, initial=initial), address=form, paste=paste, fetched=found)
    return _filled(request, paste, fetched=found)


def _filled(request: SignedInRequest, paste: PasteForm, *, fetched: FromForge | None = None) -> HttpResponse:
    """The page with the form filled from a file, and what is wrong with the file key by key."""
    found = paste.found
    kept, left_out = publiccode.without_people(found.data)
    initial = {"kind": Asset.Kind.CODE, **values_of_file(kept), "publiccode_text": paste.read_text}
    remarks = publiccode.remarks(found.data)
    if fetched:
        initial["repository_url"], remark = _address_of(fetched, initial.get("repository_url", ""))
        remarks = [*remark, *remarks]
    form = AssetForm(user=request.user, initial=initial)
    problems, known = _problems(form, found.data, request.user)
    context = {
        "was_read": True,
        "fetched": fetched,
        "problems": [replace(problem, line=found.line_of(problem.key)) for problem in problems],
        "known": known,
        "remarks": [replace(remark, line=found.line_of(remark.key)) for remark in remarks],
        "left_out": [*left_out, *found.dropped],
    }
    return _page(request, form, paste=paste, **context)


def _address_of(fetched: FromForge, said: str) -> tuple[str, list[publiccode.Problem]]:
    """The address for the form: what the file says, unless the repository has moved from there; and a remark on it."""
    now = fetched.repository.address
    if not said or repository_key(said) == repository_key(now):
        return said or now, []
    if repository_key(said) == repository_key(fetched.asked.address):
        return now, [publiccode.Problem("url", f"the repository has moved: the form has its new address, {now}")]
    return said, [
        publiccode.Problem("url", f"the file was read from {now} and names another repository. Is it a copy?")
    ]


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
    if found:
        return found, _entry_of(str(form["repository_url"].value() or ""), user)
    refusal = operations.refusal_of(by=user, **sent.answers)
    if refusal:
        found.append(publiccode.Problem(_key_of(refusal.field or "", data), str(refusal)))
    return found, getattr(refusal, "asset", None)


def _entry_of(address: str, user: User) -> Asset | None:
    """The entry that a repository has already, where the person may see it."""
    return visible_assets(user).filter(pk__in=Asset.objects.of_repository(address)).select_related("owner").first()


def _key_of(field: str, data: dict[str, Any]) -> str:
    """The key that a field of the form was filled from; the field's own name where it was filled from none."""
    others = {
        "other_platforms": "platforms",
        "contractor": "maintenance/contractors",
        "contract_until": "maintenance/contractors",
    }
    if field in publiccode.KEYS:
        return "/".join(publiccode.key_of(field, data))
    return language_key(field) or others.get(field, field)


def _page(
    request: SignedInRequest,
    form: AssetForm,
    *,
    address: AddressForm | None = None,
    paste: PasteForm | None = None,
    **more,
) -> HttpResponse:
    context = {
        "form": form,
        "address": address or AddressForm(),
        "paste": paste or PasteForm(),
        "forges": series(sorted(settings.FORGES)),
        "known": _known(form),
        **more,
    }
    return render(request, "assets_registry/register.html", context)


def _known(form: AssetForm) -> Asset | None:
    """The entry that has this one's repository already, if that was why it was refused."""
    return getattr(refusal_in(form), "asset", None)


@allow(signed_in)
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change an entry."""
    record = get_object_or_404(visible_assets(request.user).select_related("owner"), slug=slug)
    require(can_edit_asset(request.user, record), who_changes(record))
    form = AssetForm(posted(request), request.FILES or None, user=request.user, asset=record)
    read_as = request.POST.get("read_as", "") if form.is_bound else operations.mark_of(record)
    said = "Saved. The page now says that it was checked today."
    if done := _answered(request, form, partial(operations.change_asset, read_as=read_as), record, said=said):
        return done
    now: list[tuple[str, str]] = []
    if str(refusal_in(form)) == CHANGED_SINCE:
        now, read_as = what_differs(form, without={"picture", "remove_picture"}), operations.mark_of(record)
    context = {"form": form, "record": record, "known": _known(form), "now": now, "read_as": read_as}
    return render(request, "assets_registry/edit.html", context)
