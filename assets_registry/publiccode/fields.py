"""From a file to the fields of the form and back: a field changes its key only if it says something else."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from assets_registry import licences
from assets_registry.models import Asset
from assets_registry.publiccode.vocabularies import MAINTENANCE, SOFTWARE_TYPES
from core.text import clean_line, clean_text

PHASE_OF_STATUS = {
    "concept": Asset.Phase.DISCOVERY,
    "development": Asset.Phase.ALPHA,
    "beta": Asset.Phase.BETA,
    "stable": Asset.Phase.LIVE,
    "obsolete": Asset.Phase.RETIRED,
}
STATUS_OF_PHASE = {phase: status for status, phase in PHASE_OF_STATUS.items()}
# Where a field stands in the file; “*” is the language that the form shows.
KEYS = {
    "name": ("name",),
    "repository_url": ("url",),
    "version": ("softwareVersion",),
    "released_on": ("releaseDate",),
    "platforms": ("platforms",),
    "phase": ("developmentStatus",),
    "software_type": ("softwareType",),
    "summary": ("description", "*", "shortDescription"),
    "description": ("description", "*", "longDescription"),
    "features": ("description", "*", "features"),
    "licence": ("legal", "license"),
    "maintenance": ("maintenance", "type"),
}


def fields_of(data: dict[str, Any]) -> dict[str, Any]:
    """What a file says, by form field; what it does not say is left out. Wrong types come as words, not as nothing."""
    said = {field: _inside(data, *key_of(field, data)) for field in KEYS}
    firm = first_firm(data)
    found = {
        **{field: _line(value) for field, value in said.items()},
        "description": clean_text(said["description"] if isinstance(said["description"], str) else ""),
        "features": "\n".join(_lines(said["features"])),
        "phase": PHASE_OF_STATUS.get(_line(said["phase"])),
        # Where the form offers a choice, another word stays in the file, with its sentence.
        "software_type": said["software_type"] if said["software_type"] in SOFTWARE_TYPES else "",
        "maintenance": said["maintenance"] if said["maintenance"] in MAINTENANCE else "",
        "released_on": _date(said["released_on"]),
        "platforms": _lines(said["platforms"]),
        "contractor": _line(firm.get("name")),
        "contract_until": _date(firm.get("until")),
    }
    found["description"] = found["description"] or _line(said["description"])
    return {field: value for field, value in found.items() if value}


def language_of(data: dict[str, Any]) -> str:
    """The language whose description the form shows: English, else the first by its code, since no order is kept."""
    languages = sorted(_section(data.get("description")))
    return next((key for key in languages if key.lower().split("-")[0] == "en"), next(iter(languages), "en"))


def key_of(field: str, data: dict[str, Any]) -> tuple[str, ...]:
    """Where a field stands in this file."""
    return tuple(language_of(data) if part == "*" else part for part in KEYS[field])


def first_firm(data: dict[str, Any]) -> dict[str, Any]:
    """The contractor that the form shows."""
    firms = _inside(data, "maintenance", "contractors")
    return _section(firms[0]) if isinstance(firms, list) and firms else {}


def needs_of(data: dict[str, Any]) -> dict[str, list[str]]:
    """What the software cannot do without, by sort: open, proprietary, hardware."""
    named: dict[str, list[str]] = {}
    for sort in ("open", "proprietary", "hardware"):
        parts = _inside(data, "dependsOn", sort)
        parts = [_section(part) for part in parts] if isinstance(parts, list) else []
        named[sort] = [_line(part.get("name")) for part in parts if part.get("name") and not part.get("optional")]
    return named


def says_the_same(field: str, value: Any, said: dict[str, Any]) -> bool:
    """Whether a field still says what it was filled with from the file."""
    before = said.get(field)
    if field == "platforms":
        return set(value or ()) == set(before or ())
    if field == "licence" and before:
        try:
            before = licences.normal(before)
        except ValidationError:
            return False
    return (value or None) == (before or None)


def put(data: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    """Write one value, or take its key away where there is none. A section that is of a wrong type stays as it is."""
    *sections, last = path
    for section in sections:
        if data.get(section) is None:
            if value is None:
                return
            data[section] = {}
        data = data[section]
        if not isinstance(data, dict):
            return
    if value is None:
        data.pop(last, None)
    else:
        data[last] = value


def as_said(field: str, value: Any) -> Any:
    """A field's value as the file writes it; None where there is nothing to write."""
    if not value:
        return None
    if field == "phase":
        return STATUS_OF_PHASE[Asset.Phase(value)]
    if field == "features":
        return value.splitlines()
    return value.isoformat() if isinstance(value, dt.date) else value


def _inside(data: Any, *path: str) -> Any:
    for key in path:
        data = _section(data).get(key)
    return data


def _section(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _line(value: Any) -> str:
    """Anything as one line: a list by commas, a section as “key: value”."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_line, value)))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_line(entry)}" for key, entry in value.items())
    return clean_line(str(value))


def _lines(value: Any) -> list[str]:
    entries = (
        value if isinstance(value, list) else str(value or "").splitlines() if not isinstance(value, dict) else [value]
    )
    return [line for entry in entries if (line := _line(entry))]


def _date(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(_line(value))
    except ValueError:
        return None
