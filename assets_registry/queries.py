"""How alive an entry is, with the reason for each mark, and for whom it waits."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from accounts.models import User
from accounts.permissions import holders_of
from accounts.roles import Role
from assets_registry.models import Asset
from core import clock
from core.words import ago
from councils.models import Membership
from councils.permissions import members_of

Verdict = Literal["no", "check", "unknown", "yes"]  # in the order in which they need a look
_STALE_AFTER = dt.timedelta(days=365)


@dataclass(frozen=True)
class AssetCheck:
    """One question: verdict, what it is about, the reason."""

    verdict: Verdict
    about: str
    reason: str


def whose_turn(asset: Asset) -> list[User]:
    """Who decides next: the owner's publishers and leads, or for a council's first entry the Alliance editors."""
    if asset.state == Asset.State.WITH_EDITOR:
        return list(holders_of(Role.EDITOR))
    if asset.state == Asset.State.WITH_PUBLISHER:
        roles = [Membership.Role.PUBLISHER, Membership.Role.LEAD]
        return list(members_of(asset.owner).filter(memberships__role__in=roles).distinct())
    return []


def health(asset: Asset) -> list[AssetCheck]:
    """Checked by its owner, and released, within a year."""
    return [_checked(asset), _released(asset)]


def _checked(asset: Asset) -> AssetCheck:
    if asset.checked_on is None:
        return AssetCheck("check", "Not checked", "its owner has not checked the entry yet")
    verdict = _within_a_year(asset.checked_on)
    return AssetCheck(
        verdict, "Fresh" if verdict == "yes" else "Stale", f"last checked {ago(asset.checked_on)} by its owner"
    )


def _released(asset: Asset) -> AssetCheck:
    if asset.released_on is None:
        return AssetCheck("unknown", "No release", "nobody has recorded the date of one")
    verdict = _within_a_year(asset.released_on)
    return AssetCheck(
        verdict, "Released" if verdict == "yes" else "No new release", f"the last one {ago(asset.released_on)}"
    )


def _within_a_year(day: dt.date) -> Verdict:
    return "yes" if clock.today() - day <= _STALE_AFTER else "check"
