"""An entry as a publiccode.yml that passes the rules: what the entry says, then what its file said, then the truth.

Where neither says what the standard asks for, the file has the most modest value (“other”, “none”), never a guess.
"""

from typing import Any

import yaml

from assets_registry.models import Asset
from assets_registry.publiccode.fields import STATUS_OF_PHASE, english
from assets_registry.publiccode.rules import LONG_LEAST, LONG_MOST, problems

VERSION = "0.7.0"
# Kinds that live in a repository as software or a specification of it.
_KINDS = {Asset.Kind.CODE, Asset.Kind.API, Asset.Kind.STANDARD, Asset.Kind.DESIGN_PATTERN}
_MODEST: dict[str, Any] = {
    "platforms": ["other"],
    "softwareType": "standalone/other",
    "localisation": {"localisationReady": False, "availableLanguages": ["en"]},
}


def can_export(asset: Asset) -> bool:
    """The standard wants a repository and a licence."""
    return bool(asset.kind in _KINDS and asset.repository_url and asset.licence)


def as_yaml(asset: Asset) -> str:
    """The file. Values that look like numbers or dates are quoted, so that every reader takes them for text."""
    return yaml.safe_dump(document(asset), sort_keys=False, allow_unicode=True, width=100)


def document(asset: Asset) -> dict[str, Any]:
    """The file's keys and values, in the order of the standard."""
    said = asset.publiccode if isinstance(asset.publiccode, dict) else {}
    wrong = {problem.key.partition("/")[0] for problem in problems(said)}
    whole: dict[str, Any] = {
        "publiccodeYmlVersion": VERSION,
        "name": asset.name,
        "url": asset.repository_url,
        **({"softwareVersion": asset.version} if asset.version else {}),
        **({"releaseDate": asset.released_on.isoformat()} if asset.released_on else {}),
        **{key: said[key] if key in said and key not in wrong else modest for key, modest in _MODEST.items()},
        "developmentStatus": STATUS_OF_PHASE[Asset.Phase(asset.phase)],
        "organisation": {"name": asset.owner.official_name},
        "intendedAudience": {"countries": ["GB"], "scope": ["local-authorities"]},
        "description": {"en": _words(asset, said)},
        "legal": {"license": asset.licence, "mainCopyrightOwner": asset.owner.official_name},
        "maintenance": _maintenance(asset, said),
    }
    whole["localisation"] = _with_truth_values(whole["localisation"])
    return whole


def _words(asset: Asset, said: dict[str, Any]) -> dict[str, Any]:
    features = english(said).get("features")
    known = [entry for entry in features if isinstance(entry, str)] if isinstance(features, list) else []
    return {
        "shortDescription": asset.summary[:150],
        "longDescription": _long(asset),
        "features": known or [asset.summary[:150]],
    }


def _long(asset: Asset) -> str:
    """The description; where it is shorter than the standard allows, followed by plain facts of the entry."""
    text = asset.description.strip()
    if len(text) >= LONG_LEAST:
        return text[:LONG_MOST]
    facts = (
        f"{asset.summary} {asset.name} belongs to {asset.owner.official_name} and is entered in the asset registry of "
        f"the Local Digital Alliance as {asset.get_kind_display().lower()} for "
        f"{asset.get_tier_display().lower()}; its phase is {asset.get_phase_display().lower()}. "
        f"It may be used under {asset.licence}."
    )
    return f"{text}\n\n{facts}".strip().ljust(LONG_LEAST, ".")


def _maintenance(asset: Asset, said: dict[str, Any]) -> dict[str, Any]:
    before = said.get("maintenance")
    kind = before.get("type") if isinstance(before, dict) else None
    team = [{"name": asset.contact or asset.owner.official_name}]
    if kind in {"internal", "community"}:
        return {"type": kind, "contacts": team}
    if kind == "contract" and isinstance(before, dict) and (firms := before.get("contractors")):
        return {"type": kind, "contractors": firms}
    return {"type": "internal", "contacts": team} if asset.contact else {"type": "none"}


def _with_truth_values(localisation: dict[str, Any]) -> dict[str, Any]:
    ready = localisation.get("localisationReady") in (True, "true", "yes")
    return {**localisation, "localisationReady": ready}
