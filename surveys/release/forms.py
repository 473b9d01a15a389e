"""What analysts enter about a wave that is run here."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from core.forms import RowField, TextField
from design_system.forms import DateTimeField
from surveys.fieldwork.models import Fieldwork, SurveyInvitation
from surveys.fieldwork.preparing import FIRST, LAST
from surveys.fieldwork.tables import Plan, asked_tables, full_plan
from surveys.release.plan import in_words
from surveys.release.queries import TextGroup
from surveys.waves.levels import Level
from surveys.waves.models import AskedRow


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


class PrintedTablesForm(forms.Form):
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


class LevelsForm(forms.Form):
    """The level of each of several people who are invited."""

    def __init__(self, invitations: Sequence[SurveyInvitation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in invitations:
            self.fields[f"level-{each.pk}"] = forms.ChoiceField(
                label=f"Level of {each.name or each.email}",
                choices=[(level.value, f"Level {level.value}") for level in Level],
                initial=each.level,
                error_messages={"invalid_choice": "Choose level 1, 2 or 3."},
            )

    @property
    def answers(self) -> dict[str, dict[int, int]]:
        chosen = self.cleaned_data.items()
        return {"levels": {int(name.removeprefix("level-")): int(level) for name, level in chosen}}


class CodeForm(forms.Form):
    """Texts, and the row of the table to which they are coded."""

    texts = forms.MultipleChoiceField(
        label="What people wrote",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one text."},
    )
    row = forms.ChoiceField(label="Code them to", error_messages={"required": "Choose a row of the table."})

    def __init__(self, groups: Sequence[TextGroup], rows: Sequence[AskedRow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["texts"].choices = [(each.key, f"{each.text} ({each.number})") for each in groups]  # type: ignore[attr-defined]  # a choice field
        self.fields["row"].choices = [("", "Choose a row"), *((each.row.key, each.row.words) for each in rows)]  # type: ignore[attr-defined]  # as above


class RuleForm(forms.Form):
    """The rule of a coding."""

    words = TextField(
        label="By which rule is it coded?",
        help_text="The page of the table prints it. Say what belongs to which row, and where it is hard to tell.",
        max_length=1000,
        error_messages={"required": "Write the rule in a sentence or two."},
    )


class LeaveOutForm(forms.Form):
    """A row that is not published, and why."""

    row = RowField(
        AskedRow.objects.none(), label="Which row?", empty_label="Choose a row",
        error_messages={"required": "Choose a row.", "invalid_choice": "Choose a row of this survey."},
    )  # fmt: skip
    reason = TextField(
        label="Why is it not published?",
        help_text=(
            "The page of its table prints this. Of choices that make up a whole the others go too, since they would "
            "tell it."
        ),
        max_length=1000,
        error_messages={"required": "Say why. The page prints the reason."},
    )

    def __init__(self, rows: Sequence[AskedRow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["row"]
        field.queryset = AskedRow.objects.filter(pk__in=[each.pk for each in rows])  # type: ignore[attr-defined]  # a choice of rows
        field.choices = [("", "Choose a row"), *((each.pk, f"{each.row.table}: {each.row.words}") for each in rows)]  # type: ignore[attr-defined]  # as above
