import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from accounts.models import User
from core.text import clean_line


class AccountAdapter(DefaultAccountAdapter):
    """How allauth behaves here: open to everyone, and the same for addresses it knows and does not know."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": "Too many wrong passwords for this address. Your account is not closed: wait "
        "5 minutes and try again, or let us e-mail you a code to sign in with.",
    }

    def send_account_already_exists_mail(self, email: str) -> None:
        # A new account costs one hash; without it here, the clock would tell which addresses are known.
        make_password(secrets.token_urlsafe())
        super().send_account_already_exists_mail(email)


class CouncilSignInAdapter(DefaultSocialAccountAdapter):
    """Somebody who comes in through their council's own sign-in brings their name along."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user = super().populate_user(request, sociallogin, data)
        user.name = clean_line(data.get("name") or "")[:120]
        return user
