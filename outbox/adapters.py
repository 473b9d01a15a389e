from typing import Any

from django.core.mail import EmailMessage

from accounts import adapters
from outbox import emails


class OutboxAccountAdapter(adapters.AccountAdapter):
    """The site's behaviour of allauth, whose mails are kinds of message."""

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        message = super().render_mail(template_prefix, email, context, headers)
        # Read by outbox.backend, through which allauth sends it.
        message.kind, message.person = emails.kind_of_allauth(template_prefix), context.get("user")
        return message
