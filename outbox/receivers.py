"""Messages follow changes of people's e-mail addresses."""

from typing import Any

from allauth.account import signals
from django.dispatch import receiver

from outbox.operations import write_to_new_address


@receiver(signals.email_changed)
def primary_address_was_changed(user: Any, from_email_address: Any, **kwargs: Any) -> None:
    if from_email_address:
        write_to_new_address(user, old=from_email_address.email)
