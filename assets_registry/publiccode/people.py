"""What is left out of a file on purpose: contacts that may be people, addresses and phone numbers. The rest is kept."""

import re
from typing import Any

from assets_registry.publiccode.words import key_in_words
from core.words import counted

# What stands in a sentence in the place of an address.
MARK = "[address left out]"
# Keys of a contact, in any section, that say how to reach somebody.
_REACHES = frozenset({"email", "e-mail", "mail", "phone", "telephone", "tel", "mobile", "fax"})
# Addresses in the middle of a text; what stands in a web address, or in the ssh address of a repository, is part of
# it and stays.
_ADDRESS = re.compile(
    r"[a-z][\w+.-]{0,30}://\S+"
    r"|\bgit@[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}:[\w~]\S*"
    r"|(?P<before>\s{0,9}[<(])?(?P<address>(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,9})(?P<after>[>)])?",
    re.IGNORECASE,
)
# A contact whose name has one of these words is a team or a body, in the languages that such files come in.
_TEAMS = frozenset(
    """team teams office service services department dept desk helpdesk support unit group council directorate division
    committee agency authority tîm cyngor adran abteilung referat amt fachbereich stadt gemeinde landkreis équipe
    equipe direction mairie ville commune département ufficio settore servizio gruppo comune provincia regione equipo
    servicio oficina ayuntamiento departamento equipa serviço câmara afdeling dienst gemeente avdeling avdelning
    kommune kommun tiimi zespół urząd""".split()
)
_GONE = object()


def without_people(data: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The file as it is kept, and in words what was left out of it, without saying what stood there."""
    left_out: dict[str, None] = {}
    return _kept(_teams_alone(data, left_out), "", left_out), list(left_out)


def _teams_alone(data: dict[str, Any], left_out: dict[str, None]) -> dict[str, Any]:
    """The file without the contacts that do not go by the name of a team; such a contact is left out whole."""
    maintenance = data.get("maintenance")
    contacts = maintenance.get("contacts") if isinstance(maintenance, dict) else None
    if not maintenance or not contacts:
        return data
    listed = contacts if isinstance(contacts, list) else [contacts]
    teams = [contact for contact in listed if _is_team(contact)]
    if not (gone := len(listed) - len(teams)):
        return data
    left_out[
        f"{counted(gone, 'contact')} whose name has no word for a team (maintenance/contacts). Where the "
        "standard asks for a contact, this entry’s own team or owner stands there"
    ] = None
    others = {key: value for key, value in maintenance.items() if key != "contacts"}
    return {**data, "maintenance": {**others, "contacts": teams} if teams else others}


def _is_team(contact: Any) -> bool:
    """Whether the words of a contact's name are a team's; with a comma or bracket it may name a person as well."""
    name = contact.get("name") if isinstance(contact, dict) else None
    if not isinstance(name, str) or re.search(r"[,;:/()<|]", name):
        return False
    return not _TEAMS.isdisjoint(re.findall(r"\w+", name.casefold()))


def _kept(value: Any, at: str, left_out: dict[str, None]) -> Any:
    if isinstance(value, dict):
        kept = {}
        for key, entry in value.items():
            where = f"{at}/{key[:40]}".lstrip("/")
            if key.lower() in _REACHES and isinstance(entry, str | int):
                left_out[key_in_words(where)] = None
            elif (rest := _kept(entry, where, left_out)) is not _GONE:
                kept[key] = rest
        return kept
    if isinstance(value, list):
        return [rest for entry in value if (rest := _kept(entry, at, left_out)) is not _GONE]
    return _without_addresses(value, at, left_out) if isinstance(value, str) and "@" in value else value


def _without_addresses(text: str, at: str, left_out: dict[str, None]) -> Any:
    """The text with a mark for each address; in brackets after other words the address goes with its brackets.

    Nothing where it was addresses and no more.
    """

    what = key_in_words(at)

    def cut(found: re.Match[str]) -> str:
        if not found["address"]:
            return found[0]
        before, after = found["before"] or "", found["after"] or ""
        if before and after and found.start():
            left_out[f"{what}: an e-mail address in brackets. The words before it are kept"] = None
            return ""
        left_out[f"{what}: e-mail addresses. “{MARK}” stands in their place"] = None
        return MARK if before and after else f"{before}{MARK}{after}"

    if _ADDRESS.search(text) and not _ADDRESS.sub(lambda found: "" if found["address"] else "x", text).strip(" \n,;"):
        left_out[f"{what}: an e-mail address"] = None
        return _GONE
    return _ADDRESS.sub(cut, text)
