"""Lines of the audit trail in words."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from audit.acts import ACTS, NOTED
from audit.kinds import kind_of, model_of
from audit.models import AuditEvent
from audit.owners import key_in
from core.words import exact_moment

COLUMNS = ["When", "Who", "What they did", "About", "Details"]

_CALLED = {"sign up": "sign-up", "run_off": "run-off", "totp": "authenticator app", "webauthn": "passkey"}
_people: dict[str, str] = {}


def names_person(model: type[Model], person: str = "") -> None:
    """Declare that a line about a row of this model names a person: the row itself, or its attribute `person`."""
    _people[kind_of(model)] = person


def people_of(lines: Iterable[AuditEvent]) -> dict[tuple[str, str], str]:
    """The names of the people these lines are about, by kind and key of the record; one query for each kind."""
    keys = defaultdict(set)
    for line in lines:
        if line.about_kind in _people:
            keys[line.about_kind].add(line.about_key)
    named = {}
    for label, wanted in keys.items():
        path = _people[label]
        rows = model_of(label)._default_manager.filter(pk__in=wanted)
        for row in rows.select_related(path) if path else rows:
            named[label, str(row.pk)] = str(getattr(row, path) if path else row)
    return named


def in_words(action: str, person: str = "", noted: Any = None) -> str:
    """An action in words: `voting.vote_cast` as “Voted”; one that the code no longer knows, by its name."""
    words = ACTS.get(action) or action.rpartition(".")[2].replace("_", " ")
    said = {name: details(value) for name, value in (noted if isinstance(noted, dict) else {}).items()}
    words = words.format_map(defaultdict(lambda: "somebody", said, person=person or "somebody"))
    return words[:1].upper() + words[1:]


def kind(label: str) -> str:
    """A kind of record in words: `events.signup` as “Sign-up”; one that the site no longer has, as it was written."""
    try:
        name = str(model_of(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label
    name = "account" if label == "accounts.user" else _CALLED.get(name, name)
    return name[:1].upper() + name[1:]


def details(given: Any) -> str:
    """A line's details in words: `{"before": "reader", "by_hand": true}` as “Before: reader. By hand: yes”."""
    if isinstance(given, dict):
        return ". ".join(f"{name.replace('_', ' ').capitalize()}: {details(value)}" for name, value in given.items())
    if isinstance(given, list):
        return ", ".join(details(value) for value in given) or "none"
    if isinstance(given, bool):
        return "yes" if given else "no"
    return "none" if given in (None, "") else _CALLED.get(str(given), str(given).replace("_", " "))


def _field(label: str, name: str) -> str:
    """A field's label as forms have it: `is_illustrative` as “made up as an example”."""
    try:
        return str(model_of(label)._meta.get_field(name).verbose_name)
    except (LookupError, ValueError, FieldDoesNotExist, AttributeError):
        return name


def notes(line: AuditEvent) -> str:
    """The details that a reader understands, without those that the action's words contain."""
    if not isinstance(line.details, dict):
        return details(line.details) if line.details else ""
    act = ACTS.get(line.action, "")
    shown = {
        name: [_field(line.about_kind, each) for each in value] if name in {"changed", "fields"} else value
        for name, value in line.details.items()
        if name in NOTED and f"{{{name}}}" not in act and value not in ("", None, False)
    }
    return details(shown)


def _about(line: AuditEvent, person: str) -> tuple[str, str] | str:
    """The record's title at the time, and the address of the trail narrowed to it."""
    if not line.about_kind:
        return ""
    address = "?" + urlencode({"kind": line.about_kind, "key": line.about_key})
    is_person = line.about == f"Account {line.about_key}" and person
    return person if is_person else line.about or kind(line.about_kind), address


NO_LONGER_NAMED = "Somebody who is no longer named"


def who_did(line: AuditEvent, owners: dict[str, Any]) -> Any:
    """The person who did it, and where there is none the words for whoever did."""
    if line.by:
        return line.by
    return owners.get(key_in(line), NO_LONGER_NAMED) if key_in(line) else "The portal"


def _who(line: AuditEvent, owners: dict[str, Any]) -> tuple[str, str] | str:
    """The person's name, and the address of the trail narrowed to what they did."""
    who = who_did(line, owners)
    return who if isinstance(who, str) else (str(who), "?" + urlencode({"person": who.pk}))


def cells(line: AuditEvent, people: dict[tuple[str, str], str], owners: dict[str, Any]) -> tuple[Any, ...]:
    """The cells of each row: when, who, what, about which record, and the details."""
    person = people.get((line.about_kind, line.about_key), "")
    return (
        exact_moment(line.at),
        _who(line, owners),
        in_words(line.action, person, line.details),
        _about(line, person),
        notes(line),
    )
