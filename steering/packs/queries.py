"""Reads for the page of a pack."""

import datetime as dt
from typing import Any

from django.db.models import Case, QuerySet, When
from django.urls import reverse
from django.utils import timezone

from accounts.models import AnyUser
from core.words import counted
from steering.models import Meeting, Pack
from steering.packs.moments import frozen_when, is_early
from steering.packs.permissions import can_publish_pack, visible_packs

_OF_A_LINE = ("meeting", "version", "frozen_at", "pages", "pdf_size", "pdf_failed", "pdf_begun_at")


def latest_pack(meeting: Meeting | None) -> Pack | None:
    """The newest pack of a meeting, without its content and its PDF."""
    if meeting is None:
        return None
    packs = Pack.objects.filter(meeting=meeting).only(*_OF_A_LINE, "meeting__day", "meeting__state")
    return packs.select_related("meeting").order_by("-version").first()


def pack_line(meeting: Meeting | None, user: AnyUser) -> dict[str, Any]:
    """The context of `parts/pack_line.html`: its newest pack; of one to come when it is due, and its draft."""
    if pack := latest_pack(meeting):
        return {"pack": pack, "pack_words": pack_in_words(pack)}
    if meeting is None or not meeting.is_planned:
        return {}
    to_come = {"pack_to_come": "Its pack is published about a week before it meets.", "last_pack": last_pack(meeting)}
    if can_publish_pack(user):
        to_come["pack_draft_url"] = reverse("steering:pack_draft", args=[meeting.day.isoformat()])
    return to_come


def last_pack(meeting: Meeting) -> Pack | None:
    """The newest pack of the last meeting before this one that has any."""
    packs = Pack.objects.filter(meeting__day__lt=meeting.day).exclude(meeting__state=Meeting.State.CANCELLED)
    packs = packs.only(*_OF_A_LINE, "meeting__day", "meeting__state").select_related("meeting")
    return packs.order_by("-meeting__day", "-version").first()


def pack_in_words(pack: Pack) -> str:
    """`14 pages, frozen on 3 March 2027, 7 days before the meeting`; the pages once its PDF is there."""
    pages = f"{counted(pack.pages, 'page')}, " if pack.pages else ""
    frozen_on = timezone.localdate(pack.frozen_at)
    again = "; it can be published anew nearer the day" if is_early(frozen_on, pack.meeting.day) else ""
    return f"{pages}frozen on {frozen_when(frozen_on, pack.meeting.day)}{again}"


def packs_of(day: dt.date) -> QuerySet[Pack]:
    """The packs of the meeting of a day, the newest version first, without their PDFs.

    Those of a cancelled meeting stay, until a meeting that is planned for the same day has a pack of its own.
    """
    packs = visible_packs().filter(meeting__day=day)
    stands = Case(When(meeting__state=Meeting.State.CANCELLED, then=0), default=1)
    latest = packs.order_by(stands.desc(), "-meeting_id").values("meeting")[:1]
    return packs.filter(meeting=latest).select_related("meeting").defer("pdf").order_by("-version")
