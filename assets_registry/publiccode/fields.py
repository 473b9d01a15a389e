"""From a file to the fields of the form, leaving out people."""

import datetime as dt
from typing import Any

from assets_registry.models import Asset

PHASE_OF_STATUS = {
    "concept": Asset.Phase.DISCOVERY,
    "development": Asset.Phase.ALPHA,
    "beta": Asset.Phase.BETA,
    "stable": Asset.Phase.LIVE,
    "obsolete": Asset.Phase.RETIRED,
}
STATUS_OF_PHASE = {phase: status for status, phase in PHASE_OF_STATUS.items()}


def fields_of(data: dict[str, Any]) -> dict[str, Any]:
    """What a file says, by form field; what it does not say is left out."""
    words = english(data)
    found = {
        "name": _line(data.get("name")),
        "repository_url": _line(data.get("url")),
        "summary": _line(words.get("shortDescription")),
        "description": str(words.get("longDescription") or "").strip(),
        "features": "\n".join(_lines(words.get("features"))),
        "phase": PHASE_OF_STATUS.get(_line(data.get("developmentStatus"))),
        "licence": _line(_inside(data, "legal").get("license")),
        "version": _line(data.get("softwareVersion")),
        "released_on": _date(data.get("releaseDate")),
        "platforms": _lines(data.get("platforms")),
        "software_type": _line(data.get("softwareType")),
        "maintenance": _line(_inside(data, "maintenance").get("type")),
    }
    return {field: value for field, value in found.items() if value}


def without_people(data: dict[str, Any]) -> dict[str, Any]:
    """The file as it is kept: names, addresses and numbers of contacts are not."""
    kept = dict(data)
    if isinstance(maintenance := kept.get("maintenance"), dict):
        kept["maintenance"] = {key: value for key, value in maintenance.items() if key != "contacts"}
        if isinstance(contractors := maintenance.get("contractors"), list):
            kept["maintenance"]["contractors"] = [
                {key: value for key, value in firm.items() if key != "email"}
                for firm in contractors
                if isinstance(firm, dict)
            ]
    return kept


def english(data: dict[str, Any]) -> dict[str, Any]:
    """The description in English, else in the first language there is."""
    descriptions = _inside(data, "description")
    chosen = next((key for key in descriptions if key.lower().startswith("en")), next(iter(descriptions), ""))
    return _inside(descriptions, chosen)


def _inside(data: dict[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _line(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _lines(value: Any) -> list[str]:
    return [line for entry in value if (line := _line(entry))] if isinstance(value, list) else []


def _date(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(_line(value))
    except ValueError:
        return None
