"""“Can Harlow use this?”: what speaks for and against, line by line, each with its reason."""

from typing import Any, get_args

from django.utils.text import Truncator

from assets_registry import licences, publiccode
from assets_registry.models import Asset
from assets_registry.queries import Mark, Verdict
from core.words import one_or_many, series
from councils.kinds import KINDS_OF_TIER
from councils.models import Organisation
from take_up.models import Adoption
from take_up.queries.take_up import BASE_WORDS, TakeUp

_ORDER = get_args(Verdict)
_RUNS_SOMEWHERE = {Asset.Kind.CODE}
_CAN_BE_LEFT = {Asset.Kind.CODE, Asset.Kind.API, Asset.Kind.STANDARD}


def can_use(asset: Asset, council: Organisation | None, used: TakeUp) -> list[Mark]:
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


def _licence(asset: Asset) -> Mark:
    if not asset.licence:
        return Mark("unknown", "Licence", "The owner has not said which. Ask before you build on it.")
    if licences.keeps_all_rights(asset.licence):
        return Mark("no", "Licence", f"{asset.licence}: the owner keeps all rights. Ask for a licence first.")
    if licences.is_open(asset.licence):
        return Mark("yes", "Licence", f"{asset.licence}: you may use, change and share it on its terms.")
    return Mark("check", "Licence", f"{asset.licence} is the owner’s own. Read it first.")


def _tier(asset: Asset, council: Organisation | None) -> Mark:
    words = BASE_WORDS[asset.tier]
    if council is None:
        return Mark("yes", "Tier", f"Written for {words}.")
    if council.nation != "England":
        return Mark("check", "Tier", f"Written for {words} in England; {council} is in {council.nation}.")
    is_meant = council.kind in KINDS_OF_TIER[asset.tier]
    return Mark("yes" if is_meant else "no", "Tier", f"Written for {words}; {council} is a {council.kind_in_words}.")


def _phase(asset: Asset) -> Mark:
    match asset.phase:
        case Asset.Phase.RETIRED:
            return Mark("no", "Phase", "Retired: its owner no longer works on it.")
        case Asset.Phase.LIVE | Asset.Phase.BETA:
            return Mark("yes", "Phase", f"{asset.get_phase_display()}: in use by residents or staff.")
        case _:
            return Mark("check", "Phase", f"{asset.get_phase_display()}: not finished. Offer to try it with the owner.")


def _others(asset: Asset, council: Organisation | None, used: TakeUp) -> Mark:
    if not used.all_live:
        first = f" {council} would be the first." if council and council != asset.owner else ""
        return Mark("check", "Other councils", f"No council is known to use it live.{first}")
    if council is None:
        return Mark("yes", "Other councils", f"Used live by {used}.")
    if any(adoption.council_id == council.pk for adoption in used.named):
        return Mark("yes", "Other councils", f"{council} uses it already.")
    if alike := _alike(council, used.named):
        names = series([str(adoption.council) for adoption in alike[:3]])
        more = f" and {len(alike) - 3} more of the same kind" if len(alike) > 3 else ""
        return Mark("yes", "Other councils", f"{names}{more} {one_or_many(len(alike), 'uses', 'use')} it live.")
    kind = council.kind_in_words
    return Mark("check", "Other councils", f"Used live by {used}, but by no {kind} that is named.")


def _support(asset: Asset, said: dict[str, Any]) -> Mark:
    if said.get("maintenance") == "none":
        return Mark("check", "Support", "Nobody looks after it at present.")
    if asset.contact:
        return Mark("yes", "Support", f"Questions go to: {asset.contact}.")
    return Mark("unknown", "Support", "No team is named.")


def _effort(council: Organisation | None, used: TakeUp) -> Mark:
    """What a council that uses it had to change, best one of the same kind."""
    written_down = [adoption for adoption in used.named if adoption.what_we_changed]
    if not written_down:
        return Mark("unknown", "Effort", "No council has written down what it had to change.")
    alike = _alike(council, written_down) if council else written_down
    best = (alike or written_down)[0]
    words = Truncator(" ".join(best.what_we_changed.split())).words(30)
    return Mark("yes" if alike else "check", "Effort", f"{best.council.full_name} changed: “{words}”")


def _hosting(said: dict[str, Any]) -> Mark:
    if runs_on := said.get("platforms"):
        names = [publiccode.platform_in_words(name) for name in runs_on]
        return Mark("yes", "Hosting", f"Runs on: {', '.join(names)}.")
    return Mark("unknown", "Hosting", "The owner has not said what it runs on.")


def _dependencies(file: dict[str, Any]) -> Mark:
    needs = publiccode.needs_of(file)
    if bought := [*needs["proprietary"], *needs["hardware"]]:
        return Mark("check", "Dependencies", f"Needs {series(bought)}, which you may have to buy.")
    if needs["open"]:
        return Mark("yes", "Dependencies", f"Needs open parts only: {series(needs['open'])}.")
    return Mark("unknown", "Dependencies", "The owner has not said what else it needs.")


def _leaving(asset: Asset) -> Mark:
    if asset.leaving:
        return Mark("yes", "Leaving it", asset.leaving)
    return Mark("unknown", "Leaving it", "Nobody has written down how a council stops using it.")


def _alike(council: Organisation, adoptions: list[Adoption]) -> list[Adoption]:
    """Those of councils of the same kind."""
    return [adoption for adoption in adoptions if adoption.council.kind == council.kind]


def own_adoption(asset: Asset, council: Organisation | None) -> Adoption | None:
    """What one council has said about this asset, confirmed or waiting."""
    return Adoption.objects.filter(asset=asset, council=council).first() if council else None
