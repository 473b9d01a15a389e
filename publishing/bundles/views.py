"""The pages on which editors bundle case studies and news."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed
from core.numbers import HIGHEST_KEY
from core.permissions import allow
from publishing.addresses import editing_address
from publishing.bundles import operations
from publishing.bundles.forms import BundleForm, PutInForm
from publishing.bundles.queries import (
    bundles_released,
    bundles_to_release,
    council_or_news,
    pages_for_a_bundle,
    until_in_words,
    what_is_missing,
)
from publishing.models import Bundle
from publishing.permissions import can_bundle


@allow(can_bundle, because=operations.EDITORS)
def bundles(request: SignedInRequest) -> HttpResponse:
    """The bundles that wait and that were released, and a form for another."""
    form = BundleForm(posted(request))
    if done := answered(request, form, operations.make_bundle, said="The bundle is made.", to=_address):
        return done
    waiting = [(bundle, until_in_words(bundle)) for bundle in bundles_to_release()]
    context = {"form": form, "waiting": waiting, "released": bundles_released()}
    return render(request, "publishing/bundles/bundles.html", context)


@allow(can_bundle, because=operations.EDITORS)
def bundle(request: SignedInRequest, key: int) -> HttpResponse:
    """What is in a bundle, and a form to put another page in."""
    found = _bundle(key)
    form = PutInForm(posted(request), pages=pages_for_a_bundle())
    said = "Put in. It stays off the site until the bundle is released."
    if done := answered(request, form, operations.put_in_bundle, found, said=said, to=_address(found)):
        return done
    places = [
        (place.page, council_or_news(place.page), what_is_missing(place), editing_address(place.page))
        for place in found.places.select_related("page__casestudypage__council", "page__newspage")
    ]
    context = {"bundle": found, "form": form, "places": places, "until": until_in_words(found)}
    context["is_ready"] = bool(places) and not any(missing for _, _, missing, _ in places)
    return render(request, "publishing/bundles/bundle.html", context)


@allow(can_bundle, because=operations.EDITORS)
def change(request: SignedInRequest, key: int) -> HttpResponse:
    found = _bundle(key)
    now = {"name": found.name, "releases_at": found.releases_at, "event": found.event_id}
    form = BundleForm(posted(request), initial=now, now=found.event)
    if done := answered(request, form, operations.change_bundle, found, said="Changed.", to=_address(found)):
        return done
    return render(request, "publishing/bundles/change.html", {"bundle": found, "form": form})


@allow(can_bundle, because=operations.EDITORS)
@require_POST
def release(request: SignedInRequest, key: int) -> HttpResponse:
    found = _bundle(key)
    said = "Released: all of it is on the site."
    return pressed(request, operations.release_bundle, found, said=said, to=_address(found))


@allow(can_bundle, because=operations.EDITORS)
@require_POST
def take_out(request: SignedInRequest, key: int, page: int) -> HttpResponse:
    found = _bundle(key)
    place = found.places.select_related("page", "bundle").filter(page=min(page, HIGHEST_KEY)).first()
    if place is None:  # sent twice
        return redirect(_address(found))
    said = f"“{place.page.draft_title}” is in this bundle no longer."
    return pressed(request, operations.take_out_of_bundle, place, said=said, to=_address(found))


def _bundle(key: int) -> Bundle:
    return get_object_or_404(Bundle.objects.select_related("event"), pk=min(key, HIGHEST_KEY))


def _address(bundle: Bundle) -> str:
    return reverse("publishing:bundle", args=[bundle.pk])
