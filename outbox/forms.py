from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.apps import apps

from accounts.models import User
from design_system.groups import MatrixField
from outbox.kinds import MessageKind, discover
from outbox.models import Pace
from outbox.queries import paces_of

SCALE = ((Pace.AT_ONCE, "At once"), (Pace.DAILY, "Daily"), (Pace.WEEKLY, "Weekly"), (Pace.OFF, "Never"))
OURS = "outbox"  # kinds of no subject, named last


def by_subject(kinds: Iterable[MessageKind]) -> list[tuple[str, str, list[MessageKind]]]:
    """Kinds by what they are about: the name of their app, its words, and its kinds in the order of their titles."""
    named = sorted(kinds, key=lambda one: (_app(one) == OURS, _words(_app(one)), one.title))
    return [(app, _words(app), list(found)) for app, found in groupby(named, key=_app)]


def _app(kind: MessageKind) -> str:
    return kind.name.partition(".")[0]


def _words(app: str) -> str:
    config = apps.app_configs.get(app)
    return str(config.verbose_name) if config else app.capitalize()


class ChoicesForm(forms.Form):
    """How often a person wants each kind that can be turned off: one group of kinds a subject."""

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paces = paces_of(person)
        for app, words, kinds in by_subject(discover()[name] for name in paces):
            self.fields[app] = MatrixField(
                label=words,
                rows=[(kind.name, kind.title) for kind in kinds],
                scale=SCALE,
                initial={kind.name: paces[kind.name] for kind in kinds},
            )

    @property
    def answers(self) -> dict[str, Any]:
        return {"paces": {name: pace for chosen in self.cleaned_data.values() for name, pace in chosen.items()}}
