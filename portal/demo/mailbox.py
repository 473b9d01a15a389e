"""Reads the mails that an embedded site has written to files, one file for each connection."""

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

_RULE = b"-" * 79


@dataclass(frozen=True)
class SentMail:
    """One mail; `words` is its plain text, `attachments` are their names."""

    to: str
    subject: str
    sent: str
    words: str
    attachments: list[str]

    @property
    def facts(self) -> list[tuple[str, str]]:
        return [("To", self.to), ("Sent", self.sent)]


def messages(*, newest: int = 50) -> list[SentMail]:
    """The newest mails first; none where mail goes to a real server."""
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", None) or settings.PORTAL_DATA / "mail")
    if not folder.is_dir():
        return []
    found: list[SentMail] = []
    for path in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)[:newest]:
        for raw in reversed(path.read_bytes().split(_RULE)):
            if raw.strip():
                found.append(_read(raw.lstrip()))
    return found[:newest]


def _read(raw: bytes) -> SentMail:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # the default policy makes no other
    body = message.get_body(("plain",))
    return SentMail(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent=str(message["Date"]),
        words=body.get_content() if body else "",
        attachments=[part.get_filename() or "attachment" for part in message.iter_attachments()],
    )
