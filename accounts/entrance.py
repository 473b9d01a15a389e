"""allauth's forms with the site's wording. Not in forms.py, which allauth itself imports first."""

from typing import Any

from allauth.account import forms
from allauth.mfa.webauthn import forms as keys
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from design_system.templatetags.design_system import sentence_case

_LABELS = {"email": "E-mail address", "login": "E-mail address"}


class InOurWords:
    """Labels that say what to type, without placeholders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]  # mixed into a form
            field.label = _LABELS.get(name) or (field.label and sentence_case(field.label))
            field.widget.attrs.pop("placeholder", None)


class SignInForm(InOurWords, forms.LoginForm):
    pass


class SignUpForm(InOurWords, forms.SignupForm):
    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            # Since the address was looked up, somebody has made an account with it: it is a known one now.
            self.account_already_exists = True
            return super().try_save(request)


class AddAddressForm(InOurWords, forms.AddEmailForm):
    pass


class ChangePasswordForm(InOurWords, forms.ChangePasswordForm):
    pass


class ResetPasswordForm(InOurWords, forms.ResetPasswordForm):
    pass


class NewPasswordForm(InOurWords, forms.ResetPasswordKeyForm):
    pass


class AskForCodeForm(InOurWords, forms.RequestLoginCodeForm):
    def clean_email(self) -> str:
        try:
            return super().clean_email()
        except ValidationError as refusal:
            # allauth's one sentence for all who come too often is about passwords here, with their longer wait.
            sentence = "Several codes were sent to this address just now. Wait a minute before you ask for another one."
            raise ValidationError(sentence, code=refusal.code) from refusal


class AddKeyForm(InOurWords, keys.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if passwordless := self.fields.get("passwordless"):
            passwordless.label = "Sign in with it alone, without a password"
            passwordless.help_text = "That makes it a passkey: it asks for your finger, your face or a PIN instead."
