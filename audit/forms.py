from django import forms

from audit import words
from audit.kinds import kind_of
from core.forms import LineField
from core.privacy import our_models


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, input_formats=["%Y-%m-%d"], widget=widget)


def _kinds() -> list[tuple[str, str]]:
    named = [(kind_of(model), words.kind(kind_of(model))) for model in our_models()]
    return [("", "All"), *sorted(named, key=lambda pair: pair[1])]


class TrailFilter(forms.Form):
    """The filters of the audit trail; a value that means nothing is ignored."""

    action = LineField(
        label="What was done", help_text="A word of it: closed, signed up, role", required=False, max_length=60
    )
    kind = forms.ChoiceField(label="Kind of record", choices=_kinds, required=False)
    # Numbers that nobody knows by heart: they come from the links of the lines.
    key = LineField(label="Record", required=False, max_length=60, widget=forms.HiddenInput)
    person = forms.IntegerField(label="Who", required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    from_day = _day("From")
    to_day = _day("To")
