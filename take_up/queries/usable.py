"""“Can Harlow use this?”: what speaks for and against, line by line, each with its reason."""

from collections.abc import Iterable
from typing import Any, get_args

from django.utils.text import Truncator

from assets_registry import licences, publiccode
from assets_registry.models import Asset
from assets_registry.queries import AssetCheck, Verdict
from core.words import one_or_many, series
from councils.kinds import KINDS_OF_TIER
from councils.models import Organisation
from take_up.models import Adoption
from take_up.queries.take_up import BASE_WORDS, TakeUp

_ORDER = get_args(Verdict)
_RUNS_SOMEWHERE = {Asset.Kind.CODE}
_CAN_BE_LEFT = {Asset.Kind.CODE, Asset.Kind.API, Asset.Kind.STANDARD}


def can_use(asset: Asset, council: Organisation | None, used: TakeUp) -> list[AssetCheck]:
    """The lines for one council, or for all that an asset is for, what needs a look first.

    Worked out from what the owner and the adopters recorded: what nobody recorded is never a yes.
    """
    file = asset.publiccode if isinstance(asset.publiccode, dict) else {}
    said = publiccode.fields_of(file)
    lines = [
        _licence(asset),
        _tier(asset, council),
        _phase(asset),
        _others(asset, council, used),
        _support(asset, said),
        _effort(council, used),
    ]
    if asset.kind in _RUNS_SOMEWHERE:
        lines += [_hosting(said), _dependencies(file)]
    if asset.kind in _CAN_BE_LEFT:
        lines.append(_leaving(asset))
    return sorted(lines, key=lambda line: _ORDER.index(line.verdict))


def _licence(asset: Asset) -> AssetCheck:
    if not asset.licence:
        return AssetCheck("unknown", "Licence", "The owner has not said which. Ask before you build on it.")
    if licences.keeps_all_rights(asset.licence):
        return AssetCheck("no", "Licence", f"{asset.licence}: the owner keeps all rights. Ask for a licence first.")
    if licences.is_open(asset.licence):
        return AssetCheck("yes", "Licence", f"{asset.licence}: you may use, change and share it on its terms.")
    return AssetCheck("check", "Licence", f"{asset.licence} is the owner’s own. Read it first.")


def _tier(asset: Asset, council: Organisation | None) -> AssetCheck:
    words = BASE_WORDS[asset.tier]
    if council is None:
        return AssetCheck("yes", "Tier", f"Written for {words}.")
    if council.nation != "England":
        return AssetCheck("check", "Tier", f"Written for {words} in England; {council} is in {council.nation}.")
    is_meant = council.kind in KINDS_OF_TIER[asset.tier]
    return AssetCheck(
        "yes" if is_meant else "no", "Tier", f"Written for {words}; {council} is a {council.kind_in_words}."
    )


def _phase(asset: Asset) -> AssetCheck:
    match asset.phase:
        case Asset.Phase.RETIRED:
            return AssetCheck("no", "Phase", "Retired: its owner no longer works on it.")
        case Asset.Phase.LIVE | Asset.Phase.BETA:
            return AssetCheck("yes", "Phase", f"{asset.get_phase_display()}: in use by residents or staff.")
        case _:
            return AssetCheck(
                "check", "Phase", f"{asset.get_phase_display()}: not finished. Offer to try it with the owner."
            )


def _others(asset: Asset, council: Organisation | None, used: TakeUp) -> AssetCheck:
    if not used.all_live:
        first = f" {council} would be the first." if council and council != asset.owner else ""
        return AssetCheck("check", "Other councils", f"No council is known to use it live.{first}")
    if council is None:
        return AssetCheck("yes", "Other councils", f"Used live by {used}.")
    if any(adoption.council_id == council.pk for adoption in used.named):
        return AssetCheck("yes", "Other councils", f"{council} uses it already.")
    if alike := _alike(council, used.named):
        names = series([str(adoption.council) for adoption in alike[:3]])
        more = f" and {len(alike) - 3} more of the same kind" if len(alike) > 3 else ""
        return AssetCheck("yes", "Other councils", f"{names}{more} {one_or_many(len(alike), 'uses', 'use')} it live.")
    kind = council.kind_in_words
    return AssetCheck("check", "Other councils", f"Used live by {used}, but by no {kind} that is named.")


def _support(asset: Asset, said: dict[str, Any]) -> AssetCheck:
    if said.get("maintenance") == "none":
        return AssetCheck("check", "Support", "Nobody looks after it at present.")
    if asset.contact:
        return AssetCheck("yes", "Support", f"Questions go to: {asset.contact}.")
    return AssetCheck("unknown", "Support", "No team is named.")


def _effort(council: Organisation | None, used: TakeUp) -> AssetCheck:
    """What a council that uses it had to change, best one of the same kind."""
    written_down = [adoption for adoption in used.named if adoption.what_we_changed]
    if not written_down:
        return AssetCheck("unknown", "Effort", "No council has written down what it had to change.")
    alike = _alike(council, written_down) if council else written_down
    best = (alike or written_down)[0]
    words = Truncator(" ".join(best.what_we_changed.split())).words(30)
    return AssetCheck("yes" if alike else "check", "Effort", f"{best.council.full_name} changed: “{words}”")


def _hosting(said: dict[str, Any]) -> AssetCheck:
    if runs_on := said.get("platforms"):
        names = [publiccode.platform_in_words(name) for name in runs_on]
        return AssetCheck("yes", "Hosting", f"Runs on: {', '.join(names)}.")
    return AssetCheck("unknown", "Hosting", "The owner has not said what it runs on.")


def _dependencies(file: dict[str, Any]) -> AssetCheck:
    needs = publiccode.needs_of(file)
    if bought := [*needs["proprietary"], *needs["hardware"]]:
        return AssetCheck("check", "Dependencies", f"Needs {series(bought)}, which you may have to buy.")
    if needs["open"]:
        return AssetCheck("yes", "Dependencies", f"Needs open parts only: {series(needs['open'])}.")
    return AssetCheck("unknown", "Dependencies", "The owner has not said what else it needs.")


def _leaving(asset: Asset) -> AssetCheck:
    if asset.leaving:
        return AssetCheck("yes", "Leaving it", asset.leaving)
    return AssetCheck("unknown", "Leaving it", "Nobody has written down how a council stops using it.")


def _alike(council: Organisation, adoptions: list[Adoption]) -> list[Adoption]:
    """Those of councils of the same kind."""
    return [adoption for adoption in adoptions if adoption.council.kind == council.kind]


def own_adoptions(assets: Iterable[Asset], council: Organisation | None) -> dict[int, Adoption]:
    """What one council has said about each of these assets, by the asset's key, in one query."""
    if council is None:
        return {}
    keys = [asset.pk for asset in assets]
    return {each.asset_id: each for each in Adoption.objects.filter(asset__in=keys, council=council)}


def own_adoption(asset: Asset, council: Organisation | None) -> Adoption | None:
    """What one council has said about this asset, confirmed or waiting."""
    return Adoption.objects.filter(asset=asset, council=council).first() if council else None
