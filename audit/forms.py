from django import forms

from core.forms import LineField


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, input_formats=["%Y-%m-%d"], widget=widget)


class TrailFilter(forms.Form):
    """Nonsense in one filter is as good as nothing."""

    action = LineField(label="Action", help_text="Or how it begins: events.", required=False, max_length=60)
    kind = LineField(label="Kind of record", help_text="As in events.event", required=False, max_length=60)
    key = LineField(label="Number of the record", required=False, max_length=60)
    person = forms.IntegerField(label="Number of the account", required=False, min_value=1, max_value=2**62)
    from_day = _day("From")
    to_day = _day("To")
