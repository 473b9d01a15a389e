"""The form of a meeting of the board."""

from django import forms

from core import clock
from core.forms import LineField, RowField, RowsField, TextField
from design_system.forms import DateField
from steering.models import BoardSeat


class MeetingForm(forms.Form):
    """The form of a meeting that was held, with the bodies present."""

    day = DateField(label="On which day?", error_messages={"required": "Say when it was held."})
    host = RowField(
        BoardSeat.objects.select_related("body"),
        label="Which body was host, and took the chair?",
        empty_label=None,
    )
    place = LineField(label="Where?", max_length=200, error_messages={"required": "Say where it was held."})
    present = RowsField(
        BoardSeat.objects.select_related("body"),
        label="Which bodies were there?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = TextField(label="Note", max_length=4000, required=False)

    def add_confirmation(self) -> None:
        """Add the box that confirms an unusual meeting."""
        self.fields["anyway"] = forms.BooleanField(label="It was held there all the same", required=False)

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day and day > clock.today():
            raise forms.ValidationError("A meeting is written down once it has been held.")
        return day
