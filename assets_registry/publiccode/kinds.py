"""What may stand at a key of publiccode.yml. A kind answers what is wrong with a value, or nothing where it fits."""

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from assets_registry import licences
from assets_registry.publiccode.vocabularies import ALIASES, COUNTRIES, LANGUAGES
from core.links import check_repository, is_private_host
from core.words import counted, series

# The words that follow the name of the key: “is not a day such as 2026-11-22”. Empty where the value fits.
Check = Callable[[Any], str]

_LISTED_WHOLE = 9  # longer lists of allowed words are not written out in a sentence
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z\d]{5,8}|\d[a-z\d]{3}))*"
    r"(-[a-wyz\d](-[a-z\d]{2,8})+)*(-x(-[a-z\d]{1,8})+)?",
    re.IGNORECASE,
)
_MIME = re.compile(r"[A-Za-z0-9][\w!#$&^.+-]{0,126}/[A-Za-z0-9][\w!#$&^.+-]{0,126}")
_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{0,31}:\S+", re.IGNORECASE)
_PRIVATE = "leads into a private network, which nobody else can open"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)


def length(text: str) -> int:
    """How many characters a reader sees: marks, joined signs and skin tones belong to the one before."""
    if text.isascii():
        return len(text)
    seen, joined = 0, False
    for sign in text:
        is_part = joined or unicodedata.category(sign) in {"Mn", "Me"} or 0x1F3FB <= ord(sign) <= 0x1F3FF
        joined = sign == "\u200d"
        seen += not (is_part or joined)
    return seen


def too_short(shown: int, least: int) -> str:
    """The same words in the form, where it is put right."""
    return f"has {counted(shown, 'character')}, {least:,} are needed"


def a_section(value: Any) -> str:
    return "" if isinstance(value, dict) else f"is {_what(value)}; keys of its own belong under it"


def a_filled_section(value: Any) -> str:
    return a_section(value) or ("" if value else "is empty")


def a_list(value: Any) -> str:
    return "" if isinstance(value, list) else f"is {_what(value)}, a list is needed"


def a_filled_list(value: Any) -> str:
    return a_list(value) or ("" if value else "is empty, a list of one at least is needed")


def text(value: Any) -> str:
    return "" if isinstance(value, str) else f"is {_what(value)}, one text is needed"


def text_of(*, least: int = 0, most: int) -> Check:
    """A text of so many characters."""

    def check(value: Any) -> str:
        if wrong := text(value):
            return wrong
        shown = length(value)
        if shown > most:
            return f"has {counted(shown, 'character')}, {most:,} are allowed"
        return too_short(shown, least) if shown < least else ""

    return check


def one_of(*allowed: str, called: str = "") -> Check:
    """One of a fixed list of words; a long list goes by what it is called."""

    def check(value: Any) -> str:
        if value in allowed:
            return ""
        if not isinstance(value, str):
            return text(value)
        if len(allowed) <= _LISTED_WHOLE:
            return f"is not one of {', '.join(allowed)}"
        near = difflib.get_close_matches(value[:60].lower(), allowed, n=1)
        return f"is not one of the standard’s {called}" + (f"; “{near[0]}” is" if near else "")

    return check


def truth(value: Any) -> str:
    return "" if isinstance(value, bool) else "is neither true nor false"


def a_day(value: Any) -> str:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            dt.date.fromisoformat(value)
        except ValueError:
            return "is not a day of the calendar"
        return ""
    return "is not a date such as 2026-11-22"


def language(value: Any) -> str:
    """A tag of BCP 47, such as en, cy or sl-IT-nedis."""
    found = _TAG.fullmatch(value) if isinstance(value, str) else None
    if found and (len(found["language"]) == 3 or found["language"].lower() in LANGUAGES):
        return ""
    return "is not the code of a language, such as en or cy"


def country(value: Any) -> str:
    if isinstance(value, str) and value in {value.upper(), value.lower()} and value.upper() in COUNTRIES:
        return ""
    return "is not the two letters of a country, such as GB"


def licence(value: Any) -> str:
    try:
        licences.normal(value if isinstance(value, str) else "(")
    except ValidationError:
        return licences.NOT_SPDX.removeprefix("licence ")
    return ""


def web_address(value: Any) -> str:
    parts = _split(value)
    if not (parts and parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc):
        return "is not a web address that begins with https:// or http://"
    return _PRIVATE if is_private_host(parts.hostname) else ""


def code_address(value: Any) -> str:
    return _wrong_with(value if isinstance(value, str) else "")


@lru_cache(maxsize=1024)
def _wrong_with(address: str) -> str:
    try:
        check_repository(address)
    except ValidationError:
        return "is not the address of a repository, such as https://… or git://…"
    return ""


def code_addresses(value: Any) -> str:
    """One address, or a list of them, which is looked at entry by entry."""
    return "" if isinstance(value, list) else code_address(value)


def organisation(value: Any) -> str:
    """A web address, another address with a host, or a urn:."""
    parts = _split(value)
    if parts and _URN.fullmatch(str(value)):
        return ""
    if not (parts and parts.scheme and parts.hostname and "@" not in parts.netloc):
        return "is not an address such as https://www.harlow.example or a urn:"
    return _PRIVATE if is_private_host(parts.hostname) else ""


def email(value: Any) -> str:
    try:
        validate_email(value if isinstance(value, str) else "")
    except ValidationError:
        return "is not an e-mail address"
    return ""


def mime_type(value: Any) -> str:
    return "" if isinstance(value, str) and _MIME.fullmatch(value) else "is not a media type, such as text/plain"


def a_file(*endings: str) -> Check:
    """A path in the repository, or a web address; with one of the endings where they are given."""

    def check(value: Any) -> str:
        if wrong := text(value):
            return wrong
        parts = _split(value)
        if parts and parts.scheme in {"http", "https"} and web_address(value) == _PRIVATE:
            return _PRIVATE
        if parts is None or value.startswith("/") or (parts.scheme and web_address(value)):
            return "is neither a path in the repository nor a web address"
        if endings and not parts.path.lower().endswith(endings):
            return f"does not end in {series(endings, last='or')}"
        return ""

    return check


def supported(value: Any) -> str:
    """What software complies with: an alias of the standard’s list, or an address."""
    if isinstance(value, str) and _SCHEME.fullmatch(value):
        kind, _, name = value.partition(":")
        if kind.lower() != "alias" or name in ALIASES:
            return ""
    return f"is neither an address nor one of {', '.join(f'alias:{name}' for name in ALIASES)}"


def _what(value: Any) -> str:
    if isinstance(value, list):
        return "a list"
    return "a section of keys" if isinstance(value, dict) else "a single value"


def _split(value: Any) -> SplitResult | None:
    """The parts of an address; None for what is none."""
    if not isinstance(value, str) or re.search(r"\s", value):
        return None
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        return None
    return parts
