"""The registry of a person's week: apps register sources of lines, `portal.inbox` asks them all.

In `AppConfig.ready()` of an app: `inbox.register("waiting", inbox.adoptions_to_confirm)`. A source asks the database
once, and for a bounded number of rows. It never shows what its reader may not see, and offers no action that would be
refused.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Model
from django.utils import timezone

from core import clock
from core.words import day_in_short, days_in_short

MOST = 10  # lines a source gives at most; the lists have the rest

ListName = Literal["waiting", "moved", "new", "days"]


@dataclass(frozen=True)
class Action:
    """A button of a line: a link, or with `is_post` a form of its own that changes something."""

    text: str
    url: str
    is_post: bool = False
    is_second: bool = False
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Item:
    """One line of a person's week: since or by when, what it is, and why they see it."""

    at: dt.datetime | dt.date | None
    title: str
    url: str = ""
    note: str = ""
    because: str = ""
    at_note: str = ""
    actions: tuple[Action, ...] = ()
    word: str = ""
    colour: str = "grey"
    key: str = ""  # names the row in an address: #adoption-12
    comes_first: bool = False
    comes_before_all: bool = False  # what goes on in a room at this moment
    closes_at: dt.datetime | None = None
    until: dt.datetime | None = None  # the end of what takes days, whose beginning is `at`
    about: Model | None = None  # the record that it is about, where people can follow that
    change: str = ""  # names for good what happened to which row (`change_of`): nobody is written to about it twice

    @property
    def day(self) -> dt.date | None:
        """The day in London, of a moment or of a day."""
        return timezone.localdate(self.at) if isinstance(self.at, dt.datetime) else self.at

    @property
    def when(self) -> str:
        """The day as `24 Nov`, with its year where that is not this one; of what takes several `24 to 26 Nov`."""
        if self.day is None:
            return ""
        if self.until is not None and isinstance(self.at, dt.datetime):
            return days_in_short(self.at, self.until, with_year=self.day.year != clock.today().year)
        return day_in_short(self.day)


def in_order(item: Item) -> tuple[dt.date, dt.datetime, str]:
    """What sorts lines of what happened: by day, in it as it went; what is known to the day alone comes first."""
    day = item.day or dt.date.min
    begun = dt.datetime.combine(day, dt.time.min, clock.LONDON)
    return day, item.at if isinstance(item.at, dt.datetime) else begun, item.title


@dataclass(frozen=True)
class Reader:
    """Whose week it is: the person, their organisations, the services of these, what they follow, since when to look.

    `follows` are keys of followed records by kind: `{"project": {3, 8}}`. A source gives at most `most` lines.
    """

    user: Any
    since: dt.datetime
    organisations: tuple[Any, ...] = ()
    services: tuple[int, ...] = ()
    follows: Mapping[str, frozenset[int]] = field(default_factory=dict)
    most: int = MOST

    def followed(self, kind: str) -> frozenset[int]:
        """The keys of the records of a kind that this person follows."""
        return self.follows.get(kind, frozenset())

    @property
    def looks_at_nothing(self) -> bool:
        """Whether there is neither an organisation nor anything followed whose moves could be told."""
        return not self.organisations and not any(self.follows.values())

    @property
    def us(self) -> str:
        """The subject of a reason: the organisation, or “one of your organisations”."""
        return str(self.organisations[0]) if len(self.organisations) == 1 else "one of your organisations"


def change_of(row: Model, what: str) -> str:
    """What names a change of a row for good, its row first: `projects.project:5:launched`."""
    return f"{row._meta.label_lower}:{row.pk}:{what}"


LineSource = Callable[[Reader], list[Item]]

_sources: dict[ListName, list[LineSource]] = defaultdict(list)


def register(kind: ListName, *sources: LineSource) -> None:
    """Add sources to a list, in this order where nothing else decides; registering one again has no effect."""
    _sources[kind] += [source for source in sources if source not in _sources[kind]]


def asked(kind: ListName, reader: Reader) -> list[list[Item]]:
    """The lines of each source of a list for this reader."""
    return [source(reader) for source in _sources[kind]]


def lines_of(kind: ListName, reader: Reader) -> list[Item]:
    """The lines of all sources, one after the other."""
    return [line for lines in asked(kind, reader) for line in lines]
