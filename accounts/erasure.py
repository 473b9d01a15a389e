"""Erasure of a person, as the models' privacy declarations say for each value. The account's row stays, emptied.

What others rely on (a decision, a vote counted, a line of the audit trail) stays and points at an account without
a name. Words of people may hold an address anywhere, so the address is swept out of every text column.
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, JSONField, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast, Replace
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry, Revision

from accounts.addresses import NOWHERE
from accounts.models import User
from accounts.personal_data import models_about_people, rows_of
from accounts.sessions import end_sessions
from core import clock
from core.privacy import OnErasure, Privacy, our_models
from core.signals import rows_changed

REMOVED = "[removed]"


def forget(person: User) -> dict[str, int]:
    """Erase, inside the caller's transaction. Returns how many rows of each model were emptied or deleted."""
    identifiers = _identifiers(person)
    touched = {}
    for model, privacy in models_about_people():
        if model is not User and (count := _forget_rows(person, model, privacy, identifiers)):
            touched[model._meta.label] = count
    _forget_signing_in(person, identifiers)
    _sweep([word for word in identifiers if "@" in word])
    _empty_account(person)
    return touched


def _identifiers(person: User) -> list[str]:
    addresses = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    return [word for word in dict.fromkeys([person.email, *addresses, person.name]) if word]


def _fields_with_words(model: type[Model]) -> list[str]:
    return [
        field.name
        for field in model._meta.local_concrete_fields
        if isinstance(field, CharField | TextField | JSONField) and not field.choices and not field.unique
    ]


def _take_out(word: str, rows: QuerySet, name: str) -> list[Any]:
    """Remove a word from one column of `rows`, be it text or JSON. Returns the keys of those that had it."""
    found = rows.annotate(_words=Cast(name, TextField())).filter(_words__contains=word)
    keys = list(found.values_list("pk", flat=True))
    if isinstance(rows.model._meta.get_field(name), JSONField):
        for row in rows.model._base_manager.filter(pk__in=keys):
            setattr(row, name, _without(getattr(row, name), word))
            row.save(update_fields=[name])
    elif keys:
        rows.model._base_manager.filter(pk__in=keys).update(**{name: Replace(name, Value(word), Value(REMOVED))})
    return keys


def _forget_rows(person: User, model: type[Model], privacy: Privacy, identifiers: list[str]) -> int:
    """One model's rows of this person: deleted, or emptied field by field."""
    rows = rows_of(person, model, privacy)
    keys = list(rows.values_list("pk", flat=True))
    actions = {name: each.on_erasure for name, each in privacy.personal.items()}
    if not keys:
        return 0
    if OnErasure.DELETE_ROW in actions.values():
        rows.delete()
    else:
        cleared = {
            name: None if model._meta.get_field(name).null else ""
            for name, action in actions.items()
            if action is OnErasure.CLEAR
        }
        if cleared:
            rows.update(**cleared)
        for name in set(_fields_with_words(model)) & {n for n, action in actions.items() if action is OnErasure.KEEP}:
            for word in identifiers:
                _take_out(word, rows, name)
        if not cleared:
            return 0
    rows_changed.send(sender=model, keys=keys)
    return len(keys)


def _forget_signing_in(person: User, identifiers: list[str]) -> None:
    """Delete what allauth's tables, sessions, queued tasks and Wagtail's log hold of the person."""
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    end_sessions(person, holding=[word for word in identifiers if "@" in word])
    account = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.filter(content_type=account, object_id=str(person.pk)).update(label="Former member")


def _sweep(addresses: list[str]) -> None:
    """Remove the addresses from all texts, drafts of pages included; the trail and what may not change hold none."""
    for address in addresses:
        for model in our_models():
            if model._meta.app_label == "audit" or model is User or not _is_swept(model):
                continue
            for name in _fields_with_words(model):
                if keys := _take_out(address, model._base_manager.all(), name):
                    rows_changed.send(sender=model, keys=keys)
        DBTaskResult.objects.filter(traceback__contains=address).update(traceback="")
        _take_out(address, Revision.objects.all(), "content")


def _is_swept(model: type[Model]) -> bool:
    privacy: Privacy | None = getattr(model, "privacy", None)
    return privacy is None or privacy.is_swept


def _without(value: object, address: str) -> object:
    if isinstance(value, str):
        return value.replace(address, REMOVED)
    if isinstance(value, list):
        return [_without(each, address) for each in value]
    if isinstance(value, dict):
        return {_without(key, address): _without(each, address) for key, each in value.items()}
    return value


def _empty_account(person: User) -> None:
    person.groups.clear()
    person.user_permissions.clear()
    person.email = f"former-{person.pk}@erased{NOWHERE}"
    person.name = person.job_title = ""
    person.is_active = person.is_staff = person.is_superuser = False
    person.erased_at = clock.now()
    person.last_login = None
    person.set_unusable_password()
    person.save()
