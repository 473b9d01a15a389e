from typing import Any

from django import forms
from django.db import models

from accounts.models import User
from core.forms import LineField, RowsField, TextField, plain_formfield
from councils.kinds import COUNCIL_KINDS
from councils.models import Organisation
from councils.permissions import members_of
from design_system.fields import OnlyIf
from design_system.forms import DateField
from projects.discoveries.forms import LessonForm
from projects.discoveries.models import Purpose
from projects.portfolio.described import TEXTS
from projects.portfolio.models import BusinessCase, Project, StatusUpdate
from projects.portfolio.operations import NO_PURPOSE
from projects.portfolio.operations.cases import MOST_CHARACTERS, MOST_WORDS
from projects.portfolio.suggestion import is_rated, suggestion_once_updated
from projects.sums.checks import MOST_COUNCILS
from projects.sums.forms import SumsForm, WholeField
from projects.sums.models import BASES, SUMS


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


def not_asked(form: forms.BaseForm, model: type[models.Model]) -> list[str]:
    """The fields of a model that were sent though the form does not ask for them, as by who tries its rules."""
    own = {field.name for field in model._meta.concrete_fields}
    return sorted((own & set(form.data)) - set(form.fields))


class InSections(forms.BaseForm):
    """A long form whose fields stand under headings."""

    SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each heading with its fields."""
        return [(heading, [self[name] for name in names]) for heading, names in self.SECTIONS]


class ProjectForm(InSections, forms.ModelForm):
    """What a project says about itself, who leads and who joins, what it looks for, and why it is done."""

    SECTIONS = (
        ("What it is", ("title", "summary", "service")),
        ("Who runs it", ("lead_council", "department", "contact", "partners")),
        ("Where it stands", ("phase_ends_on", "budget_band", "update_every_days")),
        ("What you look for", ("collaboration",)),
        ("Why, for whom, and on what it builds", tuple(dict(TEXTS))),
    )

    phase_ends_on = DateField(
        label="When should the present step end?", required=False, help_text="An estimate: the page says so"
    )

    class Meta:
        model = Project
        formfield_callback = plain_formfield
        fields = (
            "title",
            "summary",
            "service",
            "lead_council",
            "department",
            "contact",
            "partners",
            "phase_ends_on",
            "budget_band",
            "update_every_days",
            "collaboration",
            *dict(TEXTS),
        )
        widgets = {"collaboration": forms.RadioSelect, "budget_band": forms.RadioSelect}
        labels = {
            "title": "Title",
            "summary": "What is it?",
            "service": "Service",
            "lead_council": "Led by",
            "department": "Which department of the lead council?",
            "contact": "Key contact",
            "partners": "With",
            "budget_band": "Budget",
            "update_every_days": "Days between updates",
            "collaboration": "What do you look for from other councils?",
            "why": "Why is it done?",
            "users_and_needs": "Who are the users, and what do they need?",
            "market_engagement": "What does the market offer?",
            "previous_work": "What was done before?",
        }
        help_texts = {
            "department": "As in “Adult social care”",
            "contact": "Questions about the project go to them, through a form. Their address is never shown",
            "partners": "Hold Ctrl or Command to choose several",
            "update_every_days": "14 means every two weeks",
            "collaboration": "It becomes the first button on the page of the project",
            "why": "What made you begin, and what happens if nobody does it",
            "users_and_needs": "Whom you talked to, how many, and what they are trying to do",
            "market_engagement": "Which suppliers and products you looked at, and what they cannot do",
            "previous_work": "What you, or others, have tried, with addresses where there are any",
        }
        error_messages = {
            "title": {"required": "Give the project a title."},
            "summary": {"required": "Say what it is."},
            "service": {"invalid_choice": "Choose a service from the list, or leave it open."},
            "lead_council": {"invalid_choice": "Choose a council from the list."},
            "contact": {"invalid_choice": "Choose one of the people of the council that leads."},
            "partners": {"invalid_choice": "Choose partners from the list."},
            "collaboration": {"invalid_choice": "Choose one of the answers that are offered."},
            "budget_band": {"invalid_choice": "Choose one of the bands that are offered."},
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
        lead = self.instance.lead_council
        fields["contact"].queryset = members_of(lead).order_by("name") if lead else User.objects.none()
        fields["contact"].empty_label = "Nobody yet: questions go to the leads of the council"
        for name, nothing in (("collaboration", "Not said"), ("budget_band", "Not said")):
            fields[name].choices = [*(each for each in fields[name].choices if each[0]), ("", nothing)]

    @property
    def answers(self) -> dict[str, Any]:
        """What the operation takes, and what was sent beside it."""
        return self.cleaned_data | {"not_asked": not_asked(self, Project)}

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


def _councils(of: str) -> LineField:
    return LineField(
        label=f"Which councils is the {of} measured at?",
        required=False,
        max_length=200,
        help_text="Name them, or say how they were chosen. Leave the three fields open where nobody has measured it",
    )


def _how_many() -> WholeField:
    return WholeField(
        label="How many councils is that?",
        required=False,
        min_value=1,
        max_value=MOST_COUNCILS,
        help_text="As in 15",
        error_messages={
            "invalid": "Enter a whole number, as in 15.",
            "min_value": "Enter a number of 1 or more.",
            "max_value": "Enter a number up to 1,000.",
        },
    )


def _as_at(of: str) -> DateField:
    return DateField(label=f"As at which day is the {of}?", required=False)


class CaseForm(InSections, SumsForm):
    """The business case, asked step by step: how many, what one costs, what is saved, how many move, what it costs."""

    SECTIONS = (
        ("The case in words", ("summary",)),
        ("1 How many there are", ("volume",)),
        ("2 What one costs today", ("unit_cost_now", "cost_base", "cost_councils", "cost_as_at")),
        ("3 What is saved on each", ("saving_per_unit", "saving_base", "saving_councils", "saving_as_at")),
        ("4 How many will move", ("take_up",)),
        ("5 What it costs once", ("one_off_cost",)),
    )

    summary = TextField(
        label="The case in words",
        max_length=MOST_CHARACTERS,
        most_words=MOST_WORDS,
        help_text="What changes for whom, and why it is worth the money",
        error_messages={"required": "Say in words what the case is."},
    )
    cost_base, cost_councils, cost_as_at = _councils("cost"), _how_many(), _as_at("cost")
    saving_base, saving_councils, saving_as_at = _councils("saving"), _how_many(), _as_at("saving")
    field_order = tuple(name for _, names in SECTIONS for name in names)

    @property
    def answers(self) -> dict[str, Any]:
        """What the operation takes: the words, the figures, and the bases together."""
        given = self.cleaned_data
        words = {name: given[name] for name in ("summary", *SUMS)}
        return words | {"bases": {name: given[name] for name in BASES}, "not_asked": not_asked(self, BusinessCase)}
