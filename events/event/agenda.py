"""The agenda as people write it, a line for each thing that happens.

`10:00 What we found | Half of all … | Speakers: Sara Patel, head of benefits, Leeds; Tom Hall, Luton`
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils import timezone

from core.text import clean_line
from core.words import span_in_words, time_in_words
from design_system.dates import read_moment, read_time

MOST_LINES, LONGEST_TITLE, LONGEST_NOTE = 60, 120, 300
MOST_SPEAKERS, LONGEST_NAME, LONGEST_ORGANISATION = 8, 120, 160
# People may be let in before the day begins.
BEFORE_THE_START = dt.timedelta(hours=1)
_DAY = re.compile(r"day\s+(\d{1,2}):?", re.IGNORECASE)
# A bare number may be a count ("3 tables"), so a time needs minutes, am or pm.
_ITEM = re.compile(r"(\d{1,2}(?:[:.]\d{2}\s*(?:am|pm)?|\s*(?:am|pm)))(?!\w|[:.]\d)\s*(.*)", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,2})(?!\w|[:.]\d)\s*(.*)")
# An end is not asked for: the next line gives it.
_UNTIL = re.compile(r"(?:(?:to|until|[-–—])\s*)?\d{1,2}(?:[:.]\d{2}|\s*(?:am|pm)\b)|(?:to|until)\s*\d", re.IGNORECASE)
# Which of two: only the hour in which the clocks go back needs it, and "10:00 GMT" may be a title.
_CLOCK = re.compile(r"(BST|GMT)(?!\w)\s*(.*)", re.IGNORECASE)
_CLOCKS_GO_BACK_AT = 1
_SPEAKERS = re.compile(r"speakers?:\s*(.*)", re.IGNORECASE)


@dataclass(frozen=True)
class SpeakerName:
    """Who speaks: a name, and where known a role and an organisation; `slug` is that of the council meant.

    `key` and `person` are those of the row it was read from: two that read alike are equal.
    """

    name: str
    role: str = ""
    organisation: str = ""
    slug: str = field(default="", compare=False)
    key: int | None = field(default=None, compare=False)
    person: int | None = field(default=None, compare=False)

    @property
    def as_text(self) -> str:
        """As `read` understands it: a name, `name, organisation`, or `name, role, organisation`."""
        if self.role:
            return f"{self.name}, {self.role}, {self.organisation}".rstrip(" ")
        return f"{self.name}, {self.organisation}" if self.organisation else self.name


@dataclass(frozen=True)
class AgendaEntry:
    """One entry of an agenda; `line` is the number of the line it was read from."""

    at: dt.time
    title: str
    note: str = ""
    day: int = 1
    line: int = field(default=0, compare=False)
    speakers: tuple[SpeakerName, ...] = ()
    clock: str = ""  # BST or GMT, where the hour comes twice

    @property
    def time(self) -> str:
        """When it begins, in words: `10:00`; where that comes twice `01:30 GMT`."""
        return f"{time_in_words(self.at)} {self.clock}".strip()

    def moment(self, starts_at: dt.datetime) -> dt.datetime:
        """When it begins, at an event that starts at `starts_at`.

        Raises ValidationError where the clocks skip that time, or show it twice and nothing says which.
        """
        day = timezone.localdate(starts_at) + dt.timedelta(days=self.day - 1)
        return read_moment(day, self.time)

    def why_not(self, starts_at: dt.datetime, ends_at: dt.datetime) -> str:
        """Why it cannot begin then at an event of these hours, to follow its name; empty where it can."""
        try:
            if starts_at - BEFORE_THE_START <= self.moment(starts_at) <= ends_at:
                return ""
        except ValidationError as problem:
            if problem.code != "comes_twice":
                return f": {problem.messages[0]}"
            time = time_in_words(self.at)
            return f" begins in the hour that comes twice. Write {time} BST for the first, {time} GMT for the second."
        hours = span_in_words(starts_at, ends_at)
        return f" is outside the event, which is {hours}. An agenda begins at most an hour before it."


def in_order(entries: Iterable[AgendaEntry]) -> list[AgendaEntry]:
    """The entries sorted by day and time; those of the same time stay in the order given."""
    return sorted(entries, key=lambda entry: (entry.day, entry.at.hour, entry.clock == "GMT", entry.at))


def as_text(entries: Iterable[AgendaEntry]) -> str:
    """The entries as text that `read` understands."""
    lines, day = [], 1
    for entry in entries:
        if entry.day != day:
            day = entry.day
            lines.append(f"Day {day}")
        note = f" | {entry.note}" if entry.note else ""
        names = "; ".join(speaker.as_text for speaker in entry.speakers)
        speakers = f" | Speakers: {names}" if names else ""
        lines.append(f"{entry.time} {entry.title}{note}{speakers}")
    return "\n".join(lines)


def read(text: str) -> list[AgendaEntry]:
    """The entries of a text; raises ValidationError with a sentence for every line that is not understood."""
    entries, errors = understood(text)
    if errors:
        raise ValidationError(errors)
    return entries


def understood(text: str) -> tuple[list[AgendaEntry], list[str]]:
    """The entries of the lines that are understood, and a sentence for every other."""
    entries: list[AgendaEntry] = []
    errors: list[str] = []
    day = 1
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        line = clean_line(raw)
        if found := _DAY.fullmatch(line):
            day = int(found[1])
        elif line:
            try:
                entries.append(_entry(line, day, number))
            except ValidationError as problem:
                errors.append(f"Line {number}: {problem.messages[0]}")
    if len(entries) > MOST_LINES:
        errors.append(f"The agenda has {len(entries)} lines. Keep it to {MOST_LINES} or fewer.")
    return in_order(entries), errors


def outside(entries: Iterable[AgendaEntry], starts_at: dt.datetime, ends_at: dt.datetime) -> list[str]:
    """A sentence for each entry that is outside these hours, or at an hour that does not exist or comes twice.

    Up to `BEFORE_THE_START` earlier is allowed.
    """
    return [
        f"{f'Line {entry.line}: ' if entry.line else ''}“{entry.time} {entry.title}”{why}"
        for entry in entries
        if (why := entry.why_not(starts_at, ends_at))
    ]


def _entry(line: str, day: int, number: int) -> AgendaEntry:
    found = _ITEM.fullmatch(line)
    if found is None and (number := _NUMBER.fullmatch(line)) and int(number[1]) < 24:
        raise ValidationError(f"If {number[1]} is the time, write {number[1]}:00. Else begin with the time.")
    if found is None:
        raise ValidationError(f"Begin with the time, like “10:00 {line[:40]}”.")
    at, rest, clock = read_time(found[1]), found[2], ""
    if at.hour == _CLOCKS_GO_BACK_AT and (named := _CLOCK.fullmatch(rest)):
        clock, rest = named[1].upper(), named[2]
    if _UNTIL.match(rest):
        raise ValidationError("Write only when it begins, then what happens.")
    if day < 1:
        raise ValidationError("The first day is day 1.")
    words, speakers = _without_speakers(rest)
    title, _, note = (part.strip() for part in words.partition("|"))
    title = title.lstrip("-–—: ")
    if not title:
        raise ValidationError("Say what happens after the time.")
    for words, what, most in ((title, "what happens", LONGEST_TITLE), (note, "the note", LONGEST_NOTE)):
        if len(words) > most:
            raise ValidationError(f"{what.capitalize()} has {len(words)} characters. Keep it to {most} or fewer.")
    return AgendaEntry(at, title, note, day, number, speakers, clock)


def _without_speakers(words: str) -> tuple[str, tuple[SpeakerName, ...]]:
    """What stands before the part about speakers, and the speakers."""
    before, bar, last = words.rpartition("|")
    found = _SPEAKERS.fullmatch(last.strip())
    if not bar or found is None:
        return words, ()
    named = [_speaker(each) for each in found[1].split(";") if each.strip(" ,")]
    if not named:
        raise ValidationError("Name who speaks after “Speakers:”, or leave it out.")
    if len(named) > MOST_SPEAKERS:
        raise ValidationError(f"{len(named)} speakers are named. Keep it to {MOST_SPEAKERS} or fewer.")
    return before, tuple(named)


def _speaker(words: str) -> SpeakerName:
    name, *more = (part.strip() for part in words.split(",", 2))
    role, organisation = more if len(more) > 1 else ("", *more) if more else ("", "")
    if not name:
        raise ValidationError("Begin each speaker with the name: name, role, organisation.")
    limits = (
        (name, "a speaker’s name", LONGEST_NAME),
        (role, "a speaker’s role", LONGEST_NAME),
        (organisation, "a speaker’s organisation", LONGEST_ORGANISATION),
    )
    for said, what, most in limits:
        if len(said) > most:
            raise ValidationError(f"{what.capitalize()} has {len(said)} characters. Keep it to {most} or fewer.")
    return SpeakerName(name, role, organisation)
