"""What is left out of a file on purpose: people's names, addresses and numbers. The rest is kept as it is."""

import re
from typing import Any

# Keys of a contact, in any section, that say how to reach somebody.
_REACHES = frozenset({"email", "e-mail", "mail", "phone", "telephone", "tel", "mobile", "fax"})
# Addresses in the middle of a text; what stands in a web address is part of it and stays.
_ADDRESS = re.compile(r"\S+://\S+|(?:mailto:)?<?([\w.+-]+@[\w-]+(?:\.[\w-]+)+)>?")
_LONGEST_ADDRESS = 254
_GONE = object()


def without_people(data: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The file as it is kept, and what was left out of it, key by key, without saying what stood there."""
    left_out: dict[str, None] = {}
    kept = _kept(data, "", left_out)
    maintenance = kept.get("maintenance")
    if isinstance(maintenance, dict) and isinstance(maintenance.get("contacts"), list):
        contacts = [_without_name(contact, left_out) for contact in maintenance["contacts"]]
        maintenance["contacts"] = [contact for contact in contacts if contact]
        if not maintenance["contacts"]:
            del maintenance["contacts"]
    return kept, list(left_out)


def _kept(value: Any, at: str, left_out: dict[str, None]) -> Any:
    if isinstance(value, dict):
        kept = {}
        for key, entry in value.items():
            where = f"{at}/{key[:40]}".lstrip("/")
            if key.lower() in _REACHES and isinstance(entry, str | int):
                left_out[where] = None
            elif (rest := _kept(entry, where, left_out)) is not _GONE:
                kept[key] = rest
        return kept
    if isinstance(value, list):
        return [rest for entry in value if (rest := _kept(entry, at, left_out)) is not _GONE]
    return _without_addresses(value, at, left_out) if isinstance(value, str) and "@" in value else value


def _without_addresses(text: str, at: str, left_out: dict[str, None]) -> Any:
    """The text without addresses; nothing where it was an address and no more."""

    def cut(found: re.Match) -> str:
        if not found[1] or len(found[1]) > _LONGEST_ADDRESS:
            return found[0]
        left_out[f"{at} (an e-mail address in the text)"] = None
        return ""

    rest = _ADDRESS.sub(cut, text)
    return rest if rest == text or rest.strip() else _GONE


def _without_name(contact: Any, left_out: dict[str, None]) -> Any:
    if isinstance(contact, str):  # the wrong type, and most likely a name
        left_out["maintenance/contacts/name"] = None
        return None
    if isinstance(contact, dict) and contact.get("name"):
        left_out["maintenance/contacts/name"] = None
    return {key: value for key, value in contact.items() if key != "name"} if isinstance(contact, dict) else contact
