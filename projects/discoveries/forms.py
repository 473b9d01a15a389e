from typing import Any

from django import forms

from core.forms import LineField, RowField, TextField, plain_formfield
from councils.kinds import Kind
from councils.models import Organisation
from design_system.forms import DateField
from projects.discoveries.models import Discovery, Prototype
from projects.needs.models import Need
from projects.sums.forms import SumsForm


class DiscoveryForm(forms.ModelForm):
    """A new discovery."""

    starts_on = DateField(label="When does it start?", required=False, help_text="Today, if you leave this open")

    class Meta:
        model = Discovery
        formfield_callback = plain_formfield
        fields = ("title", "summary", "department", "theme", "purposes", "starts_on")
        widgets = {"purposes": forms.CheckboxSelectMultiple}
        labels = {
            "title": "Title",
            "summary": "What is it about?",
            "department": "Central department",
            "theme": "Theme",
            "purposes": "Which purposes of the Alliance does it serve?",
        }
        help_texts = {
            "title": "The subject in a few words, as in “Adult social care charges”",
            "department": "A discovery has a department, a theme, or both",
            "theme": "The big change that councils face",
        }
        error_messages = {
            "title": {"required": "Give it a title."},
            "summary": {"required": "Say what it is about."},
            "department": {"invalid_choice": "Choose a department from the list."},
            "purposes": {"invalid_choice": "Choose purposes from the list."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["department"].queryset = Organisation.objects.filter(kind=Kind.DEPARTMENT)
        fields["department"].empty_label = "None"

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("department") and not found.get("theme") and "theme" not in self.errors:
            self.add_error("theme", "Name a central department, a theme, or both.")
        return found


class IssueForm(forms.Form):
    wording = LineField(
        label="Priority issue",
        max_length=300,
        help_text="One sentence that the councils in the room agreed on",
        error_messages={"required": "Write the issue down."},
    )


class ScopeForm(forms.Form):
    title = LineField(
        label="Potential project", max_length=120, error_messages={"required": "Give the project a title."}
    )
    scope = TextField(
        label="Scope",
        max_length=1000,
        most_words=150,
        help_text="What it would do, and what not",
        error_messages={"required": "Say what it would do."},
    )


class FeasibilityForm(forms.Form):
    verdict = forms.ChoiceField(
        label="Is it feasible?",
        choices=Discovery.Feasibility.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a verdict.", "invalid_choice": "Choose one of the three verdicts."},
    )
    reason = TextField(
        label="What does the verdict rest on?",
        max_length=2000,
        most_words=300,
        error_messages={"required": "Say what the verdict rests on."},
    )


class LessonForm(forms.Form):
    """What was learned, asked of whoever stops a discovery or a project."""

    lesson = TextField(
        label="What was learned?",
        max_length=2000,
        most_words=300,
        help_text="So that the next council does not have to find out again",
        error_messages={"required": "Say what was learned."},
    )


class PrototypeForm(forms.ModelForm):
    """What a Co-Design Day made. The needs offered are those the discovery gathered."""

    class Meta:
        model = Prototype
        formfield_callback = plain_formfield
        fields = ("title", "summary", "made_by", "needs")
        widgets = {"needs": forms.CheckboxSelectMultiple}
        labels = {"title": "Title", "summary": "What is it?", "made_by": "Who made it?", "needs": "Which needs?"}
        help_texts = {
            "summary": "In words that someone who was not there understands. A vote opens only with a summary.",
            "made_by": "The team, by organisation, as in “Warwickshire and the Department of Health”",
            "needs": "Those of the discovery that it meets",
        }
        error_messages = {
            "title": {"required": "Give the prototype a title."},
            "needs": {"invalid_choice": "Choose needs of this discovery."},
        }

    def __init__(self, *args: Any, discovery: Discovery, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["needs"].queryset = Need.objects.filter(discovery=discovery)


class OutlineForm(SumsForm):
    note = TextField(
        label="What do the figures rest on?",
        required=False,
        max_length=2000,
        most_words=300,
        help_text="Where they come from, and what is a guess",
    )


class IntoDiscoveryForm(forms.Form):
    """Which discovery takes the need up."""

    discovery = RowField(
        Discovery.objects.filter(step__in=[Discovery.Step.DISCOVERY_DAY, Discovery.Step.CO_DESIGN_DAY]),
        to_field_name="slug",
        label="Discovery",
        error_messages={
            "required": "Choose a discovery.",
            "invalid_choice": "Choose a discovery that is under way.",
        },
    )
