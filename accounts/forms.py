from typing import Any

from django import forms
from django.http import HttpRequest

from accounts.models import User
from accounts.roles import Role
from core.forms import LineField


def _own_name() -> LineField:
    return LineField(
        label="Full name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your full name"},
    )


class NameAtSignUp(forms.Form):
    """The name, which sign-up asks for beside the address and the password."""

    name = _own_name()

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label="Platform roles",
        help_text="A role can be used once its holder has set up a second factor.",
        required=False,
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose only roles from the list"},
    )


class CloseAccountForm(forms.Form):
    """Confirmation that an account shall be closed: its e-mail address, typed."""

    email = LineField(
        label="Your e-mail address",
        help_text="Type it to show that you mean it. There is no way back.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Enter your e-mail address"},
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        if self.cleaned_data["email"].lower() != self.person.email.lower():
            raise forms.ValidationError("This is not the address of your account")
        return self.cleaned_data["email"]


class ProfileForm(forms.ModelForm):
    """The fields of an account that other people see."""

    name = _own_name()
    job_title = LineField(
        label="Job title",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )

    class Meta:
        model = User
        fields = ("name", "job_title")
