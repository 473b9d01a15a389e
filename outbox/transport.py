"""The way to the mail server, and what its answer means for a message."""

import smtplib
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

from core.text import clean_line


class HandingOver(Enum):
    """What came of handing over a message."""

    TAKEN = "the server took it"
    LATER = "the server asks to come again"
    REFUSED = "the server will never take this message"
    NO_SUCH_ADDRESS = "the server does not deliver to this address"
    UNREACHED = "the server was not reached, or went away before it had the message"
    UNSURE = "the server had the message, and went away without an answer"


@dataclass(frozen=True)
class ServerAnswer:
    outcome: HandingOver
    words: str = ""


class _Telling:
    """Remembers whether the message itself was begun: before that, the server cannot have taken it."""

    has_begun = False

    def data(self, words: Any) -> tuple[int, bytes]:
        self.has_begun = True
        answer = super().data(words)  # type: ignore[misc]  # of smtplib.SMTP
        self.has_begun = False
        return answer


class _SMTP(_Telling, smtplib.SMTP):
    pass


class _SMTPOverTLS(_Telling, smtplib.SMTP_SSL):
    pass


class SMTP(EmailBackend):
    """Django's own, which also says whether it was handing over a message when it failed."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SMTPOverTLS if self.use_ssl else _SMTP

    @property
    def has_begun(self) -> bool:
        return self.connection is not None and self.connection.has_begun


class Transport:
    """One connection for as many messages as are due."""

    def __init__(self) -> None:
        self._connection = get_connection(settings.MAIL_TRANSPORT)

    def hand_over(self, mail: EmailMessage) -> ServerAnswer:
        """Give one mail to the server; whatever goes wrong is an answer."""
        try:
            self._connection.open()
        except (OSError, smtplib.SMTPException) as problem:
            self.close()
            return ServerAnswer(HandingOver.UNREACHED, _said(problem))
        try:
            self._connection.send_messages([mail])
        except (OSError, smtplib.SMTPException) as problem:
            outcome = self._meaning(problem)
            self.close()
            return ServerAnswer(outcome, _said(problem))
        except ValueError as problem:  # an address or a header that cannot be written
            self.close()
            return ServerAnswer(HandingOver.REFUSED, _said(problem))
        return ServerAnswer(HandingOver.TAKEN)

    def _meaning(self, problem: Exception) -> HandingOver:
        if isinstance(problem, smtplib.SMTPRecipientsRefused):
            codes = [code for code, _ in problem.recipients.values()]
            return HandingOver.NO_SUCH_ADDRESS if min(codes) >= 500 else HandingOver.LATER
        if isinstance(problem, smtplib.SMTPSenderRefused):
            return HandingOver.LATER  # it is not about this message, so none is given up for it
        if isinstance(problem, smtplib.SMTPNotSupportedError):
            return HandingOver.REFUSED  # an address in other letters than this server knows
        if isinstance(problem, smtplib.SMTPResponseException):
            return HandingOver.REFUSED if problem.smtp_code >= 500 else HandingOver.LATER
        # Files and memory are written at once or not at all; an SMTP server may have got all of it.
        return HandingOver.UNSURE if getattr(self._connection, "has_begun", True) else HandingOver.UNREACHED

    def close(self) -> None:
        try:
            self._connection.close()
        except (OSError, smtplib.SMTPException):
            self._connection = get_connection(settings.MAIL_TRANSPORT)


def _said(problem: Exception) -> str:
    """The server's words, or the name of what went wrong, in one line."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(problem.recipients.values()))
    elif isinstance(problem, smtplib.SMTPResponseException):
        code, words = problem.smtp_code, problem.smtp_error
    else:
        return clean_line(f"{type(problem).__name__}: {problem}")[:300]
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return clean_line(f"{code} {text}")[:300]
