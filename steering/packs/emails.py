"""The message that the pack of a meeting is there."""

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from core.words import day_in_words
from outbox.kinds import Letter, kind
from steering.models import Meeting, Pack
from steering.packs.shown import hash_in_words


def _packs() -> QuerySet[Pack]:
    return Pack.objects.select_related("meeting").defer("pdf")


@kind(
    "steering.pack_published",
    "The pack of the board’s next meeting",
    about=_packs,
    can_be_turned_off=True,
    began="meeting.day",
)
def pack_published(pack: Pack, to: User | None) -> Letter | None:
    """What the board is asked and where the pack stands; nothing once it was corrected, or the meeting cancelled."""
    newer = Pack.objects.filter(meeting=pack.meeting_id, version__gt=pack.version)
    if pack.meeting.state == Meeting.State.CANCELLED or newer.exists():
        return None
    context = {
        "person": to,
        "pack": pack,
        "day": day_in_words(pack.meeting.day, with_weekday=True),
        "asked": pack.content["asked"],
        "hash": hash_in_words(pack.sha256),
        "url": settings.BASE_URL + pack.get_absolute_url(),
    }
    return Letter("emails/pack_published", context)
