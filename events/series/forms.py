"""The form to copy an event."""

from typing import Any

from django import forms

from core.forms import LineField
from design_system.dates import CLOCKS
from design_system.fields import OnlyIf
from design_system.forms import DateTimeField
from events.series.operations import MOST_DAYS

EVERY = (("0", "No, once"), ("1", "Every week"), ("2", "Every 2 weeks"), ("4", "Every 4 weeks"))


class CopyForm(forms.Form):
    """When the copies take place, how often, and whether they are days of a series."""

    title = LineField(label="Title", max_length=120, error_messages={"required": "Enter a title."})
    starts_at = DateTimeField(label="Starts", error_messages={"required": "Enter when it starts."})
    ends_at = DateTimeField(label="Ends", error_messages={"required": "Enter when it ends."})
    every_weeks = forms.ChoiceField(label="Does it come again?", choices=EVERY, widget=forms.RadioSelect, initial="0")
    times = forms.IntegerField(
        label="How many days in all?",
        help_text="With the one above. Each is an event of its own, and they are listed together as a series.",
        min_value=2,
        max_value=MOST_DAYS,
        required=False,
        error_messages={
            "invalid": "Enter how many days as a number, like 6.",
            "min_value": "A series has two days or more.",
            "max_value": f"Enter {MOST_DAYS} or fewer.",
        },
    )
    # Asked only where one of the days meets such an hour.
    clock = forms.ChoiceField(
        label="Which hour, where the clocks show it twice?", choices=CLOCKS, widget=forms.RadioSelect, required=False
    )
    in_series = forms.BooleanField(label="List it with this event, as days of one series", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["times"].only_if = OnlyIf(  # type: ignore[attr-defined]  # read where fields are drawn
            "every_weeks", ("1", "2", "4"), "Answer this only if it comes again."
        )

    def ask_no_clock(self) -> None:
        """Leave out the question about an hour that comes twice, unless it was refused or answered."""
        if "clock" not in self.errors and not self["clock"].value():
            del self.fields["clock"]

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        found["every_weeks"] = int(found.get("every_weeks") or 0)
        if found["every_weeks"] and not found.get("times") and "times" not in self.errors:
            self.add_error("times", "Enter how many days there are in all.")
        if not found["every_weeks"]:
            self.errors.pop("times", None)
            found["times"] = 1
        return found
