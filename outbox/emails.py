"""The kinds of message whose words a library makes."""

import datetime as dt

from django.conf import settings

from outbox.kinds import Kind, register

CODE = register(
    Kind(
        "accounts.code",
        "A code to sign in with, or to show that an address is yours",
        holds_a_right=True,
        lasts=dt.timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT),
    )
)
LINK = register(Kind("accounts.link", "A link to set a new password, or the way to an account", holds_a_right=True))
NOTICE = register(Kind("accounts.notice", "Your password, an address or a second factor has changed"))
OTHER = register(Kind("outbox.other", "What a part of the site writes of its own"))

# By the end of the template's name in allauth.
_OF_ALLAUTH = {
    "login_code": CODE,
    "email_confirmation": CODE,
    "email_confirmation_signup": CODE,
    "password_reset_key": LINK,
    # Of the same kind, so that a known and an unknown address cost and wait the same.
    "account_already_exists": LINK,
    "unknown_account": LINK,
}


def kind_of_allauth(template_prefix: str) -> Kind:
    """The kind of one of allauth's mails: those that give a right by name, all others tell of what has happened."""
    return _OF_ALLAUTH.get(template_prefix.rpartition("/")[2], NOTICE)
