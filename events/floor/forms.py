"""Forms of questions from the floor."""

from django import forms

from core.forms import LineField


class FloorForm(forms.Form):
    """A question from the floor."""

    words = LineField(
        label="Your question",
        max_length=280,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write your question."},
    )
    shows_name = forms.BooleanField(
        label="Show my name beside it", help_text="Else nobody here reads who asked.", required=False
    )


class HideForm(forms.Form):
    """Why a question is hidden."""

    reason = LineField(
        label="Why is it hidden?",
        help_text="Whoever asked reads this.",
        max_length=200,
        error_messages={"required": "Say why the question is hidden."},
    )
