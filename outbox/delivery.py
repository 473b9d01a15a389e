"""Delivery: a message is claimed, handed to the mail server, and what came of it stands in its row.

Each step is committed by itself. A worker that dies between the handing over and the answer leaves a claim, which runs
out: that try counts as unsure, and the message goes again under the same Message-ID.
"""

import datetime as dt
from collections.abc import Callable

import structlog
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import translation

from accounts.addresses import is_placeholder
from core import clock, mail
from core.text import clean_text
from outbox import digests
from outbox.feet import foot_of, headers_of
from outbox.kinds import DIGEST, MessageKind, discover, letter_of
from outbox.models import Message, Pace, PausedAddress
from outbox.operations import write_again
from outbox.queries import due, is_paused, pace_of
from outbox.transport import HandingOver, ServerAnswer, Transport

log = structlog.get_logger("site.mail")

State = Message.State
FIRST_WAIT, LONGEST_WAIT = dt.timedelta(seconds=30), dt.timedelta(hours=4)
GIVEN_UP_AFTER = dt.timedelta(days=2)
MOST_UNSURE = 10  # so that a message whose sending is never noted does not come for ever
CLAIM_LASTS = dt.timedelta(minutes=5)  # longer than a mail server that hangs at every step


class UnknownKind(Exception):
    """A message of a kind that this release does not know; a newer one may."""


def deliver_due(worker: str = "", *, goes_on: Callable[[], bool] = lambda: True) -> bool:
    """Send all that is due, over one connection. False where the mail server is better left alone for a while."""
    transport = Transport()
    try:
        while goes_on() and (message := claim(worker)):
            if not _deliver(message, transport):
                return False
    finally:
        transport.close()
    return True


def claim(worker: str = "") -> Message | None:
    """The next message that is due, now this worker's to send; None where there is none."""
    before = clock.now() - CLAIM_LASTS
    if not due(claims_from_before=before).exists():
        return None  # asked without a lock, since most of the time it is so
    with transaction.atomic():
        rows = due(claims_from_before=before).select_related("person")
        message = rows.select_for_update(of=("self",), skip_locked=True).first()
        if message is None:
            return None
        if message.state == State.SENDING:
            message.unsure += 1
            log.warning("message_claim_ran_out", message=message.pk, worker=message.claimed_by)
        message.state, message.claimed_at, message.claimed_by = State.SENDING, clock.now(), worker
        message.tries += 1
        message.save(update_fields=["state", "claimed_at", "claimed_by", "tries", "unsure"])
    return message


def take_back(worker: str) -> int:
    """Let what an earlier worker of this name was sending go again, counted as unsure; returns how many."""
    return Message.objects.filter(state=State.SENDING, claimed_by=worker).update(
        state=State.WAITING, unsure=F("unsure") + 1, next_try_at=clock.now()
    )


def _deliver(message: Message, transport: Transport) -> bool:
    """Send one message and write down what came of it. False where the server cannot be reached or takes none of us."""
    kind = discover().get(message.kind)
    try:
        with translation.override(message.language):
            sent = _written(message, kind)
    except Exception as fault:  # of whoever wrote the letter; all others go on
        log.exception("message_not_written", message=message.pk, kind=message.kind)
        _put_off(message, kind, f"{type(fault).__name__} while it was written")
        return True
    if isinstance(sent, Message.State):
        _end(message, kind, sent, message.refusal or "Given up." if sent == State.FAILED else "")
        return True
    answer = transport.hand_over(sent)
    log.info("message_tried", message=message.pk, kind=message.kind, outcome=answer.outcome.name.lower())
    _note(message, kind, sent, answer)
    return answer.outcome not in {HandingOver.UNREACHED, HandingOver.UNSURE, HandingOver.NOT_FROM_US}


