"""What a pack says, put together from the rows as they are now, and the hash by which anybody can check it."""

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from core import clock
from core.words import day_in_words, moment_in_words
from steering.models import Meeting, MeetingItem, Pack, Paper
from steering.packs import sections
from steering.packs.registry import sections_of
from steering.packs.section import Since, frozen
from steering.packs.standing import projects_before, promises_missed, ratings_before, state_of

FORM = 1  # of the content: raised where its shape changes, so that older packs are shown as they were
EMAIL_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"“”‘’]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
FIRST_PAGE = ("changed", "agenda", "figures")


def content_of(meeting: Meeting) -> dict[str, Any]:
    """What the pack of a meeting would say now. What it names is what everybody may read."""
    since = since_last_pack(meeting)
    said, projects = sections_of(meeting, since), projects_before(meeting, since)
    items = agenda_of(meeting)
    agenda = sections.agenda(items, {each.name: each for each in said})
    first = {each.name: each for each in (*said, agenda)}
    front = [first[name] for name in FIRST_PAGE if name in first]
    return {
        "form": FORM,
        "day": meeting.day.isoformat(),
        "day_words": day_in_words(meeting.day),
        "title": str(meeting),
        "line": sections.line_of(meeting, met_before(meeting)),
        "asked": sections.asked_of(items),
        "since": since.day.isoformat() if since.day else "",
        "sections": [frozen(each) for each in (*front, *(each for each in said if each.name not in FIRST_PAGE))],
        "state": state_of(projects, ratings_before(meeting, since)),
        "missed": sorted(each.pk for each in promises_missed(meeting, since)),
    }


def agenda_of(meeting: Meeting) -> list[MeetingItem]:
    """The items of a meeting's agenda, in order; whether each has papers needs no query more."""
    papers = Prefetch("papers", Paper.objects.only("item"))
    return list(meeting.agenda.filter(is_removed=False).prefetch_related(papers))


def since_last_pack(meeting: Meeting) -> Since:
    """What to compare with: the newest pack of a meeting before; where there is none, the day of the last meeting."""
    packs = Pack.objects.filter(meeting__day__lt=meeting.day).exclude(meeting__state=Meeting.State.CANCELLED)
    if last := packs.defer("pdf").order_by("-meeting__day", "-version").first():
        day = timezone.localdate(last.frozen_at)
        return Since(day, last.content["state"], f"the last pack, {day_in_words(day)}", _missed_in(last.content))
    if met := met_before(meeting):
        return Since(met.day, None, f"the last meeting, {day_in_words(met.day)}")
    return Since()


def _missed_in(content: dict[str, Any]) -> tuple[int, ...]:
    """The missed promises that a pack knew; of those first published, each stood with its project."""
    if "missed" in content:
        return tuple(content["missed"])
    return tuple(key for project in content["state"].values() for key in project.get("missed") or ())


def met_before(meeting: Meeting) -> Meeting | None:
    """The last meeting that was held before this one."""
    held = Meeting.objects.held().filter(day__lt=meeting.day, day__lte=clock.today())
    return held.select_related("host__body").first()


def address_in(content: dict[str, Any]) -> str:
    """Which e-mail address a draft holds and where: `“Agenda”, at “3 Data hub”, holds a@b.uk`; empty if none."""
    for section in content["sections"]:
        for table in (section, *section.get("parts", ())):
            for row in table.get("rows", ()):
                if found := _first_address(row):
                    named = " ".join(cell["text"] for cell in row["cells"][:2])
                    return f"“{section['title']}”, at “{named}”, holds {found}"
        if found := _first_address(section):
            return f"“{section['title']}” holds {found}"
    found = _first_address(content)
    return f"What the pack says of the meeting holds {found}" if found else ""


def _first_address(value: Any) -> str:
    matches = (EMAIL_ADDRESS.search(words) for words in _texts(value))
    return next((match[0] for match in matches if match), "")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def with_moment(content: dict[str, Any], *, version: int, correction: str) -> dict[str, Any]:
    """The content with what is known once it is published: version, what it corrects, and the moment."""
    frozen_at = timezone.localtime(clock.now())
    return {
        **content,
        "version": version,
        "correction": correction,
        "frozen_at": frozen_at.isoformat(timespec="seconds"),
        "frozen_words": moment_in_words(frozen_at),
    }
