from typing import Any

from django import forms

from accounts.models import User
from councils.forms import OrganisationField
from councils.models import Membership
from councils.permissions import councils_of


class OfOwnCouncilForm(forms.Form):
    """For which council somebody speaks: one of those for which they contribute."""

    council = OrganisationField(label="Which council?")
    field_order = ("council",)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["council"].offer(councils_of(user, at_least=Membership.Role.CONTRIBUTOR))
