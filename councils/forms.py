from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from core.forms import LineField, RowField, TextField
from councils.models import Enquiry, Membership, Organisation, Service
from design_system.forms import DateField


class OrganisationField(RowField):
    """One of the organisations that `offer` names; the first is chosen before anybody chooses."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Organisation.objects.none(), empty_label=None, **kwargs)

    def offer(self, organisations: Sequence[Organisation]) -> None:
        self.queryset = Organisation.objects.filter(pk__in=[each.pk for each in organisations])
        self.initial = organisations[0].pk if organisations else None


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
    """A member's role, for one line of the members page."""

    role = forms.ChoiceField(
        label="Role",
        choices=[(value, label.partition(":")[0]) for value, label in Membership.Role.choices],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose one of the roles."),
    )

    def __init__(self, data: QueryDict | None = None, *, membership: Membership) -> None:
        super().__init__(data, initial={"role": membership.role}, prefix=f"m{membership.pk}")
        self.membership = membership
        self.fields["role"].label = f"Role of {membership.person}"


class MayBeAskedForm(forms.Form):
    """A member's consent to be named on the organisation's page as a person to ask."""

    may_be_asked = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict | None = None, *, membership: Membership) -> None:
        super().__init__(data, initial={"may_be_asked": membership.may_be_asked})
        field = self.fields["may_be_asked"]
        field.label = f"I may be asked about what {membership.organisation} does, by name"
        field.help_text = (
            "People who are signed in see your name and job title on this page, never your address. "
            "Their question reaches you by mail."
        )


class AskForm(forms.Form):
    words = TextField(
        label="Your question",
        max_length=Enquiry._meta.get_field("words").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write your question."},
    )


class SystemForm(forms.Form):
    """A product that a council runs."""

    product = LineField(
        label="Product",
        help_text="As its supplier calls it, without the version.",
        max_length=100,
        error_messages={"required": "Give the name of the product."},
    )
    service = RowField(
        Service.objects.all(), label="Which council service is it for?", required=False, empty_label="None of these"
    )
    used_for = LineField(
        label="What is it for, if no council service?",
        help_text="Such as staff sign-in.",
        max_length=100,
        required=False,
    )
    supplier = LineField(label="Supplier", max_length=100, required=False)
    until = DateField(label="Until when, if you know?", help_text="The last day of the contract.", required=False)
