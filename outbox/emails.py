"""The kinds of message whose words a library makes, and the digest: what its reader wants together."""

import datetime as dt

import structlog
from django.conf import settings

from accounts.models import User
from core import mail
from core.words import counted
from outbox.kinds import DIGEST, Letter, MessageKind, discover, kind, letter_of, register
from outbox.models import Message, Pace
from outbox.queries import paces_of

log = structlog.get_logger("site.mail")

State = Message.State
# A part that cannot be written is tried in the next digest too, be it a week later.
GIVEN_UP_AFTER = dt.timedelta(days=8)


CODE = register(
    MessageKind(
        "accounts.code",
        "A code to sign in with, or to show that an address is yours",
        holds_a_right=True,
        lasts=dt.timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT),
    )
)
LINK = register(
    MessageKind("accounts.link", "A link to set a new password, or the way to an account", holds_a_right=True)
)
NOTICE = register(MessageKind("accounts.notice", "Your password, an address or a second factor has changed"))
OTHER = register(MessageKind("outbox.other", "Anything else that the site has to tell you"))

# By the end of the template's name in allauth.
_OF_ALLAUTH = {
    "login_code": CODE,
    "email_confirmation": CODE,
    "email_confirmation_signup": CODE,
    "password_reset_key": LINK,
    # Of the same kind, so that a known and an unknown address cost and wait the same.
    "account_already_exists": LINK,
    "unknown_account": LINK,
}


def kind_of_allauth(template_prefix: str) -> MessageKind:
    """The kind of one of allauth's mails: those that give a right by name, all others tell of what has happened."""
    return _OF_ALLAUTH.get(template_prefix.rpartition("/")[2], NOTICE)


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
    sections = tuple(mail.MailPart(part.subject, words) for part, (_, words) in letters)
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
