"""“Can Harlow use this?”: what speaks for and against, line by line, each with its reason."""

from dataclasses import dataclass
from typing import Literal

from assets_registry import licences
from assets_registry.models import Adoption, Asset
from assets_registry.queries.take_up import BASE_WORDS, TakeUp
from councils.models import KINDS_OF_TIER, Organisation

Verdict = Literal["yes", "check", "no"]


@dataclass(frozen=True)
class Line:
    """One question: verdict, what it is about, the reason."""

    verdict: Verdict
    about: str
    reason: str


def can_use(asset: Asset, council: Organisation, used: TakeUp) -> list[Line]:
    """The lines for one council, from what the owner and the adopters recorded."""
    return [
        _licence(asset),
        _tier(asset, council),
        _phase(asset),
        _others(council, used),
        _support(asset),
    ]


def _licence(asset: Asset) -> Line:
    if not asset.licence:
        return Line("check", "Licence", "The owner has not said which. Ask before you build on it.")
    if licences.is_open(asset.licence):
        return Line("yes", "Licence", f"{asset.licence}: you may use, change and share it on its terms.")
    return Line("check", "Licence", f"{asset.licence} is the owner’s own. Read it first.")


def _tier(asset: Asset, council: Organisation) -> Line:
    words = BASE_WORDS[asset.tier]
    kind = council.kind_in_words
    if council.nation != "England":
        return Line("check", "Your tier", f"Written for {words} in England; {council} is in {council.nation}.")
    if council.kind in KINDS_OF_TIER[asset.tier]:
        return Line("yes", "Your tier", f"Written for {words}; {council} is a {kind}.")
    return Line("no", "Your tier", f"Written for {words}; {council} is a {kind}.")


def _phase(asset: Asset) -> Line:
    if asset.is_withdrawn:
        return Line("no", "Phase", "Withdrawn by its owner.")
    match asset.phase:
        case Asset.Phase.RETIRED:
            return Line("no", "Phase", "Retired: its owner no longer works on it.")
        case Asset.Phase.LIVE | Asset.Phase.BETA:
            return Line("yes", "Phase", f"{asset.get_phase_display()}: in use by residents or staff.")
        case _:
            return Line("check", "Phase", f"{asset.get_phase_display()}: not finished. Offer to try it with the owner.")


def _others(council: Organisation, used: TakeUp) -> Line:
    alike = [adoption for adoption in used.live if adoption.council.kind == council.kind]
    if any(adoption.council_id == council.pk for adoption in used.live):
        return Line("yes", "Others like you", f"{council} uses it already.")
    if alike:
        names = _and([str(adoption.council) for adoption in alike[:3]])
        more = f" and {len(alike) - 3} more of your kind" if len(alike) > 3 else ""
        verb = "use" if len(alike) > 1 else "uses"
        return Line("yes", "Others like you", f"{names}{more} {verb} it live.")
    if used.count:
        return Line("check", "Others like you", f"Used live by {used.share}, but by none of your kind that is named.")
    return Line("check", "Others like you", "No council is known to use it live. You would be the first.")


def _support(asset: Asset) -> Line:
    if asset.contact:
        return Line("yes", "Somebody to ask", f"{asset.contact}.")
    return Line("check", "Somebody to ask", f"No team is named. Ask {asset.owner}.")


def _and(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def own_adoption(asset: Asset, council: Organisation | None) -> Adoption | None:
    """What one council has said about this asset, confirmed or waiting."""
    return asset.adoptions.filter(council=council).first() if council else None
