from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from outbox import emails
from outbox.operations import queue_written


class Backend(BaseEmailBackend):
    """Django's way of sending, for libraries: makes a message of the outbox of each mail, so that all go the same way.

    Their words are kept as plain text. Our own mails are kinds of message (`outbox.kinds`).
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            mail.message()  # refuses a subject of two lines, as every backend does
            if mail.attachments:
                raise ValueError("The outbox takes no attachments of a library's mail: make it a kind of message.")
            kind, person = getattr(mail, "kind", emails.OTHER), getattr(mail, "person", None)
            for address in mail.recipients():
                queue_written(kind, to=address, person=person, subject=str(mail.subject), body=str(mail.body))
        return len(email_messages)
