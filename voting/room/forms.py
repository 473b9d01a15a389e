from django import forms

from core.forms import LineField


class ParkForm(forms.Form):
    """The form of a question that is parked for later."""

    words = LineField(
        label="Question, in one line",
        max_length=200,
        error_messages={"required": "Write the question in one line."},
    )
