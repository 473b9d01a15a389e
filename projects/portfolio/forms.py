from typing import Any

from django import forms

from core.forms import LineField, RowsField, TextField, plain_formfield
from councils.kinds import COUNCIL_KINDS
from councils.models import Organisation
from design_system.forms import DateField
from projects.discoveries.models import Purpose
from projects.portfolio.models import Project
from projects.portfolio.operations import NO_PURPOSE
from projects.sums.forms import SumsForm


class UpdateForm(forms.Form):
    line = LineField(
        label="How does it stand, in one line?",
        max_length=280,
        help_text="Said once, shown everywhere",
        error_messages={"required": "Say in one line how the project stands."},
    )


class LaunchForm(forms.Form):
    launched_on = DateField(label="Launched on", required=False, help_text="Today, if you leave this open")


class ProjectForm(forms.ModelForm):
    """What a project says about itself, who leads and who joins."""

    class Meta:
        model = Project
        formfield_callback = plain_formfield
        fields = ("title", "summary", "service", "lead_council", "partners", "update_every_days")
        labels = {
            "title": "Title",
            "summary": "What is it?",
            "service": "Service",
            "lead_council": "Led by",
            "partners": "With",
            "update_every_days": "Days between updates",
        }
        help_texts = {
            "partners": "Hold Ctrl or Command to choose several",
            "update_every_days": "14 means every two weeks",
        }
        error_messages = {
            "title": {"required": "Give the project a title."},
            "summary": {"required": "Say what it is."},
            "service": {"invalid_choice": "Choose a service from the list, or leave it open."},
            "lead_council": {"invalid_choice": "Choose a council from the list."},
            "partners": {"invalid_choice": "Choose partners from the list."},
            "update_every_days": {
                "required": "Say how often updates come.",
                "invalid": "Enter a whole number of days, as in 14.",
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        in_force = Organisation.objects.in_force()
        fields["lead_council"].queryset = in_force.filter(kind__in=COUNCIL_KINDS)
        fields["lead_council"].empty_label = "Nobody yet"
        fields["partners"].queryset = in_force

    def clean_update_every_days(self) -> int:
        days = self.cleaned_data["update_every_days"]
        if not 1 <= days <= 365:
            raise forms.ValidationError("Enter a number of days from 1 to 365.")
        return days


class PurposesForm(forms.Form):
    """Which purposes a project serves, those of each kind under their own heading; one at least is the Alliance's."""

    HEADINGS = (
        (Purpose.Kind.ALLIANCE, "Purposes of the Alliance", "At least one, from its terms of reference of July 2013"),
        (Purpose.Kind.CAMPAIGN, "Purposes of the Local Digital Campaign", ""),
        (Purpose.Kind.PRINCIPLE, "Principles of Planting the Flag", "Socitm’s strategy for local public services"),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = list(project.purposes.all())
        for kind, label, hint in self.HEADINGS:
            self.fields[_field_of(kind)] = RowsField(
                label=label,
                help_text=hint,
                queryset=Purpose.objects.filter(kind=kind),
                required=kind == Purpose.Kind.ALLIANCE,
                error_messages={"required": NO_PURPOSE},
                initial=[each for each in chosen if each.kind == kind],
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def answers(self) -> dict[str, list[Purpose]]:
        """All that were chosen."""
        return {"purposes": [each for kind, *_ in self.HEADINGS for each in self.cleaned_data[_field_of(kind)]]}


def _field_of(kind: str) -> str:
    """The name of the field of a kind; a refusal is about the Alliance's."""
    return "purposes" if kind == Purpose.Kind.ALLIANCE else kind


class CaseForm(SumsForm):
    summary = TextField(
        label="The case in words",
        max_length=4000,
        most_words=600,
        help_text="What changes for whom, and why it is worth the money",
        error_messages={"required": "Say in words what the case is."},
    )
    field_order = ("summary",)
