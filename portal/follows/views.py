"""Following a record; what one follows, and how often one hears of it."""

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed
from core.permissions import allow, signed_in
from councils.models import Service
from outbox.models import Pace
from outbox.queries import paces_of
from portal.follows import operations
from portal.follows.emails import followed_moved, follows_digest
from portal.follows.forms import RhythmForm, RhythmsForm, ServiceForm
from portal.follows.queries import follow_of, followable, follows_of, names_of, services_of
from portal.models import FOLLOWED, Follow


@allow(signed_in)
def follows(request: SignedInRequest) -> HttpResponse:
    """What one follows: how often one hears of each, and stopping."""
    found = list(follows_of(request.user))
    form = RhythmsForm(posted(request), follows=found, names=names_of(request.user, found))
    said = "What you follow is saved."
    if done := answered(request, form, operations.choose_rhythms, request.user, said=said, to="follows"):
        return done
    context = {"form": form, "follows": found, "off": _turned_off(request)}
    return render(request, "portal/follows/follows.html", context)


@allow(signed_in)
def follow(request: SignedInRequest, kind: str, slug: str) -> HttpResponse:
    """Follow one record, or change how often one hears of it."""
    record = _record(request, kind, slug)
    now = follow_of(request.user, record)
    form = RhythmForm(posted(request), initial={"rhythm": now.rhythm} if now else None)

    def said(made: Follow) -> str:
        return f"You follow {record}. You hear of it {made.get_rhythm_display().lower()}."

    if done := answered(request, form, operations.follow, record, said=said, to=_back_to(record)):
        return done
    context = {
        "form": form,
        "record": record,
        "now": now,
        "kind": kind,
        "back": _back_to(record),
        "also": [] if kind == "service" else list(_services(record)),
        "off": _turned_off(request),
    }
    return render(request, "portal/follows/follow.html", context)


@allow(signed_in)
def follow_service(request: SignedInRequest) -> HttpResponse:
    """Choose a service to follow."""
    form = ServiceForm(posted(request))

    def said(made: Follow) -> str:
        return f"You follow {made.service}. You hear of it {made.get_rhythm_display().lower()}."

    if done := answered(request, form, operations.follow, said=said, to="follows"):
        return done
    return render(request, "portal/follows/service.html", {"form": form, "off": _turned_off(request)})


@allow(signed_in)
@require_POST
def stop_following(request: SignedInRequest, kind: str, slug: str) -> HttpResponse:
    record = _record(request, kind, slug)
    said = f"You no longer follow {record}."
    return pressed(request, operations.stop_following, record, said=said, to="follows")


def _record(request: HttpRequest, kind: str, slug: str) -> Model:
    if kind not in FOLLOWED:
        raise Http404
    return get_object_or_404(followable(request.user, kind), slug=slug)


def _services(record: Model) -> list[tuple[str, str]]:
    """The services of a record: name, and address to follow each."""
    keys = next(iter(services_of([record]).values()), {})
    found = Service.objects.filter(pk__in=keys)
    return [(service.name, reverse("follow", args=["service", service.slug])) for service in found]


def _back_to(record: Model) -> str:
    """The page of a record; a service has none, so what one follows."""
    return record.get_absolute_url() if hasattr(record, "get_absolute_url") else reverse("follows")


def _turned_off(request: SignedInRequest) -> list[str]:
    """What somebody has turned off of the mails that following brings, in words."""
    paces = paces_of(request.user)
    return [one.title for one in (followed_moved, follows_digest) if paces[one.name] == Pace.OFF]
