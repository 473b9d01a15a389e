"""What people type about a version."""

from django import forms

from core.forms import LineField, TextField
from design_system.forms import DateField


class VersionForm(forms.Form):
    """A version, its day, and what changed."""

    version = LineField(label="Version", max_length=40, error_messages={"required": "Give its number or name."})
    released_on = DateField(label="When it came out", error_messages={"required": "Say on which day it came out."})
    notes = TextField(
        label="What changed",
        help_text="For those who use an earlier version: what is new, what has gone, what they have to do.",
        max_length=4000,
        required=False,
    )
