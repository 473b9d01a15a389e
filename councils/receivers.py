"""What somebody does with their address changes where they belong."""

from typing import Any

from allauth.account import signals
from django.dispatch import receiver

from councils.operations import ask_again_for_places_given_by_hand, recompute_memberships, suggest_membership


@receiver(signals.email_confirmed)
def address_was_verified(email_address: Any, **kwargs: Any) -> None:
    suggest_membership(email_address.user)


@receiver(signals.user_signed_up)
def somebody_signed_up(user: Any, **kwargs: Any) -> None:
    """A council's own sign-in hands over an address that it has verified."""
    suggest_membership(user)


@receiver(signals.email_changed)
def primary_address_was_changed(user: Any, **kwargs: Any) -> None:
    recompute_memberships(user)
    ask_again_for_places_given_by_hand(user)


@receiver(signals.email_removed)
def address_was_removed(user: Any, **kwargs: Any) -> None:
    recompute_memberships(user)
