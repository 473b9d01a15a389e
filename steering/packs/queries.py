"""Reads for the page of a pack."""

import datetime as dt

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import holders_of
from accounts.roles import Role
from core.words import counted, day_in_words
from steering.models import BoardSeat, Meeting, Pack
from steering.packs.permissions import visible_packs

_OF_A_LINE = ("meeting", "version", "frozen_at", "pages", "pdf_size", "pdf_failed", "pdf_begun_at")


def latest_pack(meeting: Meeting | None) -> Pack | None:
    """The newest pack of a meeting, without its content and its PDF."""
    if meeting is None:
        return None
    packs = Pack.objects.filter(meeting=meeting).only(*_OF_A_LINE, "meeting__day", "meeting__state")
    return packs.select_related("meeting").order_by("-version").first()


def pack_in_words(pack: Pack) -> str:
    """`14 pages, frozen 3 March`; the pages once its PDF is there."""
    pages = f"{counted(pack.pages, 'page')}, " if pack.pages else ""
    return f"{pages}frozen {day_in_words(pack.frozen_at, with_year=pack.frozen_at.year != pack.meeting.day.year)}"


def packs_of(day: dt.date) -> QuerySet[Pack]:
    """The packs of the meeting of a day, the newest version first, without their PDFs."""
    packs = visible_packs().filter(meeting__day=day).exclude(meeting__state=Meeting.State.CANCELLED)
    return packs.select_related("meeting").defer("pdf").order_by("-version")


def members_told(meeting: Meeting) -> QuerySet[User]:
    """Whom a pack is for: the members of the board, and those who vote for its bodies on the day of the meeting."""
    seats = BoardSeat.objects.as_at(meeting.day).exclude(representative=None)
    members = Q(pk__in=holders_of(Role.BOARD).values("pk")) | Q(pk__in=seats.values("representative"))
    return User.objects.filter(members, is_active=True)
