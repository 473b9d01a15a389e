"""Audit lines for what people do to their own account; a new second factor ends sessions begun without it."""

from typing import Any

from allauth.account import signals
from allauth.mfa import signals as mfa_signals
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import sessions
from accounts.models import User
from audit.operations import log_action


@receiver(user_logged_in)
def signed_in(request: HttpRequest, **kwargs: Any) -> None:
    sessions.begin(request)


@receiver(signals.user_signed_up)
def signed_up(user: User, **kwargs: Any) -> None:
    log_action("accounts.signed_up", by=user, about=user)


@receiver(signals.email_confirmed)
def address_verified(email_address: Any, **kwargs: Any) -> None:
    log_action("accounts.address_verified", by=email_address.user, about=email_address.user)


@receiver(signals.email_changed)
def address_changed(user: User, **kwargs: Any) -> None:
    log_action("accounts.address_changed", by=user, about=user)


@receiver(signals.email_removed)
def address_removed(user: User, **kwargs: Any) -> None:
    log_action("accounts.address_removed", by=user, about=user)


@receiver([signals.password_set, signals.password_changed, signals.password_reset])
def password_changed(user: User, **kwargs: Any) -> None:
    log_action("accounts.password_changed", by=user, about=user)


@receiver(mfa_signals.authenticator_added)
def second_factor_added(request: HttpRequest, user: User, authenticator: Any, **kwargs: Any) -> None:
    """End the person's other sessions: one begun with the password alone must not gain the rights of their roles."""
    log_action("accounts.second_factor_added", by=user, about=user, kind=authenticator.type)
    sessions.end_sessions(user, but=request.session.session_key)


@receiver(mfa_signals.authenticator_removed)
def second_factor_removed(user: User, authenticator: Any, **kwargs: Any) -> None:
    log_action("accounts.second_factor_removed", by=user, about=user, kind=authenticator.type)
