import secrets

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.hashers import make_password


class AccountAdapter(DefaultAccountAdapter):
    """How allauth behaves here: open to everyone, and the same for addresses it knows and does not know."""

    def send_account_already_exists_mail(self, email: str) -> None:
        # A new account costs one hash; without it here, the clock would tell which addresses are known.
        make_password(secrets.token_urlsafe())
        super().send_account_already_exists_mail(email)
