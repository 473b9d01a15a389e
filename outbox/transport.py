"""The way to the mail server, and what its answer means for a message."""

import re
import smtplib
from dataclasses import dataclass
from enum import Enum
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

from core.text import clean_line

log = structlog.get_logger("site.mail")

# What a server says of an address that does not exist: by its status (RFC 3463), or without one in words.
NO_SUCH_ADDRESS = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"}
_CODES_OF_ADDRESSES = {550, 551, 553}
_OF_A_MAILBOX = re.compile(r"mailbox|user|recipient|address|account", re.IGNORECASE)
_THAT_IS_NOT_THERE = re.compile(
    r"no such|unknown|invalid|unavailable|unrout|not (a |be )?(found|known|valid|local|allowed|exist)|n.t exist",
    re.IGNORECASE,
)
_OF_SOMETHING_ELSE = re.compile(r"relay|sender|block|spam|policy|polici|denied|quota|full\b", re.IGNORECASE)
# It closes down, wants another order of steps, wants to know who we are.
_CODES_AGAINST_US = {421, 503, 530, 535}


class HandingOver(Enum):
    """What came of handing over a message."""

    TAKEN = "the server took it"
    LATER = "the server asks to come again"
    REFUSED = "the server will never take this message"
    NO_SUCH_ADDRESS = "the server says that this address does not exist"
    NOT_FROM_US = "the server takes nothing from us now"
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
        except Exception as problem:
            self.close()
            return ServerAnswer(HandingOver.UNREACHED, _said(problem))
        try:
            self._connection.send_messages([mail])
        except (OSError, smtplib.SMTPException) as problem:
            outcome = self._meaning(problem)
            self.close()
            return ServerAnswer(outcome, _said(problem))
        except Exception as problem:  # an address or a header that cannot be written
            log.exception("message_not_handed_over")
            self.close()
            return ServerAnswer(HandingOver.REFUSED, _said(problem))
        return ServerAnswer(HandingOver.TAKEN)

    def _meaning(self, problem: Exception) -> HandingOver:
        if isinstance(problem, smtplib.SMTPRecipientsRefused):
            return _of_a_recipient(*_reply(problem))
        if isinstance(problem, smtplib.SMTPSenderRefused | smtplib.SMTPHeloError):
            return HandingOver.NOT_FROM_US  # it is not about this message, so none is given up for it
        if isinstance(problem, smtplib.SMTPNotSupportedError):
            return HandingOver.REFUSED  # an address in other letters than this server knows
        if isinstance(problem, smtplib.SMTPResponseException):
            return _of_words(*_reply(problem))
        # Files and memory are written at once or not at all; an SMTP server may have got all of it.
        return HandingOver.UNSURE if getattr(self._connection, "has_begun", True) else HandingOver.UNREACHED

    def close(self) -> None:
        try:
            self._connection.close()
        except (OSError, smtplib.SMTPException):
            self._connection = get_connection(settings.MAIL_TRANSPORT)


def _of_a_recipient(code: int, words: str) -> HandingOver:
    """What it means that a server refused a recipient. Only one that it says does not exist is given up."""
    if _is_against_us(code, words):
        return HandingOver.NOT_FROM_US
    return HandingOver.NO_SUCH_ADDRESS if _says_no_such_address(code, words) else HandingOver.LATER


def _of_words(code: int, words: str) -> HandingOver:
    """What it means that a server refused a message after its recipient."""
    if _is_against_us(code, words):
        return HandingOver.NOT_FROM_US
    return HandingOver.REFUSED if code >= 500 and code != 552 else HandingOver.LATER  # 552: the mailbox is full


def _is_against_us(code: int, words: str) -> bool:
    """Whether it is about whoever sends: their order, their name, their reputation. A 554 without a status is so."""
    status = _status(words)
    return code in _CODES_AGAINST_US or status.startswith("5.7.") or (code == 554 and not status)


def _says_no_such_address(code: int, words: str) -> bool:
    if status := _status(words):
        return code >= 500 and status in NO_SUCH_ADDRESS
    if code not in _CODES_OF_ADDRESSES or _OF_SOMETHING_ELSE.search(words):
        return False
    return bool(_OF_A_MAILBOX.search(words) and _THAT_IS_NOT_THERE.search(words))


def _status(words: str) -> str:
    """The status with which a reply begins, as in `5.1.1 No such user`; empty where it has none."""
    found = re.match(r"[245]\.\d{1,3}\.\d{1,3}\b", words)
    return found[0] if found else ""


def _reply(problem: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException) -> tuple[int, str]:
    """The code of a server's reply, and its words. Each mail has one recipient."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(problem.recipients.values()))
    else:
        code, words = problem.smtp_code, problem.smtp_error
    return code, clean_line(words.decode("utf-8", "replace") if isinstance(words, bytes) else words)


def _said(problem: Exception) -> str:
    """The server's words, or the name of what went wrong, in one line."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException):
        code, words = _reply(problem)
        return f"{code} {words}"[:300]
    return clean_line(f"{type(problem).__name__}: {problem}")[:300]
