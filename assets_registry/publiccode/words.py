"""A file's keys in words: “Long description in German” for description/de/longDescription."""

import re

from django.utils.text import capfirst
from django.utils.translation import get_language_info

from assets_registry.publiccode.standard import TABLE

# Where the key's own words would not tell a reader what it is.
_CALLED = {
    "publiccodeYmlVersion": "version of the standard",
    "url": "address of the repository",
    "uri": "address that stands for it",
    "landingURL": "address of its own page",
    "isBasedOn": "what it is based on",
    "softwareVersion": "version",
    "softwareType": "sort of software",
    "usedBy": "who uses it",
    "fundedBy": "who pays for it",
    "dependsOn": "what it needs",
    "apiDocumentation": "API documentation",
    "license": "licence",
    "email": "e-mail address",
    "phone": "phone number",
    "versionMin": "lowest version",
    "versionMax": "highest version",
    "IT": "Italy’s own section",
    "it": "Italy’s own section",
}
_PLATFORMS = {"ios": "iOS"}
_KNOWN = {part for row in TABLE for part in row.path.split("/")} | {"it"}
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def in_words(key: str) -> str:
    """What stands at a key; nothing for keys that the standard does not have."""
    parts = key.split("/")
    if parts[0] == "description" and len(parts) > 1:
        what = _joined(parts[2:]) if parts[2:] else "description"
        return capfirst(f"{what} in {language_in_words(parts[1])}") if what else ""
    return capfirst(_joined(parts))


def key_in_words(key: str) -> str:
    """The words with the key in brackets; the key alone where there are none."""
    words = in_words(key)
    return f"{words} ({key})" if words else key


def language_in_words(code: str) -> str:
    """“German” for de and de-AT; a language without an English name here goes by its code."""
    try:
        return str(get_language_info(code.lower())["name"])
    except KeyError:
        return f"the language “{code}”"


def platform_in_words(name: str) -> str:
    """“Web” for web, “iOS” for ios; a platform of the owner's own as it is written."""
    return _PLATFORMS.get(name, capfirst(name))


def _joined(parts: list[str]) -> str:
    words = [_called(part) for part in parts]
    return ", ".join(words) if all(words) else ""


def _called(part: str) -> str:
    if part.isdecimal():
        return f"entry {part}"
    if part not in _KNOWN:
        return ""
    return _CALLED.get(part) or _CAPITAL.sub(" ", part).lower()
