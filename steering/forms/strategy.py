"""Forms of the strategy: a council's assessment of itself, and a cell of the departments' matrix."""

from typing import Any

from django import forms

from core import clock
from core.forms import TextField
from design_system.forms import DateField
from steering.framework import GROUPS, ITEMS, KEYS
from steering.models import FlagAssessment, FlagStep, LocalImpact


class FlagAssessmentForm(forms.Form):
    """The fifteen items of Planting the Flag, a step in words for each; prefilled with the latest assessment."""

    assessed_on = DateField(
        label="Which day is this assessment of?",
        help_text="One of a later day counts in its place; earlier ones stay on your council’s page.",
        error_messages={"required": "Say which day it is of."},
    )

    def __init__(self, *args: Any, latest: FlagAssessment | None, **kwargs: Any) -> None:
        before = {key: getattr(latest, key) for key in KEYS} if latest else {}
        super().__init__(*args, initial={"assessed_on": clock.today(), **before}, **kwargs)
        for item in ITEMS:
            self.fields[item.key] = forms.TypedChoiceField(
                label=item.name,
                help_text=item.wording,
                choices=FlagStep.choices,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": f"{item.name}: choose how far your council has come."},
            )

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The items under the headings of the framework."""
        return [(group, [self[item.key] for item in ITEMS if item.group == group]) for group in GROUPS]


class LocalImpactForm(forms.Form):
    """What the services of a department mean for councils in one of their parts."""

    level = forms.ChoiceField(
        label="How strong is it?",
        choices=LocalImpact.Level.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how strong it is."},
    )
    wording = TextField(
        label="What is it?",
        help_text="Which service of the department, and what changes for councils. What stands now is kept below it.",
        max_length=600,
        error_messages={"required": "Say what it is."},
    )
