"""The kinds of message that the site sends. Each app declares its own in `emails.py`, beside their words:

@kind("councils.candidate_waits", "Somebody asks to join your council", about=Membership)
def candidate_waits(membership: Membership, to: User | None) -> Letter | None: ...
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.module_loading import autodiscover_modules

from accounts.models import User
from core.history import is_told
from core.mail import MailPart
from outbox.models import Message, Pace


@dataclass(frozen=True)
class Letter:
    """The words of a message: those of `<template>.txt`, whose first line is `Subject: …`, with `context`.

    `sections` follow these words, each under its heading. `attachments` are (file name, content, type). An answer goes
    to `reply_to` where that is given.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    attachments: tuple[tuple[str, str | bytes, str], ...] = ()
    reply_to: str = ""
    sections: tuple[MailPart, ...] = ()


@dataclass(frozen=True)
class MessageKind:
    """A kind of message; `title` says to its reader what it is.

    `write` is asked when a message is sent, so that it says what is true then, and answers None where nothing is left
    to say. A kind without it is written by whoever asks (`outbox.operations.queue_written`).
    """

    name: str
    title: str
    about: type[Model] | Callable[[], QuerySet] | None = None
    write: Callable[..., Letter | None] | None = None
    can_be_turned_off: bool = False
    default: Pace = Pace.AT_ONCE
    holds_a_right: bool = False  # its link or code lets its reader do something, so it goes first and is not kept
    lasts: dt.timedelta | None = None  # after which it would say nothing true
    began: str = ""  # the attribute, dotted, that says when what its record tells of began; empty: it tells of no past

    def __call__(self, about: Any, to: User | None = None, **details: Any) -> Letter | None:
        """The letter about a record to a person, None where there is nothing to say."""
        assert self.write is not None, f"{self.name} is written when it is asked for."
        return self.write(about, to, **details)

    def is_about_history(self, about: Model | None) -> bool:
        """Whether a record is of 2013 to 2015, whoever changes it today: nobody is written to about it."""
        return bool(self.began) and is_told(attrgetter(self.began)(about))

    def rows(self) -> QuerySet | None:
        """The records that it can be about, read with what its words need; None where it is about no record."""
        if isinstance(self.about, type):
            return self.about._default_manager.all()
        return self.about() if self.about else None


def letter_of(message: Message, kind: MessageKind) -> Letter | None:
    """The letter, about its record as it is now; None where the record is gone or there is nothing to say."""
    rows = kind.rows()
    about = None if rows is None else rows.filter(pk=message.about_id).first()
    return None if rows is not None and about is None else kind(about, message.person, **message.details)


def title_of(message: Message) -> str:
    """What a message is, to a reader; its bare name where this release does not know its kind."""
    kind = discover().get(message.kind)
    return kind.title if kind else message.kind


KINDS: dict[str, MessageKind] = {}
DIGEST = "outbox.digest"  # the kind of a message that holds others


def register(one: MessageKind) -> MessageKind:
    """Add a kind to the registry and return it."""
    assert one.name not in KINDS or KINDS[one.name].title == one.title, f"Two kinds are called {one.name}."
    assert one.can_be_turned_off or one.default is Pace.AT_ONCE, (
        f"{one.name} cannot be turned off, so it comes at once."
    )
    assert not (one.can_be_turned_off and one.holds_a_right), f"{one.name} holds a right, so it comes at once."
    KINDS[one.name] = one
    return one


def kind(
    name: str,
    title: str,
    *,
    about: type[Model] | Callable[[], QuerySet] | None,
    can_be_turned_off: bool = False,
    default: Pace = Pace.AT_ONCE,
    holds_a_right: bool = False,
    began: str = "",
) -> Callable[[Callable[..., Letter | None]], MessageKind]:
    """Declare a kind by the function that writes it. `about` is its model, or a function that gives a queryset."""

    def declare(write: Callable[..., Letter | None]) -> MessageKind:
        return register(MessageKind(name, title, about, write, can_be_turned_off, default, holds_a_right, began=began))

    return declare


@cache
def discover() -> dict[str, MessageKind]:
    """Every app's kinds, by name. Their modules are looked for once in a process."""
    autodiscover_modules("emails")
    return KINDS
