"""What is due, what somebody chose, and what went wrong."""

import datetime as dt
from collections import Counter

from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When

from accounts.models import User
from core import clock
from outbox.kinds import MessageKind, discover
from outbox.models import Message, MessageChoice, Pace, PausedAddress

State = Message.State
WORDS_KEPT = dt.timedelta(days=30)


def due(*, claims_from_before: dt.datetime) -> QuerySet[Message]:
    """Messages to send now: those with a right first, then the longest due.

    One that is being sent since before `claims_from_before` has lost its worker.
    """
    urgent = [one.name for one in discover().values() if one.holds_a_right]
    order = Case(When(kind__in=urgent, then=Value(0)), default=Value(1), output_field=IntegerField())
    lost = Q(state=State.SENDING, claimed_at__lt=claims_from_before)
    return Message.objects.filter(
        Q(state=State.WAITING) | lost, state__in=[State.WAITING, State.SENDING], next_try_at__lte=clock.now()
    ).order_by(order, "next_try_at", "pk")


def not_needed(kind: MessageKind, about: Model) -> Counter[int | None]:
    """How many messages of a kind about a record were dropped as no longer true, by the key of their reader."""
    dropped = Message.objects.filter(kind=kind.name, about_id=about.pk, state=State.NOT_NEEDED)
    return Counter(dropped.values_list("person", flat=True))


def pace_of(person: User | None, kind: MessageKind) -> str:
    """How often a person gets messages of a kind: what they chose, else the kind's default."""
    if not kind.can_be_turned_off or person is None:
        return Pace.AT_ONCE
    chosen = MessageChoice.objects.filter(person=person, kind=kind.name).values_list("pace", flat=True).first()
    return chosen or kind.default


def paces_of(person: User) -> dict[str, str]:
    """How often a person gets each kind that can be turned off, by the names of these."""
    chosen = dict(MessageChoice.objects.filter(person=person).values_list("kind", "pace"))
    return {one.name: chosen.get(one.name, one.default) for one in discover().values() if one.can_be_turned_off}


def was_queued(kind: MessageKind, about: Model) -> bool:
    """Whether a message of a kind about a record was asked for, as far back as messages are kept."""
    return Message.objects.filter(kind=kind.name, about_id=about.pk).exists()


def sent_lately(person: User) -> QuerySet[Message]:
    """What was asked for, for a person, in the last 30 days, which is how long its words are kept."""
    return Message.objects.filter(person=person, asked_at__gte=clock.now() - WORDS_KEPT)


def is_paused(address: str) -> bool:
    """Whether nothing is sent to an address, since its mail server said that it does not exist."""
    return PausedAddress.objects.filter(address__iexact=address).exists()


def paused_address_of(person: User) -> PausedAddress | None:
    """That a person's own address takes no mail, since when and why; None where it does."""
    return PausedAddress.objects.filter(address__iexact=person.email).first()


def kept_back(address: str, *, of: User | None = None) -> QuerySet[Message]:
    """What waits until an address takes mail: what is held for it, and what failed there when it was paused.

    `of` is the person whose own address it was until now. What failed is known by what the server said; words that are
    no longer kept are not sent any more (`is_wiped`).
    """
    said = PausedAddress.objects.filter(address__iexact=address).exclude(words="").values("words")
    of_libraries = [one.name for one in discover().values() if one.write is None]
    failed_there = Message.objects.filter(state=State.FAILED, refusal__in=said).exclude(kind__in=of_libraries, body="")
    whole = failed_there.filter(not_before__gte=clock.now() - WORDS_KEPT)
    to_it = (
        Q(address="", person=of) if of else Q(address__iexact=address) | Q(address="", person__email__iexact=address)
    )
    return Message.objects.filter(Q(state=State.HELD) | Q(pk__in=whole.values("pk"))).filter(to_it)


def is_wiped(message: Message) -> bool:
    """Whether the words of a message are gone, or what they were made of.

    A code's are once it was tried, all others' after a month.
    """
    kind = discover().get(message.kind)
    return kind is None or (kind.write is None and not message.body) or message.age > WORDS_KEPT


def overdue(*, since: dt.datetime) -> QuerySet[Message]:
    """Messages that wait since before `since`, although nothing holds them up but the mail server or the worker."""
    waiting = Message.objects.filter(state__in=[State.WAITING, State.SENDING], not_before__lt=since)
    return waiting.order_by("not_before")


def failed(*, since: dt.datetime) -> QuerySet[Message]:
    """Messages that were given up, of those asked for after `since`."""
    return Message.objects.filter(state=State.FAILED, asked_at__gte=since)


def unsure(*, since: dt.datetime) -> QuerySet[Message]:
    """Messages asked for after `since` that may have come more than once."""
    return Message.objects.filter(unsure__gt=0, asked_at__gte=since)
