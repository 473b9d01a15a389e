"""An entry as a publiccode.yml: the file it came from, with what the form changed, and never against the standard.

Where neither file nor form says what the standard asks for, the most modest value stands (“other”, “none”), no guess.
"""

import copy
import json
import re
from typing import Any

import yaml
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from assets_registry.models import Asset
from assets_registry.publiccode.fields import KEYS, as_said, fields_of, first_firm, key_of, put, says_the_same
from assets_registry.publiccode.order import in_order
from assets_registry.publiccode.reading import MOST_BYTES
from assets_registry.publiccode.rules import Problem, problems, settled
from assets_registry.publiccode.standard import TABLE
from assets_registry.publiccode.vocabularies import LONG_LEAST, LONG_MOST, NEWEST, SHORT_MOST

# Kinds that live in a repository as software or a specification of it.
_KINDS = {Asset.Kind.CODE, Asset.Kind.API, Asset.Kind.STANDARD, Asset.Kind.DESIGN_PATTERN}
_OF_A_FILE = {"publiccodeYmlVersion", "name", "url"}  # an entry made by form alone keeps none of these in its file
_ORDER = [row.path for row in TABLE if "/" not in row.path]


def is_software(asset: Asset) -> bool:
    """Whether a publiccode.yml can be made of it: the standard wants a repository and a licence."""
    return bool(asset.kind in _KINDS and asset.repository_url and asset.licence)


def can_export(asset: Asset) -> bool:
    """Whether its file is handed out: it can be made, and passes the rules."""
    return is_software(asset) and not faults(asset)


def faults(asset: Asset) -> list[Problem]:
    """What in the file of an entry is against the standard. What is wrong is not handed out."""
    return problems(document(asset)) if is_software(asset) and asset.publiccode else []


def as_yaml(asset: Asset) -> str:
    """The file that is handed out."""
    return written(document(asset))


def written(data: dict[str, Any]) -> str:
    """A file as text. Words that look like numbers or dates are quoted, so that every reader takes them for words."""
    if not data:
        return ""
    return yaml.dump(in_order(data), Dumper=_Writer, sort_keys=False, allow_unicode=True, width=100)


def is_too_long(data: dict[str, Any]) -> bool:
    """Whether a file would be longer than those that are read. It is written out only where it may be that long."""
    rough = json.dumps(data)
    # A sign takes at most eight bytes; each line of a text, each text and each entry may begin a line that is indented.
    most = 8 * len(rough) + 50 * (rough.count("\\n") + rough.count(",")) + 30 * rough.count('"')
    return most > MOST_BYTES and len(written(data).encode()) > MOST_BYTES


