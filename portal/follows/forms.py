from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from core.forms import RowField
from councils.models import Service
from design_system.groups import MatrixField
from portal.follows.operations import STOP
from portal.models import FOLLOWED, Follow

Rhythm = Follow.Rhythm
SCALE = (*Rhythm.choices, (STOP, "Stop following"))
WORDS = {"asset": "Assets", "project": "Projects", "need": "Needs", "service": "Services", "organisation": "Councils"}


class RhythmForm(forms.Form):
    """How often somebody wants to hear of one thing."""

    rhythm = forms.ChoiceField(
        label="How often do you want to hear when it moves?",
        choices=(
            (Rhythm.AT_ONCE, "At once: a mail for each change"),
            (Rhythm.DAILY, "Daily: one mail in the morning, if something moved the day before"),
            (Rhythm.WEEKLY, "Weekly: one mail on Monday, if something moved"),
        ),
        widget=forms.RadioSelect,
        initial=Rhythm.WEEKLY,
        error_messages={"required": "Choose how often you want to hear.", "invalid_choice": "Choose one of the three."},
    )


class ServiceForm(RhythmForm):
    """A service to follow, and how often."""

    service = RowField(
        label="Which service?",
        queryset=Service.objects.all(),
        empty_label="Choose a service",
        error_messages={"required": "Choose a service.", "invalid_choice": "Choose a service from the list."},
    )
    field_order = ["service", "rhythm"]

    @property
    def answers(self) -> dict[str, Any]:
        return {"record": self.cleaned_data["service"], "rhythm": self.cleaned_data["rhythm"]}


class RhythmsForm(forms.Form):
    """How often somebody wants to hear of each thing that they follow, by kind."""

    def __init__(self, *args: Any, follows: Iterable[Follow], names: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        follows = list(follows)
        for kind in FOLLOWED:
            if found := [follow for follow in follows if follow.kind == kind]:
                self.fields[kind] = MatrixField(
                    label=WORDS[kind],
                    rows=[(str(follow.pk), names[follow.pk]) for follow in found],
                    scale=SCALE,
                    initial={str(follow.pk): follow.rhythm for follow in found},
                )

    @property
    def answers(self) -> dict[str, Any]:
        return {"rhythms": {int(key): mark for chosen in self.cleaned_data.values() for key, mark in chosen.items()}}
