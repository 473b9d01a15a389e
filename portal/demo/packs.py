"""The packs of the board of today: of its last meeting, published a week before it, and of the next once it is near.

What they say is read from the demo's own records; the agenda is illustrative.
"""

import datetime as dt

from core import clock
from portal.demo.people import person
from projects.models import BusinessCase
from steering.models import Meeting, MeetingItem
from steering.operations import build_agenda
from steering.packs.moments import is_early
from steering.packs.operations import publish_pack

WEEK = dt.timedelta(days=7)
# title, kind, key, words
AGENDA = [
    ("Open actions", "information", "actions", ""),
    ("Portfolio", "discussion", "portfolio", ""),
    ("Promises: claimed and confirmed", "information", "promises", ""),
    ("Next meeting", "decision", "next", "In three months at the other host, which then takes the chair"),
]


def build_last() -> None:
    """Publish the pack of the last meeting as of a week before it; called before anything later is written down."""
    if last := Meeting.objects.held().filter(day__gt=clock.LAST_DAY_OF_THE_RECORD).first():
        _write_agenda(last)
        with clock.at(dt.datetime.combine(last.day - WEEK, dt.time(17))):
            publish_pack(last, by=person("secretariat"))


def build_coming() -> None:
    """Write the agenda of the next meeting; publish its pack only where it is near, as the board expects it."""
    coming = Meeting.objects.planned().filter(day__gte=clock.today()).order_by("day").first()
    if coming is None:
        return
    _write_agenda(coming)
    build_agenda(coming, by=person("secretariat"))  # with what came up since it was planned
    if not is_early(clock.today(), coming.day):
        with clock.at(dt.datetime.combine(clock.today(), dt.time.min)):
            publish_pack(coming, by=person("secretariat"))


def _write_agenda(meeting: Meeting) -> None:
    """The agenda of a meeting that has none: the five items of every meeting, and each case that waits."""
    if meeting.agenda.exists():
        return
    rows = [{"title": title, "kind": kind, "key": key, "words": words} for title, kind, key, words in AGENDA]
    waiting = BusinessCase.objects.filter(state=BusinessCase.State.SUBMITTED).select_related("project")
    rows[2:2] = [
        {
            "title": f"Accept the business case: {case.project}",
            "kind": "decision",
            "key": f"case-{case.pk}",
            "business_case": case,
        }
        for case in waiting.order_by("submitted_at", "pk")
    ]
    MeetingItem.objects.bulk_create(
        MeetingItem(meeting=meeting, order=order, **row) for order, row in enumerate(rows, 1)
    )
