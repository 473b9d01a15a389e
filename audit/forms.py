from django import forms

from core.forms import LineField

_DAY = {"input_formats": ["%Y-%m-%d"], "widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class TrailFilter(forms.Form):
    """Nonsense in one filter is as good as nothing."""

    action = LineField(label="Action", help_text="Or how it begins: events.", required=False, max_length=60)
    kind = LineField(label="Kind of record", help_text="As in events.event", required=False, max_length=60)
    key = LineField(label="Number of the record", required=False, max_length=60)
    person = forms.IntegerField(label="Number of the account", required=False, min_value=1, max_value=2**62)
    from_day = forms.DateField(label="From", required=False, **_DAY)
    to_day = forms.DateField(label="To", required=False, **_DAY)
