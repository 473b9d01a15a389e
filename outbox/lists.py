"""What somebody was sent lately."""

from collections.abc import Iterable
from typing import Any

from core.listing import Line, Listing, Nothing, Sort
from core.words import moment_in_words
from outbox.kinds import discover
from outbox.models import Message
from outbox.queries import sent_lately

State = Message.State


_TO_ITS_READER: dict[str, str] = {
    State.WAITING: "About to be sent",
    State.SENDING: "About to be sent",
    State.IN_DIGEST: "Comes with your next messages that come together",
    State.HELD: "Held back, since your address took no mail",
    State.NOT_NEEDED: "Not sent, since it was no longer so",
    State.TURNED_OFF: "Not sent, since you turned it off",
}


def _subject(message: Message) -> str:
    """Its subject once it was written; before, what kind it is. One with a code is named by its kind alone."""
    kind = discover().get(message.kind)
    if kind is None:
        return message.subject or "A message"
    return kind.title if kind.holds_a_right else message.subject or kind.title


def _state(message: Message) -> str:
    if message.state == State.SENT and message.digest_id:
        return "Sent together with others"
    if message.state == State.FAILED and message.refusal:
        return f"Could not be sent: {message.refusal}"
    return _TO_ITS_READER.get(message.state) or message.get_state_display()


def _lines(messages: list[Message], user: Any) -> Iterable[Line]:
    for message in messages:
        facts = (_state(message), moment_in_words(message.sent_at or message.asked_at))
        yield Line(title=_subject(message), facts=facts)


SENT = Listing(
    name="my-messages",
    title="What was sent to me in the last 30 days",
    noun=("message", "messages"),
    rows=lambda user, asked: sent_lately(user),
    sorts=(Sort("newest", "Newest first", lambda rows: rows.order_by("-asked_at", "-pk")),),
    lines=_lines,
    columns=("Message", "State", "Asked for", "Sent"),
    cells=lambda messages: [
        (_subject(message), _state(message), message.asked_at, message.sent_at) for message in messages
    ],
    nothing=Nothing("Nothing in the last 30 days", "What is sent to you stands here for 30 days."),
    size=10,
)
