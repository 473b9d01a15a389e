from django import forms
from django.db.models import TextChoices
from django.http import QueryDict

from core.forms import LineField
from councils.models import Kind, Membership


class Nation(TextChoices):
    ENGLAND = "England"
    SCOTLAND = "Scotland"
    WALES = "Wales"
    NORTHERN_IRELAND = "Northern Ireland"


REGIONS = (
    "East Midlands",
    "East of England",
    "London",
    "North East",
    "North West",
    "South East",
    "South West",
    "West Midlands",
    "Yorkshire and The Humber",
)


class CouncilFilter(forms.Form):
    """The directory's filters. Nonsense in one is as good as nothing."""

    q = LineField(label="Name", required=False, max_length=80, help_text="A former name finds the council too")
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "All councils"), *Kind.choices])
    region = forms.ChoiceField(
        label="Region", required=False, choices=[("", "All regions"), *((name, name) for name in REGIONS)]
    )
    nation = forms.ChoiceField(label="Nation", required=False, choices=[("", "All nations"), *Nation.choices])
    as_at = forms.DateField(
        label="As at",
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Councils in force on that day",
    )


class JoinForm(forms.Form):
    role = forms.ChoiceField(
        label="What do you want to do?",
        widget=forms.RadioSelect,
        choices=[
            (Membership.Role.CONTRIBUTOR, "Contribute: raise needs, register assets, write case studies"),
            (Membership.Role.READER, "Read only"),
        ],
        initial=Membership.Role.CONTRIBUTOR,
        error_messages={"required": "Choose what you want to do"},
    )


class RoleForm(forms.Form):
    """What a member may do, for one line of the members page."""

    role = forms.ChoiceField(
        label="Role",
        choices=[(value, label.partition(":")[0]) for value, label in Membership.Role.choices],
        error_messages={"required": "Choose a role", "invalid_choice": "Choose one of the roles"},
    )

    def __init__(self, data: QueryDict | None = None, *, membership: Membership) -> None:
        super().__init__(data, initial={"role": membership.role}, prefix=f"m{membership.pk}")
        self.membership = membership
        self.fields["role"].label = f"Role of {membership.person}"
