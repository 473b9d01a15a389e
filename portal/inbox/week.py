"""A person's week in four lists: what waits, what moved, what is new for their services, days with places."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from django.utils import timezone

from accounts.models import User
from assets_registry.models import Asset
from core import clock
from core.inbox import MOST, Item, Reader, asked, in_order, lines_of
from core.words import coming_moment, day_in_words, one_or_many, series, spelled
from councils.models import Membership, Organisation
from councils.permissions import asked_memberships_of, organisations_of
from portal.follows.queries import keys_by_kind, with_reasons
from portal.models import Follow
from projects.needs.queries import needs_of

DAYS_BACK = 8  # a week, and the day on which one last looked
MOST_NEWS = 10  # of all sources together, the newest


@dataclass(frozen=True)
class Week:
    """A person's week; any of its lists may be empty."""

    name: str
    since: dt.date
    organisations: tuple[Organisation, ...]
    asked: list[Membership]
    waiting: list[Item]
    moved: list[Item]
    new: list[Item]
    days: list[Item]
    more_waits: bool = False  # than is shown: a source had as much as it may give
    follows: bool = False  # something, so that there is something to tell
    most_news: int = MOST_NEWS

    @property
    def heading(self) -> str:
        """The heading: “This week for Harlow”; of several organisations the first two are named."""
        return f"This week for {series(self.organisations, most=1)}" if self.organisations else "This week"

    @property
    def sentence(self) -> str:
        """A sentence: how much waits, for whom, and what closes first."""
        number = len(self.waiting)
        if not number:
            return f"Nothing waits for you, {self.name}."
        verb = one_or_many(number, "thing waits", "things wait")
        words = f"{spelled(number).capitalize()} {verb} for you, {self.name}."
        if self.more_waits:
            words = f"At least {number} things wait for you, {self.name}."
        closing = min((line.closes_at for line in self.waiting if line.closes_at), default=None)
        if closing is None:
            return words
        return f"{words} {'It' if number == 1 else 'One of them'} closes {coming_moment(closing)}."

    @property
    def nothing_new(self) -> str:
        return f"Nothing new since {day_in_words(self.since, with_year=False)}."


def week_of(user: User, since: dt.datetime | None = None) -> Week:
    """The week of a signed-in user: what waits now, and what came since `since`, by default DAYS_BACK days."""
    since = since or _some_days_ago()
    organisations, follows = tuple(organisations_of(user)), keys_by_kind(Follow.objects.filter(person=user))
    services = tuple({*_services_of(organisations), *follows.get("service", ())})
    reader = Reader(user, since, organisations, services, follows)
    waiting, more_waits = _waiting(reader)
    return Week(
        name=str(user).partition(" ")[0],
        since=timezone.localdate(since),
        organisations=organisations,
        asked=asked_memberships_of(user),
        waiting=waiting,
        moved=with_reasons(_newest(lines_of("moved", reader)), follows),
        new=_newest(lines_of("new", reader)),
        days=lines_of("days", reader),
        follows=any(follows.values()),
        more_waits=more_waits,
    )


def waiting_for(user: User) -> list[Item]:
    """The first list of a person's week alone: what waits for them, the most urgent first."""
    return _waiting(Reader(user, _some_days_ago(), tuple(organisations_of(user))))[0]


def _waiting(reader: Reader) -> tuple[list[Item], bool]:
    """What waits, the most urgent first, and whether a source was cut at its limit."""
    found = asked("waiting", reader)
    lines = sorted(chain.from_iterable(found), key=_most_urgent_first)
    return lines, any(len(lines) >= MOST for lines in found)


def _some_days_ago() -> dt.datetime:
    """The beginning of the day from which the lists count."""
    return timezone.make_aware(dt.datetime.combine(clock.today() - dt.timedelta(days=DAYS_BACK), dt.time.min))


def _services_of(organisations: Sequence[Organisation]) -> tuple[int, ...]:
    """The services in which one of the organisations has a need, or an asset that it owns or uses."""
    if not organisations:
        return ()
    needs = needs_of(organisations).filter(service__isnull=False).order_by().values_list("service", flat=True)
    owned = Asset.services.through.objects.filter(asset__owner__in=organisations).values_list("service", flat=True)
    used = Asset.services.through.objects.filter(
        asset__adoptions__council__in=organisations, asset__adoptions__confirmed_at__isnull=False
    ).values_list("service", flat=True)
    return tuple(needs.union(owned, used))


def _most_urgent_first(line: Item) -> tuple[bool, bool, dt.date, str]:
    """The sort key of a line: what goes on now, what cannot wait, then by day, overdue and long asked for first."""
    return (not line.comes_before_all, not line.comes_first, line.day or dt.date.min, line.title)


def _newest(lines: list[Item]) -> list[Item]:
    return sorted(lines, key=in_order, reverse=True)[:MOST_NEWS]
