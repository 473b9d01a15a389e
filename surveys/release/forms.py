"""What analysts enter about a wave that is run here."""

import datetime as dt
from typing import Any

from django import forms

from design_system.forms import DateTimeField
from surveys.fieldwork.models import Fieldwork
from surveys.fieldwork.preparing import FIRST, LAST
from surveys.fieldwork.tables import Plan, asked_tables, full_plan
from surveys.release.plan import in_words


class PrepareForm(forms.Form):
    """The year of a new wave, and when it closes."""

    year = forms.IntegerField(
        label="For which year?",
        min_value=FIRST,
        max_value=LAST,
        error_messages={
            "required": "Enter the year of the survey.",
            "invalid": "Enter the year as a number, like 2015.",
            "min_value": f"Enter a year from {FIRST}.",
            "max_value": f"Enter a year up to {LAST}.",
        },
    )
    closes_at = DateTimeField(
        label="When does it close?",
        help_text="No answer is taken from then on.",
        error_messages={"required": "Enter the day and hour at which it closes."},
    )

    @property
    def answers(self) -> dict[str, Any]:
        closes_at: dt.datetime = self.cleaned_data["closes_at"]
        return {"year": self.cleaned_data["year"], "closes_at": closes_at}


NOT_PRINTED = "none"
BETWEEN = "+"  # breakdowns, in the value of a choice


class PlanForm(forms.Form):
    """What is printed of each table that the wave asks for."""

    def __init__(self, fieldwork: Fieldwork, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = full_plan(fieldwork.wave)
        for slug, each in asked_tables(fieldwork.wave).items():
            ways = [[], *([one] for one in most[slug]), *([most[slug]] if len(most[slug]) > 1 else [])]
            self.fields[slug] = forms.ChoiceField(
                label=each.table.title,
                choices=[(NOT_PRINTED, in_words(None)), *((BETWEEN.join(way), in_words(way)) for way in ways)],
                initial=BETWEEN.join(fieldwork.plan[slug]) if slug in fieldwork.plan else NOT_PRINTED,
                required=False,
                error_messages={"invalid_choice": "Choose what is printed of this table."},
            )

    @property
    def answers(self) -> dict[str, Plan]:
        chosen = {slug: way for slug, way in self.cleaned_data.items() if way != NOT_PRINTED}
        return {"plan": {slug: way.split(BETWEEN) if way else [] for slug, way in chosen.items()}}
