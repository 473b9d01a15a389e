"""What pages of assets say of their use: the app above that knows it registers, the pages ask.

In `AppConfig.ready()` of the upper app: `uses.register(Uses(…))`.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from assets_registry.models import Asset
from core import clock
from core.figures import Share
from core.history import and_since
from core.panels import Panel
from core.words import counted, month_in_words


@dataclass(frozen=True, kw_only=True)
class Use:
    """How many councils use an asset live on a day, of how many it is for, and how many try it.

    Of an asset that is history also how many have come to use or to try it since that day.
    """

    share: Share
    piloting: int = 0
    more_live: int = 0
    more_piloting: int = 0

    @property
    def count(self) -> int:
        return self.share.count

    @property
    def base(self) -> int:
        return self.share.base

    @property
    def as_at(self) -> dt.date:
        """The day it was counted on."""
        return self.share.as_at or clock.today()

    @property
    def past_day(self) -> dt.date | None:
        """The day it was counted on, where that is not today."""
        return self.as_at if self.as_at != clock.today() else None

    @property
    def all_live(self) -> int:
        """Those of the day and since."""
        return self.count + self.more_live

    @property
    def and_since(self) -> str:
        return and_since(self.more_live)

    @property
    def in_a_list(self) -> str:
        """3 of 353 councils live, 2 piloting in December 2015; since then 1 more live."""
        return self._said_of(f"{self.share.counts} councils")

    @property
    def in_a_result(self) -> str:
        """The same without its base: 3 councils live in December 2015; since then 1 more live. Empty for no use."""
        is_used = self.all_live or self.piloting or self.more_piloting
        return self._said_of(counted(self.count, "council")) if is_used else ""

    def _said_of(self, councils: str) -> str:
        piloting = f", {self.piloting:,} piloting" if self.piloting else ""
        more = ((self.more_live, "live"), (self.more_piloting, "piloting"))
        since = ", ".join(f"{number:,} more {word}" for number, word in more if number)
        words = f"{councils} live{piloting}{self._when}"
        return f"{words}; since then {since}" if since else words

    @property
    def _when(self) -> str:
        return f" in {month_in_words(self.past_day)}" if self.past_day else ""

    def __str__(self) -> str:
        return f"{self.share}{self._when}{self.and_since}"


@dataclass(frozen=True)
class OnPage:
    """What an asset's page says of its use: in the line under the heading, and as sections.

    `strange` says in words which part of the address was not understood and not used, `about_day` why
    another day than the address names is shown.
    """

    used_by: Use
    panels: list[Panel]
    strange: list[str] = field(default_factory=list)
    about_day: str = ""


@dataclass(frozen=True)
class Uses:
    """The five questions that pages of assets ask."""

    of_assets: Callable[[Iterable[Asset]], Mapping[int, Use]]  # by the asset's key
    most_used_first: Callable[[QuerySet[Asset]], QuerySet[Asset]]
    on_page: Callable[[HttpRequest, Asset], OnPage]
    links: Callable[[HttpRequest], list[tuple[str, str]]]  # words and addresses beside the list of assets
    beside: Callable[[HttpRequest], Callable[[Asset], Any]]  # what a reader can do with an asset in a list


_registered: list[Uses] = []


def register(uses: Uses) -> None:
    """Have the pages of assets ask this, in place of what was registered before."""
    _registered[:] = [uses]


def known() -> Uses:
    return _registered[0]
