"""The words of a digest: the messages that its reader wants together, each under its own heading."""

import datetime as dt

import structlog

from accounts.models import User
from core import mail
from core.words import counted
from outbox.kinds import DIGEST, Letter, discover, kind, letter_of
from outbox.models import Message, Pace
from outbox.queries import paces_of

log = structlog.get_logger("site.mail")

State = Message.State
# A part that cannot be written is tried in the next digest too, be it a week later.
GIVEN_UP_AFTER = dt.timedelta(days=8)


@kind(DIGEST, "You chose to have these messages together", about=None)
def digest(about: None, to: User, day: str) -> Letter | None:
    """What its parts say now; None where none of them has anything left to say.

    Each part remembers its subject, or why it is not in it. At a second try the parts are the same, or fewer.
    """
    parts = list(
        Message.objects.filter(digest__person=to, digest__details__day=day, state=State.IN_DIGEST)
        .select_related("person")
        .order_by("asked_at", "pk")
    )
    paces = paces_of(to)
    letters = [(part, letter) for part in parts if (letter := _letter_of_part(part, paces))]
    sections = tuple(mail.Section(part.subject, words) for part, (_, words) in letters)
    Message.objects.bulk_update(parts, ["state", "subject", "digest", "refusal"])
    if not sections:
        return None
    context = {
        "subject": sections[0].heading,
        "others": len(sections) - 1,
        "messages": counted(len(sections), "message"),
        "since": parts[0].asked_at,
    }
    attachments = [each for _, (letter, _) in letters for each in letter.attachments]
    return Letter("emails/digest", context, attachments=tuple(attachments), sections=sections)


def _letter_of_part(part: Message, paces: dict[str, str]) -> tuple[Letter, str] | None:
    """The letter of a part with its words; None where it is not to be in the digest, which the part then says."""
    if paces.get(part.kind) == Pace.OFF:
        part.state = State.TURNED_OFF
        return None
    try:
        letter = letter_of(part, discover()[part.kind])
        if letter is None:
            part.state = State.NOT_NEEDED
            return None
        part.subject, words = mail.written(letter.template, letter.context)
    except Exception as fault:  # of whoever wrote it; the other parts go
        log.exception("part_not_written", message=part.pk, kind=part.kind)
        part.digest, part.refusal = None, f"{type(fault).__name__} while it was written"
        if part.age > GIVEN_UP_AFTER:
            part.state = State.FAILED
        return None
    part.subject = part.subject[:300]
    return letter, words + (f"\n\nTo answer, write to {letter.reply_to}" if letter.reply_to else "")
