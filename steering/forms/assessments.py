"""The form of an assessment at a gate: the 14 points."""

from collections.abc import Iterator
from typing import Any

from django import forms

from core.forms import LineField
from design_system.errors import sentences
from design_system.forms import DateField
from steering.models import GatePoint
from steering.models.assessments import POINTS

RATED = GatePoint.Rating


class AssessmentForm(forms.Form):
    """The form of an assessment: a row for each point, with its rating and what is missing."""

    assessed_on = DateField(
        label="On which day was it assessed?", help_text="Leave it empty for today.", required=False
    )
    again_on = DateField(label="By when is it assessed again?", help_text="Only where a point is red.", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, title in enumerate(POINTS, 1):
            self.fields[f"rating_{number}"] = forms.ChoiceField(
                label=f"{number}. {title}",
                choices=RATED.choices,
                widget=forms.RadioSelect,
                error_messages={"required": f"Say how the project stands on point {number}."},
            )
            self.fields[f"words_{number}"] = LineField(
                label=f"Point {number}: what is missing, or what shows it", max_length=300, required=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number in range(1, len(POINTS) + 1):
            if given.get(f"rating_{number}") in (RATED.RED, RATED.AMBER) and not given.get(f"words_{number}"):
                self.add_error(f"words_{number}", f"Say what is missing on point {number}.")
        return given

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned values as `assess_gate` takes them."""
        given = self.cleaned_data
        return {
            "assessed_on": given["assessed_on"],
            "again_on": given["again_on"],
            "points": {
                number: (given[f"rating_{number}"], given[f"words_{number}"]) for number in range(1, len(POINTS) + 1)
            },
        }

    @property
    def scale(self) -> list[str]:
        """The words above the buttons of the rows."""
        return [str(words) for words in RATED.labels]

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows of points: title, buttons, words, and what is wrong."""
        for number, title in enumerate(POINTS, 1):
            rating, said = self[f"rating_{number}"], self[f"words_{number}"]
            yield {
                "title": f"{number}. {title}",
                "marks": list(zip(rating.subwidgets, RATED.labels, strict=True)),
                "stood": rating,
                "note": said,
                "sentences": [*sentences(rating), *sentences(said)],
            }
