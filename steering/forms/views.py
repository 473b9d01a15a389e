from django import forms

from core.forms import LineField


class ViewNameForm(forms.Form):
    """The name under which somebody keeps a view of the portfolio."""

    name = LineField(
        label="What do you call it?",
        max_length=80,
        error_messages={"required": "Give it a name."},
    )
