"""What the site holds about one person, from the privacy declarations of every model (core.privacy)."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import BinaryField, Count, Model, Q, QuerySet, UUIDField

from accounts.models import User
from accounts.queries import addresses_of
from core import clock
from core.privacy import Privacy, declarations, keys_to_people
from core.words import counted

_NEVER_SHOWN = {"password"}


def models_about_people() -> Iterator[tuple[type[Model], Privacy]]:
    """Every model whose rows belong to a person, with its declaration."""
    for model, privacy in declarations():
        if privacy.subject or privacy.named or privacy.addressed:
            yield model, privacy


def rows_of(person: User, model: type[Model], privacy: Privacy) -> QuerySet:
    """The rows of `model` that are this person's or name them, without the files that they hold."""
    files = [field.name for field in model._meta.concrete_fields if isinstance(field, BinaryField)]
    rows = model._base_manager.filter(_is_subject(person, privacy) | _is_named(person, privacy))
    return rows.defer(*files).order_by("pk")


def _is_subject(person: User, privacy: Privacy) -> Q:
    found = Q(pk__in=[])
    if privacy.subject:
        found |= Q(**{privacy.subject: person.pk if privacy.subject == "pk" else person})
    if privacy.addressed:
        found |= Q(**{f"{privacy.addressed}__in": addresses_of(person)})
    return found


def _is_named(person: User, privacy: Privacy) -> Q:
    """Whether a row names the person: by the name alone, or before a comma as in `Amina Shah, Harlow`."""
    if not (privacy.named and person.name):
        return Q(pk__in=[])
    return Q(**{privacy.named: person.name}) | Q(**{f"{privacy.named}__startswith": f"{person.name},"})


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value if isinstance(value, str | int | float | bool | list | dict | type(None)) else str(value)


def _row(record: Model) -> dict[str, Any]:
    """One row as field labels and values; a foreign key as the title of what it points at."""
    values: dict[str, Any] = {}
    for field in record._meta.concrete_fields:
        if field.name in _NEVER_SHOWN or field.primary_key or isinstance(field, BinaryField):
            continue
        value = getattr(record, field.attname)
        if field.is_relation:
            if field.related_model is not User:
                values[str(field.verbose_name)] = _plain(value)
        elif field.choices:
            values[str(field.verbose_name)] = str(dict(field.flatchoices).get(value, value))
        else:
            values[str(field.verbose_name)] = _plain(value)
    return values


def _from_signing_in(person: User) -> dict[str, Any]:
    """What allauth holds about the person."""
    addresses = EmailAddress.objects.filter(user=person).order_by("pk")
    factors = Authenticator.objects.filter(user=person).order_by("pk")
    others = SocialAccount.objects.filter(user=person).order_by("pk")
    return {
        "what": "Signing in",
        "declared": [],
        "rows": [
            *({"address": a.email, "verified": a.verified, "primary": a.primary} for a in addresses),
            *({"second factor": str(f.get_type_display()), "set up": _plain(f.created_at)} for f in factors),
            *({"sign-in through": o.provider, "number there": o.uid, "told us": o.extra_data} for o in others),
        ],
    }


def report(person: User) -> dict[str, Any]:
    """Everything the site holds about a person, with why, who sees it and how long; ready for JSON.

    Of the rows of others in which this person did something, how many there are: what stands in them is about others.
    """
    sections = []
    for model, privacy in declarations():
        found = [_row(record) for record in rows_of(person, model, privacy)]
        if isinstance(model._meta.pk, UUIDField):
            found.sort(key=str)  # their keys are by chance: one order for the same rows, which tells nothing more
        others = _of_others(person, model, privacy)
        declared = [
            {
                "what": each.what,
                "why": each.why,
                "seen_by": each.seen_by,
                "kept": each.kept,
                "on_closing": each.on_erasure.value,
            }
            for name, each in privacy.personal.items()
            if others.get(name, len(found))
        ]
        told = {
            privacy.personal[name].what: f"In {counted(number, 'record')}" for name, number in others.items() if number
        }
        if rows := [*found, *([told] if told else [])]:
            title = str(model._meta.verbose_name_plural).capitalize()
            sections.append({"what": title, "declared": declared, "rows": rows})
    sections.append(_from_signing_in(person))
    return {"about": person.email, "made": clock.now().isoformat(), "sections": sections}


def _of_others(person: User, model: type[Model], privacy: Privacy) -> dict[str, int]:
    """By each key to a person that says whose row it is not, in how many rows it is this person; in one query.

    Such a row is about its subject, or about whose address it holds; the key is about whoever did something with it.
    With them, in how many rows there is a code of an address of this person.
    """
    keys = keys_to_people(model, privacy)
    counts = {f"n_{name}": Count("pk", filter=Q(**{name: person.pk})) for name in keys}
    found = model._base_manager.aggregate(**counts) if keys else {}
    numbers = {name: found[f"n_{name}"] for name in keys}
    if privacy.coded:
        numbers[privacy.coded] = getattr(model, "number_coded")(addresses_of(person))  # noqa: B009  # not of every model
    return numbers


def what_becomes_of_it(person: User) -> list[tuple[str, int, str, str]]:
    """For the page before closing: what is held, in how many rows, what becomes of it, and why it was held."""
    lines: list[tuple[str, int, str, str]] = []
    for model, privacy in declarations():
        rows = rows_of(person, model, privacy)
        own = rows.filter(_is_subject(person, privacy)).count() if privacy.subject or privacy.addressed else 0
        named = rows.filter(_is_named(person, privacy)).count() if privacy.named else 0
        # Several kinds of record hold the same, such as who recorded it, so the kind is added.
        kind = model._meta.verbose_name
        others = _of_others(person, model, privacy)
        for name, each in privacy.personal.items():
            if count := named if name == privacy.named else others.get(name, own):
                lines.append((f"{each.what} ({kind})", count, each.on_erasure.value, each.why))
    return lines
