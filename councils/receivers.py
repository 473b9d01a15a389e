"""Memberships follow changes of people's e-mail addresses."""

from typing import Any

from allauth.account import signals
from django.dispatch import receiver

from councils.operations import ask_again_for_places_given_by_hand, recompute_memberships


@receiver(signals.email_changed)
def primary_address_was_changed(user: Any, **kwargs: Any) -> None:
    recompute_memberships(user)
    ask_again_for_places_given_by_hand(user)


@receiver(signals.email_removed)
def address_was_removed(user: Any, **kwargs: Any) -> None:
    recompute_memberships(user)