def _written(message: Message, kind: MessageKind | None) -> EmailMultiAlternatives | Message.State:
    """The mail as it is true now, or the state of a message that is not to be sent."""
    if kind is None:
        raise UnknownKind(message.kind)
    if why_not := _why_not(message, kind):
        return why_not
    if kind.write is None:
        return _addressed(message, message.subject, message.body)
    letter = letter_of(message, kind)
    if letter is None:
        return State.NOT_NEEDED
    subject, body = mail.written(letter.template, letter.context)
    foot = foot_of(message, kind)
    sent = _addressed(message, subject, mail.signed(body, foot, letter.sections))
    sent.extra_headers |= headers_of(foot)
    sent.reply_to = [letter.reply_to] if letter.reply_to else []
    sent.attach_alternative(mail.as_html(subject, body, foot, letter.sections), "text/html")
    for attachment in letter.attachments:
        sent.attach(*attachment)
    return sent


def _why_not(message: Message, kind: MessageKind) -> Message.State | None:
    """The state of a message that is not to be sent now; None for one that is."""
    if (message.person and not message.person.is_active) or is_placeholder(message.to) or "@" not in message.to:
        return State.NOT_NEEDED
    if (kind.lasts and message.age > kind.lasts) or message.unsure >= MOST_UNSURE:
        return State.FAILED
    pace = pace_of(message.person, kind)
    if pace == Pace.OFF:
        return State.TURNED_OFF
    if pace != Pace.AT_ONCE:
        return State.IN_DIGEST
    # A code is tried all the same: without it nobody could sign in and say that the address takes mail again.
    return State.HELD if not kind.holds_a_right and is_paused(message.to) else None


def _addressed(message: Message, subject: str, body: str) -> EmailMultiAlternatives:
    return EmailMultiAlternatives(subject, body, to=[message.to], headers={"Message-ID": message.message_id})


def _note(message: Message, kind: MessageKind | None, sent: EmailMessage, answer: ServerAnswer) -> None:
    """Write down what the server answered."""
    if answer.outcome is HandingOver.TAKEN:
        _note_sent(message, kind, sent)
    elif answer.outcome is HandingOver.NO_SUCH_ADDRESS:
        with transaction.atomic():
            _end(message, kind, State.FAILED, answer.words)
            paused = PausedAddress(address=message.to, person=message.person, words=answer.words)
            PausedAddress.objects.bulk_create([paused], ignore_conflicts=True)
    elif answer.outcome is HandingOver.REFUSED:
        _end(message, kind, State.FAILED, answer.words)
    else:
        _put_off(message, kind, answer.words, is_unsure=answer.outcome is HandingOver.UNSURE)


def _note_sent(message: Message, kind: MessageKind, sent: EmailMessage) -> None:
    # A code stands in the subject too.
    subject, body = ("", "") if kind.holds_a_right else (sent.subject[:300], clean_text(sent.body))
    with transaction.atomic():
        # Whoever has claimed it meanwhile: sent is sent.
        Message.objects.filter(pk=message.pk).exclude(state=State.SENT).update(
            state=State.SENT, sent_at=clock.now(), subject=subject, body=body, refusal=""
        )
        if kind.name == DIGEST:
            digests.note_parts(message, State.SENT)
    if kind.holds_a_right and is_paused(message.to):
        write_again(message.to)


def _mine(message: Message) -> QuerySet[Message]:
    """The row, unless its claim ran out and another worker has it."""
    return Message.objects.filter(pk=message.pk, state=State.SENDING, claimed_at=message.claimed_at)


def _end(message: Message, kind: MessageKind | None, state: Message.State, refusal: str) -> None:
    """Let a message wait no longer. Words that give a right are not kept, sent or not."""
    wiped = {"subject": "", "body": ""} if kind is None or kind.holds_a_right else {}
    with transaction.atomic():
        said = refusal or message.refusal
        is_mine = _mine(message).update(state=state, refusal=said, unsure=message.unsure, **wiped)
        if is_mine and kind is not None and kind.name == DIGEST:
            digests.note_parts(message, state)


def _put_off(message: Message, kind: MessageKind | None, words: str, *, is_unsure: bool = False) -> None:
    """Try again after a wait that doubles each time; after two days give up."""
    message.unsure += is_unsure
    wait = min(FIRST_WAIT * 2 ** min(message.tries - 1, 20), LONGEST_WAIT)
    if message.age + wait > GIVEN_UP_AFTER:
        _end(message, kind, State.FAILED, words)
        return
    again_at = clock.now() + wait
    _mine(message).update(state=State.WAITING, unsure=message.unsure, next_try_at=again_at, refusal=words)
