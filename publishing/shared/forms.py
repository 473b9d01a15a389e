"""What a reader of a shared draft remarks."""

from django import forms

from core.forms import LineField, TextField


class CommentForm(forms.Form):
    """A comment, with a name or without one."""

    words = TextField(
        label="What would you change?",
        help_text="Say where it is: the year in the second paragraph, the cost",
        max_length=2000,
        error_messages={"required": "Say what you would change."},
    )
    name = LineField(
        label="Your name",
        help_text="So that they know whom to ask",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
