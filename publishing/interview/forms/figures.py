"""The page that asks for one measure, before and after."""

from typing import Any

from django import forms

from core import clock
from core.forms import LineField, NumberField
from design_system.forms import DateField
from publishing.interview.drafting import LONGEST_NOTE
from publishing.interview.forms.page import InterviewForm
from publishing.interview.own_figures import LONGEST_MEASURE, LONGEST_UNIT


def _number(label: str, hint: str = "", **bounds: Any) -> NumberField:
    return NumberField(label=label, help_text=hint, required=False, **bounds)


SIDES = ("before", "after")


class InterviewFiguresForm(InterviewForm):
    """One measure, before and after."""

    measure = LineField(
        label="What you measured", help_text="Calls about missed bins", max_length=LONGEST_MEASURE, required=False
    )
    unit = LineField(label="Unit", help_text="calls a month, £ a year, %", max_length=LONGEST_UNIT, required=False)
    before = _number("How many before", max_digits=14, decimal_places=2)
    before_n = _number("Measured on how many", "3 for three months, 200 for 200 homes", min_value=1, max_digits=9)
    before_on = DateField(label="Before: last day that it counts", required=False)
    after = _number("How many after", max_digits=14, decimal_places=2)
    after_n = _number("Measured on how many", "Counted in the same way as before", min_value=1, max_digits=9)
    after_on = DateField(label="After: last day that it counts", required=False)
    counted_by = forms.ChoiceField(
        label="Who counted?",
        choices=[("us", "We did"), ("supplier", "Our supplier"), ("estimate", "It is an estimate")],
        widget=forms.RadioSelect,
        required=False,
    )
    figures_note = LineField(
        label="What was counted",
        help_text="Three months before, and the same three a year later",
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    made_up = forms.CharField(required=False, widget=forms.HiddenInput)  # filled in with figures that are made up

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.says_optional = False  # type: ignore[attr-defined]  # read by the renderer: some need one another

    def add_error(self, field: str | None, error: Any) -> None:
        """As ever; but what is wrong with one of two says which, also in the list on top of the page."""
        side = (field or "").partition("_")[0]
        if side in SIDES:
            said = forms.ValidationError(error).messages
            error = [each if any(word in each for word in SIDES) else f"{side.capitalize()}: {each}" for each in said]
        super().add_error(field, error)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        today = clock.today()
        for name in SIDES:
            day = said.get(f"{name}_on")
            if said.get(name) is not None and day is None and f"{name}_on" not in self.errors:
                self.add_error(f"{name}_on", "Enter the day: month and year are what readers look for.")
            elif day and day > today:
                self.add_error(f"{name}_on", "Enter a day that has been, not one still to come.")
        if said.get("before") is None and said.get("after") is None:
            return said
        for name, sentence in (
            ("measure", "Say what you measured."),
            ("unit", "Say of what: calls a month, £ a year."),
        ):
            if not said.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if said.get("after") is None and "after" not in self.errors:
            self.add_error("after", "What is it now? Enter it beside what it was before.")
        if said.get("before") is None and "before" not in self.errors and said.get("counted_by") != "estimate":
            counted = "Enter the same measure of an earlier day: one value alone cannot be compared."
            nobody = "If nobody counted, mark it as an estimate below."
            self.add_error("before", f"What was it before? {counted if said.get('counted_by') else nobody}")
        first, last = said.get("before_on"), said.get("after_on")
        if first and last and first >= last:
            self.add_error("after_on", "Enter a day after the first figure’s.")
        return said
