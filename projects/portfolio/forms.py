from typing import Any

from django import forms

from core.forms import LineField, TextField, plain_formfield
from councils.kinds import COUNCIL_KINDS
from councils.models import Organisation
from design_system.fields import OnlyIf
from design_system.forms import DateField
from projects.discoveries.forms import LessonForm
from projects.portfolio.models import Project, StatusUpdate
from projects.portfolio.suggestion import is_rated, suggestion_once_updated
from projects.sums.forms import SumsForm


class UpdateForm(forms.Form):
    line = LineField(
        label="How does it stand, in one line?",
        max_length=280,
        help_text="Said once, shown everywhere",
        error_messages={"required": "Say in one line how the project stands."},
    )
    rating = forms.ChoiceField(
        label="How do you rate it?",
        choices=StatusUpdate.Rating.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose green, amber or red."},
    )
    because = LineField(label="Why not as suggested?", max_length=280, required=False)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_rated(project):
            del self.fields["rating"], self.fields["because"]
            return
        suggestion = suggestion_once_updated(project)
        suggested = suggestion.colour
        reasons = f": {suggestion.in_words}" if suggestion.signals else ": with this update nothing speaks against it"
        self.initial["rating"] = suggested
        self.fields["rating"].help_text = f"The portal suggests {suggested}{reasons}."
        self.fields["because"].only_if = OnlyIf(  # type: ignore[attr-defined]  # read by the design system
            "rating",
            tuple(value for value in StatusUpdate.Rating.values if value != suggested),
            f"Only if you choose other than {suggested}. Both are shown, with your reason.",
        )


class ResumeForm(forms.Form):
    """How a project stands that goes on, in one line."""

    line = LineField(
        label="How does it stand, in one line?",
        max_length=280,
        help_text="It is its first update since",
        error_messages={"required": "Say in one line how the project stands."},
    )


class PauseForm(LessonForm):
    """Why a project is paused, what was learned so far, and until when."""

    because = LineField(
        label="Why is it paused?",
        max_length=280,
        error_messages={"required": "Say why it is paused."},
    )
    look_again_on = DateField(
        label="When will you look at it again?",
        help_text="Until then nobody is asked for an update",
        error_messages={"required": "Give a day to come on which to look again."},
    )
    field_order = ("because", "lesson", "look_again_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lesson"].label = "What was learned so far?"
        self.fields["lesson"].error_messages["required"] = "Say what was learned so far."


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


class CaseForm(SumsForm):
    summary = TextField(
        label="The case in words",
        max_length=4000,
        most_words=600,
        help_text="What changes for whom, and why it is worth the money",
        error_messages={"required": "Say in words what the case is."},
    )
    field_order = ("summary",)
