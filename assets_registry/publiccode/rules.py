"""What publiccode.yml 0.7 asks for, and what is wrong with a file, in words beside its keys."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from assets_registry import licences
from core.links import check_link

PLATFORMS = ("web", "windows", "mac", "linux", "ios", "android", "other")
STATUSES = ("concept", "development", "beta", "stable", "obsolete")
SOFTWARE_TYPES = (
    "standalone/web",
    "standalone/backend",
    "standalone/mobile",
    "standalone/desktop",
    "standalone/iot",
    "standalone/other",
    "addon",
    "library",
    "configurationFiles",
)
MAINTENANCE = ("internal", "contract", "community", "none")
SHORT_MOST, LONG_LEAST, LONG_MOST = 150, 150, 10_000


@dataclass(frozen=True)
class Problem:
    """One key and what is wrong with it: “legal/license”, “licence is not an SPDX expression”."""

    key: str
    sentence: str


def problems(data: dict[str, Any]) -> list[Problem]:
    """Everything that is wrong with a file, in the order of the standard."""
    return [Problem(key, sentence) for key, sentence in _all(data)]


def _all(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if not str(data.get("publiccodeYmlVersion", "")).startswith("0"):
        yield "publiccodeYmlVersion", "say which version of the standard this is, such as 0.7.0"
    yield from _text(data, "name", most=120)
    yield from _link(data, "url", needed=True)
    yield from _link(data, "landingURL")
    yield from _several(data, "platforms", PLATFORMS)
    yield from _one_of(data, "developmentStatus", STATUSES)
    yield from _one_of(data, "softwareType", SOFTWARE_TYPES)
    if isinstance(data.get("softwareVersion", ""), dict | list):
        yield "softwareVersion", "softwareVersion is one value"
    yield from _date(data, "releaseDate")
    yield from _descriptions(data.get("description"))
    yield from _legal(_mapping(data.get("legal")))
    yield from _maintenance(_mapping(data.get("maintenance")))
    yield from _localisation(_mapping(data.get("localisation")))


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(data: dict[str, Any], key: str, *, at: str = "", most: int) -> Iterator[tuple[str, str]]:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        yield at + key, f"{key} is missing"
    elif len(value) > most:
        yield at + key, f"{key} has {len(value):,} characters, {most:,} are allowed"


def _link(data: dict[str, Any], key: str, *, needed: bool = False) -> Iterator[tuple[str, str]]:
    value = data.get(key, "")
    if value in ("", None):
        if needed:
            yield key, f"{key} is missing: the address of the repository"
        return
    try:
        check_link(str(value))
    except ValidationError:
        yield key, f"{key} is not a web address that begins with https:// or http://"


def _one_of(data: dict[str, Any], key: str, allowed: tuple[str, ...], *, at: str = "") -> Iterator[tuple[str, str]]:
    if key not in data:
        yield at + key, f"{key} is missing: one of {', '.join(allowed)}"
    elif data[key] not in allowed:
        yield at + key, f"{key} is not one of {', '.join(allowed)}"


def _several(data: dict[str, Any], key: str, allowed: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    value = data.get(key)
    if not isinstance(value, list) or not value:
        yield key, f"{key} is missing: a list out of {', '.join(allowed)}"
    elif strange := [entry for entry in value if entry not in allowed]:
        yield key, f"{key} has “{str(strange[0])[:40]}”, which is not one of {', '.join(allowed)}"


def _date(data: dict[str, Any], key: str) -> Iterator[tuple[str, str]]:
    if value := data.get(key):
        try:
            dt.date.fromisoformat(str(value))
        except ValueError:
            yield key, f"{key} is not a date such as 2026-11-22"


def _descriptions(found: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(found, dict) or not found:
        yield "description", "description is missing: in one language at least, such as “en:”"
        return
    for language, words in found.items():
        at = f"description/{language[:20]}/"
        if not isinstance(words, dict):
            yield at.rstrip("/"), "this needs shortDescription, longDescription and features"
            continue
        yield from _text(words, "shortDescription", at=at, most=SHORT_MOST)
        yield from _long(words, at)
        features = words.get("features")
        if not isinstance(features, list) or not features:
            yield at + "features", "features is missing: a list of what it does"


def _long(words: dict[str, Any], at: str) -> Iterator[tuple[str, str]]:
    yield from _text(words, "longDescription", at=at, most=LONG_MOST)
    value = words.get("longDescription")
    if isinstance(value, str) and value.strip() and len(value.strip()) < LONG_LEAST:
        yield at + "longDescription", too_short(len(value.strip()))


def too_short(length: int) -> str:
    """The same words in the form, where it is put right."""
    return f"longDescription has {length} characters, {LONG_LEAST} are needed"


def _legal(legal: dict[str, Any]) -> Iterator[tuple[str, str]]:
    expression = legal.get("license")
    if not isinstance(expression, str) or not expression.strip():
        yield "legal/license", "licence is missing"
        return
    try:
        licences.normal(expression)
    except ValidationError:
        yield "legal/license", licences.NOT_SPDX


def _maintenance(maintenance: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from _one_of(maintenance, "type", MAINTENANCE, at="maintenance/")
    kind = maintenance.get("type")
    if kind == "contract" and not maintenance.get("contractors"):
        yield "maintenance/contractors", "contractors is missing: the type is contract"
    if kind != "contract" and maintenance.get("contractors"):
        yield "maintenance/contractors", "contractors belongs there only if the type is contract"
    if kind in {"internal", "community"} and not maintenance.get("contacts"):
        yield "maintenance/contacts", f"contacts is missing: the type is {kind}"


def _localisation(localisation: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if localisation.get("localisationReady") not in ("true", "false", "yes", "no", True, False):
        yield "localisation/localisationReady", "localisationReady is missing: true or false"
    if not isinstance(localisation.get("availableLanguages"), list) or not localisation["availableLanguages"]:
        yield "localisation/availableLanguages", "availableLanguages is missing: a list such as en, cy"