def with_fields(data: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """A file with the form's values, by field, where they say something else than the file or mend what is wrong."""
    said, whole = fields_of(data), copy.deepcopy(data)
    for field in KEYS:
        if field in values and not says_the_same(field, values[field], said):
            put(whole, key_of(field, data), as_said(field, values[field]))
    _put_firm(whole, said, values)
    wrong = {problem.key for problem in problems(whole)}
    for field, value in values.items():
        path = "/".join(key_of(field, data)) if field in KEYS else ""
        if path and value and any(key == path or key.startswith(f"{path}/") for key in wrong):
            put(whole, key_of(field, data), as_said(field, value))
    return whole


def document(asset: Asset) -> dict[str, Any]:
    """The keys and values of the file that is handed out."""
    data: dict[str, Any] = settled(asset.publiccode) if isinstance(asset.publiccode, dict) else {}
    said = fields_of(data)
    whole = with_fields(data, {**said, **_columns(asset), "description": _long(asset, said)})
    for path, modest in (
        (("publiccodeYmlVersion",), NEWEST),
        (("platforms",), ["other"]),
        (("softwareType",), "standalone/other"),
        (key_of("features", data), [asset.summary[:SHORT_MOST]]),
        (("maintenance", "type"), "internal" if asset.contact else "none"),
        (("localisation", "localisationReady"), False),
        (("localisation", "availableLanguages"), _languages(whole)),
    ):
        if _at(whole, path) is None:
            put(whole, path, modest)
    _put_contacts(whole, asset)
    if not _OF_A_FILE & data.keys():
        whole = {**whole, **_of_the_owner(asset)}
        put(whole, ("legal", "mainCopyrightOwner"), asset.owner.official_name)
        whole = {key: whole[key] for key in sorted(whole, key=lambda key: _ORDER.index(key) if key in _ORDER else 99)}
    return whole


def _columns(asset: Asset) -> dict[str, Any]:
    """What the entry keeps in columns of its own, by field of the form."""
    fields = ("name", "repository_url", "version", "released_on", "phase", "licence", "summary", "description")
    return {field: getattr(asset, field) for field in fields}


def _long(asset: Asset, said: dict[str, Any]) -> str:
    """The description; where it is shorter than the standard allows, followed by plain facts of the entry."""
    text = asset.description.strip()
    if len(text) >= LONG_LEAST or text == said.get("description"):
        return text[:LONG_MOST]
    facts = (
        f"{asset.summary} {asset.name} belongs to {asset.owner.official_name} and is entered in the asset registry of "
        f"the {settings.SITE_NAME} as {asset.get_kind_display().lower()} for "
        f"{asset.get_tier_display().lower()}; its phase is {asset.get_phase_display().lower()}. "
        f"It may be used under {asset.licence}."
    )
    return f"{text}\n\n{facts}".strip().ljust(LONG_LEAST, ".")


def _put_firm(whole: dict[str, Any], said: dict[str, Any], values: dict[str, Any]) -> None:
    """The contractor that the form shows. With a contract that ended in the form go its contractors."""
    maintenance = whole.get("maintenance")
    if "maintenance" not in values or not isinstance(maintenance, dict):
        return
    if maintenance.get("type") != "contract":
        if said.get("maintenance") == "contract":
            maintenance.pop("contractors", None)
        return
    firm = first_firm(whole)
    for field, key in (("contractor", "name"), ("contract_until", "until")):
        value = values.get(field)
        if value and (key == "until" or not firm.get(key) or not says_the_same(field, value, said)):
            firm = {**firm, key: as_said(field, value)}
    if firm != first_firm(whole):
        others = maintenance.get("contractors")
        maintenance["contractors"] = [firm, *(others[1:] if isinstance(others, list) else [])]


def _put_contacts(whole: dict[str, Any], asset: Asset) -> None:
    """The teams that the file names; the owner's where the standard asks for a contact and there is none."""
    maintenance = whole["maintenance"]
    if not isinstance(maintenance, dict) or not isinstance(contacts := maintenance.get("contacts", []), list):
        return
    named = [contact for contact in contacts if not isinstance(contact, dict) or contact.get("name")]
    if not named and maintenance.get("type") in {"internal", "community"}:
        named = [_team(asset)]
    if named:
        maintenance["contacts"] = named
    elif contacts:
        del maintenance["contacts"]


def _team(asset: Asset) -> dict[str, str]:
    owner = asset.owner.official_name
    try:
        validate_email(asset.contact)
    except ValidationError:
        return {"name": asset.contact or owner, "affiliation": owner}
    return {"name": owner, "email": asset.contact, "affiliation": owner}


def _of_the_owner(asset: Asset) -> dict[str, Any]:
    """What the registry knows of an entry that came without a file. The standard wants an address of who publishes."""
    owner = asset.owner
    place = f"http://statistics.data.gov.uk/id/statistical-geography/{owner.gss_code}" if owner.gss_code else ""
    uri = owner.website or place
    return {
        **({"organisation": {"uri": uri, "name": owner.official_name}} if uri else {}),
        "intendedAudience": {"countries": ["GB"], "scope": ["local-authorities"]},
    }


def _languages(whole: dict[str, Any]) -> list[str]:
    described = whole.get("description")
    return list(described) if isinstance(described, dict) else ["en"]


def _at(data: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        if not isinstance(data, dict):
            return data  # a wrong type stands there, and stays for its owner to see
        data = data.get(key)
    return data


class _Writer(yaml.SafeDumper):
    """Long texts as blocks, no anchors, and quotes around whatever some reader could take for a number."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_LIKE_A_NUMBER = re.compile(r"[-+.\d][\w.+:-]*")


def _written_words(writer: _Writer, words: str) -> yaml.ScalarNode:
    style = "|" if "\n" in words else "'" if _LIKE_A_NUMBER.fullmatch(words) else None
    return writer.represent_scalar("tag:yaml.org,2002:str", words, style=style)


_Writer.add_representer(str, _written_words)
