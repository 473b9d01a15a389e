"""How alive an entry is, with the reason for each mark."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from assets_registry.models import Asset
from core import clock
from core.words import ago

Verdict = Literal["no", "check", "unknown", "yes"]  # in the order in which they need a look
_STALE_AFTER = dt.timedelta(days=365)


@dataclass(frozen=True)
class Mark:
    """One question: verdict, what it is about, the reason."""

    verdict: Verdict
    about: str
    reason: str


def health(asset: Asset) -> list[Mark]:
    """Checked by its owner, and released, within a year."""
    return [_checked(asset), _released(asset)]


def _checked(asset: Asset) -> Mark:
    if asset.checked_on is None:
        return Mark("check", "Not checked", "its owner has not checked the entry yet")
    verdict = _within_a_year(asset.checked_on)
    return Mark(verdict, "Fresh" if verdict == "yes" else "Stale", f"last checked {ago(asset.checked_on)} by its owner")


def _released(asset: Asset) -> Mark:
    if asset.released_on is None:
        return Mark("unknown", "No release", "nobody has recorded the date of one")
    verdict = _within_a_year(asset.released_on)
    return Mark(verdict, "Released" if verdict == "yes" else "No new release", f"the last one {ago(asset.released_on)}")


def _within_a_year(day: dt.date) -> Verdict:
    return "yes" if clock.today() - day <= _STALE_AFTER else "check"
