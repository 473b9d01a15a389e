from django import forms

from core.forms import LineField


class NameForm(forms.Form):
    """The name under which somebody keeps a search."""

    name = LineField(
        label="What do you call it?",
        max_length=80,
        help_text="So that you know it in your list and in the mail.",
        error_messages={"required": "Enter a name for this search."},
    )
