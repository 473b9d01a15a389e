import secrets
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as this
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from accounts.codes import what_for
from accounts.models import User
from core.text import clean_line


class AccountAdapter(DefaultAccountAdapter):
    """allauth's behaviour on this site: sign-up is open to all, and known and unknown addresses get the same answer."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "This e-mail address and this password do not belong together. Try again, or let us "
        "e-mail you a code to sign in with.",
        "too_many_login_attempts": "Too many wrong passwords for this address. Your account is not closed: wait "
        "5 minutes and try again, or let us e-mail you a code to sign in with.",
    }

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        # In the words for passwords allauth says that a code takes no more tries; the page for that (429) says it.
        if kwargs.get("message") == self.error_messages["too_many_login_attempts"]:
            request.is_locked_out = True  # type: ignore[attr-defined]  # read by portal.serving.answers
        else:
            super().add_message(request, *args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the mail with links to the site's configured address, not to the host that this request named."""
        asked, own = this.request.build_absolute_uri("/"), f"{settings.BASE_URL}/"
        for name, value in context.items():
            if isinstance(value, str) and value.startswith(asked):
                context[name] = own + value.removeprefix(asked)
        context["what_for"] = what_for(this.request)
        context["current_site"] = SimpleNamespace(name=settings.SITE_NAME, domain=urlsplit(own).netloc)
        super().send_mail(template_prefix, email, context)

    def send_account_already_exists_mail(self, email: str) -> None:
        # A new account costs one hash; without it here, the clock would tell which addresses are known.
        make_password(secrets.token_urlsafe())
        super().send_account_already_exists_mail(email)


class CouncilSignInAdapter(DefaultSocialAccountAdapter):
    """Sign-in through a council's own provider, which also gives the person's name."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user = super().populate_user(request, sociallogin, data)
        user.name = clean_line(data.get("name") or "")[:120]
        return user
