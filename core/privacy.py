"""Declarations of the personal data of each model: what, why, who sees it, how long. Export and erasure use them.

A model with text, an address or a key to a person carries a class attribute `privacy = Privacy(…)`;
`make check` fails where a field of such a kind is neither declared personal nor named as impersonal.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import models


class OnErasure(Enum):
    """What becomes of a value when its person is erased."""

    CLEAR = "emptied"
    DELETE_ROW = "deleted with its row"
    KEEP = "kept, without a name: the account behind it is emptied"


@dataclass(frozen=True)
class Personal:
    """One personal field: what it is, why it is held, who sees it, how long it is kept."""

    what: str
    why: str
    seen_by: str
    kept: str
    on_erasure: OnErasure = OnErasure.KEEP
    is_special: bool = False  # health and the like: explicit consent


@dataclass(frozen=True)
class Privacy:
    """A model's declaration. `subject` names the key to the person whose data the row is (empty: nobody's).

    `named` is the personal field, if any, that holds somebody's name as others typed it: a row is also the person's
    of that name. `addressed` is the one that holds an e-mail address in small letters: a row is the person's whose
    address it is, whether or not they had an account when it was entered. `impersonal` names the text fields that hold
    nothing about a person. `rows` says what the rows are, where the model's own name would mean nothing to a reader of
    the privacy notice.

    `coded` is the one that holds codes made from e-mail addresses: the model's `number_coded` looks addresses up.

    `is_swept` is False of rows that may not change and are written without anybody's e-mail address: erasure looks
    for none in them.
    """

    rows: str = ""
    subject: str = ""
    named: str = ""
    addressed: str = ""
    coded: str = ""
    personal: dict[str, Personal] = field(default_factory=dict)
    impersonal: tuple[str, ...] = ()
    is_swept: bool = True


_TEXT = (models.CharField, models.TextField, models.JSONField, models.FileField, models.GenericIPAddressField)
_SAFE = (models.SlugField, models.UUIDField)


def our_models() -> Iterator[type[models.Model]]:
    """Every concrete model of the project's own apps."""
    for config in apps.get_app_configs():
        if config.path.startswith(str(settings.BASE_DIR)) and ".venv" not in config.path:
            yield from (model for model in config.get_models() if not model._meta.proxy)


def declarations() -> Iterator[tuple[type[models.Model], Privacy]]:
    """Each of these models with what it declares; a model without a declaration declares nothing."""
    for model in our_models():
        yield model, getattr(model, "privacy", Privacy())


def needs_declaring(model_field: models.Field) -> bool:
    """Whether a field could hold personal data: text that people type, an address, or a key to a person."""
    if model_field.is_relation:
        return is_person(model_field)
    if isinstance(model_field, _SAFE) or getattr(model_field, "choices", None):
        return False
    return isinstance(model_field, _TEXT)


@checks.register("privacy")
def every_personal_field_is_declared(app_configs=None, **kwargs) -> list[checks.CheckMessage]:
    """System check: an error for each field that could hold personal data and has no declaration."""
    messages: list[checks.CheckMessage] = []
    for model, privacy in declarations():
        names = {f.name for f in model._meta.local_fields + model._meta.local_many_to_many}
        declared = {*privacy.personal, *privacy.impersonal}
        for model_field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if needs_declaring(model_field) and model_field.name not in declared:
                sentence = f"{model._meta.label}.{model_field.name} does not say whether it is personal data."
                messages.append(checks.Error(sentence, hint="Declare it in the model's `privacy`.", id="privacy.E001"))
        # Fields that come from a base (an abstract one, or Wagtail's page) may be declared too.
        inherited = {f.name for f in model._meta.get_fields()}
        for name in declared - names - inherited:
            messages.append(checks.Error(f"{model._meta.label} declares {name}, which it has not.", id="privacy.E002"))
        messages += _unnamed(model, privacy) + _alike(model, privacy)
    return messages


def _unnamed(model: type[models.Model], privacy: Privacy) -> list[checks.CheckMessage]:
    """An error for each field by which rows are found to be somebody's and that is none of the personal ones."""
    found_by = {privacy.named, privacy.addressed, privacy.coded} - {""}
    said = [f"{model._meta.label} finds people by {name}, which it does not declare." for name in sorted(found_by)
            if name not in privacy.personal]  # fmt: skip
    if privacy.coded and not hasattr(model, "number_coded"):
        said.append(f"{model._meta.label} keeps codes of addresses, and has no number_coded to look one up.")
    return [checks.Error(sentence, id="privacy.E004") for sentence in said]


def keys_to_people(model: type[models.Model], privacy: Privacy) -> list[str]:
    """The personal keys to a person that say who did something with a row, and not whose it is."""
    found = {each.name for each in model._meta.get_fields() if each.is_relation and is_person(each)}
    return [name for name in privacy.personal if name != privacy.subject and name in found]


def is_person(model_field: Any) -> bool:
    """Whether a field leads to a person."""
    related = model_field.related_model
    return related is not None and related._meta.label == settings.AUTH_USER_MODEL


def _alike(model: type[models.Model], privacy: Privacy) -> list[checks.CheckMessage]:
    """An error for each two of these keys with the same words: a reader could not tell what they did."""
    words = Counter(privacy.personal[name].what for name in keys_to_people(model, privacy))
    alike = [what for what, number in words.items() if number > 1]
    hint = "Give each key its own words."
    return [
        checks.Error(f"{model._meta.label} says of two keys “{what}”.", hint=hint, id="privacy.E003") for what in alike
    ]
