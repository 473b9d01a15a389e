"""Pages of packs: the published one, its earlier versions, its content, its PDF, and the draft of the next."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed
from core.content import canonical, digest_of
from core.listing import listed
from core.permissions import allow, anyone
from core.words import day_in_words
from steering.models import Meeting, Pack, PdfState
from steering.packs import operations
from steering.packs.forms import PublishForm
from steering.packs.freezing import content_of
from steering.packs.lists import PACKS
from steering.packs.permissions import can_publish_pack
from steering.packs.queries import latest_pack, packs_of
from steering.packs.shown import shown, shown_content
from steering.permissions import visible_meetings

BECAUSE = "Only the secretariat puts the board's pack together."


def follows_moves(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view; where it finds nothing on a day from which a meeting was moved, it leads to the new day."""

    @wraps(view)
    def leading_on(request: HttpRequest, day: dt.date, **rest: Any) -> HttpResponse:
        try:
            return view(request, day, **rest)
        except Http404:
            if (moved := _moved_to(request, day)) is None or request.resolver_match is None:
                raise
            return redirect(request.resolver_match.view_name, day=moved, preserve_request=True, **rest)

    return leading_on


@allow(anyone)
@require_safe
def packs(request: HttpRequest) -> HttpResponseBase:
    """The list of packs, or its file."""
    return listed(request, PACKS, "steering/packs.html")


@allow(anyone)
@require_safe
def pack(request: HttpRequest, day: dt.date) -> HttpResponse:
    """The newest pack of a meeting; where there is none yet, the secretariat is led to its draft."""
    if record := packs_of(day).first():
        return _page(request, record, newest=record.version)
    if moved := _moved_to(request, day):
        return redirect("steering:pack", moved)
    if can_publish_pack(request.user):
        return redirect("steering:pack_draft", day)
    raise Http404("This meeting has no pack yet.")


@allow(anyone)
@require_safe
@follows_moves
def pack_version(request: HttpRequest, day: dt.date, version: int) -> HttpResponse:
    """One version of a pack, whatever came after it."""
    newest = packs_of(day).values_list("version", flat=True).first()
    return _page(request, _version(day, version), newest=newest or version)


def _page(request: HttpRequest, record: Pack, *, newest: int) -> HttpResponse:
    state = record.pdf_state
    context = {
        **shown(record),
        "record": record,
        "day": day_in_words(record.meeting.day),
        "newest": newest if newest > record.version else None,
        "earlier": range(1, record.version),
        "state": state,
        "goes_on": state in (PdfState.WAITING, PdfState.BEING_MADE),
        "can_publish": can_publish_pack(request.user),
        "pdf_url": reverse("steering:pack_pdf", args=[record.meeting.day, record.version]),
        "content_url": reverse("steering:pack_version_content", args=[record.meeting.day, record.version]),
        "draft_url": reverse("steering:pack_draft", args=[record.meeting.day]),
        "print_url": reverse("steering:pack_print", args=[record.meeting.day, record.version]),
    }
    return render(request, "steering/pack.html", context)


@allow(anyone)
@require_safe
@follows_moves
def pack_content(request: HttpRequest, day: dt.date, version: int | None = None) -> HttpResponse:
    """The frozen content as canonical JSON: the SHA-256 of these bytes is the pack's."""
    record = _version(day, version) if version else packs_of(day).first()
    if record is None:
        raise Http404("This meeting has no pack yet.")
    name = f"steering-board-{day.isoformat()}-{record.version}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(canonical(record.content), content_type="application/json", headers=headers)


@allow(anyone)
@require_safe
@follows_moves
def pack_pdf(request: HttpRequest, day: dt.date, version: int) -> HttpResponse:
    """The PDF of a version, once it is made."""
    record = get_object_or_404(packs_of(day).defer(None).only("pdf", "meeting__day"), version=version)
    if record.pdf is None:
        raise Http404("This PDF is not made yet.")
    name = f"steering-board-{day.isoformat()}-{version}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(bytes(record.pdf), content_type="application/pdf", headers=headers)


@allow(can_publish_pack, because=BECAUSE)
@require_POST
@follows_moves
def pack_print(request: SignedInRequest, day: dt.date, version: int) -> HttpResponse:
    """The button that has the PDF made again."""
    record = _version(day, version)
    to = record.get_version_url()
    return pressed(request, operations.print_again, record, said="The PDF is being made again.", to=to)


@allow(can_publish_pack, because=BECAUSE)
@follows_moves
def pack_draft(request: SignedInRequest, day: dt.date) -> HttpResponse:
    """What the pack would say now, and the button that publishes it."""
    record = _meeting(request, day)
    last = latest_pack(record)
    form = PublishForm(posted(request), is_first=last is None)
    if done := answered(request, form, operations.publish_pack, record, said=_published):
        return done
    content = content_of(record)
    context = {
        **shown_content(content),
        "form": form,
        "record": record,
        "day": day_in_words(record.day),
        "last": last,
        "version": last.version + 1 if last else 1,
        "shown": digest_of(content),
    }
    return render(request, "steering/pack_draft.html", context)


def _published(record: Pack) -> str:
    return f"Version {record.version} of the pack is published, and the board is told."


def _version(day: dt.date, version: int) -> Pack:
    return get_object_or_404(packs_of(day), version=version)


def _meeting(request: HttpRequest, day: dt.date) -> Meeting:
    """The meeting of a day; a cancelled one has no draft."""
    meetings = visible_meetings(request.user).exclude(state=Meeting.State.CANCELLED)
    return get_object_or_404(meetings.select_related("host__body"), day=day)


def _moved_to(request: HttpRequest, day: dt.date) -> Any:
    """The day to which the meeting of a day was moved; None where a meeting is on it, or none ever was.

    Of those cancelled since, only one with a pack, which can still be read.
    """
    meetings = visible_meetings(request.user)
    if meetings.filter(day=day).exclude(state=Meeting.State.CANCELLED).exists():
        return None
    readable = ~Q(state=Meeting.State.CANCELLED) | Q(packs__isnull=False)
    return meetings.filter(readable, moves__day=day).values_list("day", flat=True).first()
