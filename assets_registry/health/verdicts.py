"""How alive an asset is: six questions, each answered from facts with its reason."""

import datetime as dt

from assets_registry.models import Asset, LinkCheck, repository_key
from assets_registry.queries import AssetCheck, Verdict
from core import clock
from core.words import ago, counted, day_in_words

STALE_AFTER = dt.timedelta(days=365)
FAILED_AFTER = 3  # checks in a row

# The questions, in the order in which pages and files ask them.
CHECKED, ARCHIVED, MOVED, LICENCE, RELEASED, LINK = QUESTIONS = (
    "Checked by its owner",
    "Kept up",
    "Where it was",
    "A licence is named",
    "Last release",
    "Link works",
)


def health(asset: Asset) -> dict[str, AssetCheck]:
    """The answer to each of the QUESTIONS. Its `link_check` is best read with the asset."""
    return {
        CHECKED: freshness(asset),
        ARCHIVED: _archived(asset),
        MOVED: _moved(asset),
        LICENCE: _licence(asset),
        RELEASED: _released(asset),
        LINK: _link(asset),
    }


def freshness(asset: Asset) -> AssetCheck:
    """Whether its owner said within a year that the entry holds."""
    if asset.checked_on is None:
        return AssetCheck("check", "Not checked", "its owner has not checked the entry yet")
    verdict = _within_a_year(asset.checked_on)
    return AssetCheck(
        verdict, "Fresh" if verdict == "yes" else "Stale", f"last checked {ago(asset.checked_on)} by its owner"
    )


def link_check_of(asset: Asset) -> LinkCheck | None:
    """The last check of the address that the asset has now; None where there was none."""
    found: LinkCheck | None = getattr(asset, "link_check", None)
    return found if found and found.checked_at and found.address == asset.repository_url else None


def _archived(asset: Asset) -> AssetCheck:
    is_obsolete = str(asset.publiccode.get("developmentStatus", "")).lower() == "obsolete"
    if asset.phase == Asset.Phase.RETIRED or is_obsolete:
        return AssetCheck("check", "Archived", "its owner says that nobody works on it any more")
    return AssetCheck("yes", "Kept up", f"its owner says: {asset.get_phase_display().lower()}")


def _moved(asset: Asset) -> AssetCheck:
    found = link_check_of(asset)
    if not found:
        return AssetCheck("unknown", "Not looked", _why_not_looked(asset))
    if found.moved_to and repository_key(found.moved_to) != asset.repository_key:
        return AssetCheck("check", "Moved", f"its address leads to {found.moved_to} now")
    if found.failures:
        return AssetCheck("unknown", "Not known", "its address did not answer the last check")
    return AssetCheck("yes", "Not moved", f"looked at on {day_in_words(found.checked_at)}")


def _licence(asset: Asset) -> AssetCheck:
    if not asset.licence:
        return AssetCheck("check", "No licence", "without one, others may not use it: ask its owner")
    return AssetCheck("yes", "Licence", f"the entry names one: {asset.licence}")


def _released(asset: Asset) -> AssetCheck:
    if asset.released_on is None:
        return AssetCheck("unknown", "No release", "nobody has recorded the date of one")
    verdict = _within_a_year(asset.released_on)
    return AssetCheck(
        verdict, "Released" if verdict == "yes" else "No new release", f"the last one {ago(asset.released_on)}"
    )


def _link(asset: Asset) -> AssetCheck:
    """Amber once it failed often enough; a report alone changes nothing."""
    found = link_check_of(asset)
    if not found:
        return AssetCheck("unknown", "Link not checked", _why_not_looked(asset))
    if found.failures >= FAILED_AFTER:
        checks = counted(found.failures, "check")
        return AssetCheck("check", "Link failed", f"link failed on {checks} since {day_in_words(found.failing_since)}")
    if found.failures:
        day = day_in_words(found.checked_at)
        return AssetCheck("unknown", "Link being checked", f"no answer on {day}; it is tried again before it counts")
    return AssetCheck("yes", "Link works", f"answered on {day_in_words(found.checked_at)}")


def _why_not_looked(asset: Asset) -> str:
    if not asset.repository_url:
        return "the entry has no address"
    is_looked_at = asset.repository_url.startswith("https://")
    return "nobody has looked yet" if is_looked_at else "only addresses that begin with https:// are looked at"


def _within_a_year(day: dt.date) -> Verdict:
    return "yes" if clock.today() - day <= STALE_AFTER else "check"
