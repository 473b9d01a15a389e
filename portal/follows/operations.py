"""Following and no longer following; asking for the mails that tell what moved."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Exists, Model, OuterRef

from accounts.models import User
from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from core.permissions import require
from core.schedules import do_each
from councils.models import Organisation
from outbox.digests import COMES_AT
from outbox.operations import queue_message
from portal.follows.emails import change_digest, followed_moved, follows_digest, told_otherwise
from portal.follows.queries import beginning_of, followable, kind_of_record, moves_of
from portal.models import FOLLOWED, Follow

Rhythm = Follow.Rhythm
MOST = 100
STOP = "stop"  # instead of a rhythm
# What may have moved when the audit trail has a new line about one of these.
TELLING = (
    "assets_registry.adoption",
    "assets_registry.asset",
    "events.event",
    "projects.need",
    "projects.project",
    "projects.prototype",
    "publishing.casestudypage",
    "publishing.newspage",
    "steering.decision",
    "voting.ballot",
)
# A change is logged a little before its transaction ends, so the last look is taken again.
OVERLAP = dt.timedelta(minutes=1)


@transaction.atomic
def follow(record: Model, *, rhythm: str, by: User) -> Follow:
    """Follow a record, or change how often one hears of it. Sent twice, it makes one row."""
    kind = kind_of_record(record)
    require(by.is_authenticated and by.is_active, "Sign in to follow something.")
    require(kind in FOLLOWED and followable(by, kind).filter(pk=record.pk).exists(), "You may not read this.")
    User.objects.select_for_update().get(pk=by.pk)
    now, rhythm = clock.now(), Rhythm(rhythm)
    one = Follow.objects.filter(person=by, **{kind: record}).first()
    if one is None:
        if Follow.objects.filter(person=by).count() >= MOST:
            raise Refused(f"You follow {MOST} things. Stop following one of them to follow this.")
        return Follow.objects.create(person=by, rhythm=rhythm, followed_at=now, looked_at=now, **{kind: record})
    _change([one], rhythm, now)
    return one


def stop_following(record: Model, *, by: User) -> None:
    """No longer follow a record, whether or not one did."""
    kind = kind_of_record(record)
    require(by.is_authenticated and by.is_active and kind in FOLLOWED, "Sign in to follow something.")
    Follow.objects.filter(person=by, **{kind: record}).delete()


@transaction.atomic
def choose_rhythms(person: User, *, rhythms: Mapping[int, str], by: User) -> None:
    """Change how often somebody hears of each thing that they follow, by the keys of their follows; or stop."""
    require(by == person, "Everybody says for themselves what they follow.")
    now, follows = clock.now(), Follow.objects.select_for_update().filter(person=person).in_bulk(list(rhythms))
    for chosen in {*rhythms.values()}:
        these = [follow for key, follow in follows.items() if rhythms[key] == chosen]
        if chosen == STOP:
            Follow.objects.filter(pk__in=[follow.pk for follow in these]).delete()
        else:
            _change(these, Rhythm(chosen), now)


def _change(follows: list[Follow], rhythm: Rhythm, now: dt.datetime) -> None:
    """Set the rhythm of those that have another. What moved before is not told at once."""
    for one in follows:
        if one.rhythm != rhythm:
            one.rhythm, one.looked_at = rhythm, now
    Follow.objects.bulk_update(follows, ["rhythm", "looked_at"])


def follow_instead(was: Organisation, now: Organisation) -> None:
    """Let whoever follows one council follow another instead, in the same rhythm; who follows both keeps that one.

    Part of the transaction in which a council's work goes over, or one that was founded in vain goes.
    """
    # Locked as `follow` locks them, so that nobody begins to follow the other meanwhile.
    list(User.objects.select_for_update().filter(follows__organisation=was).order_by("pk"))
    both = Follow.objects.filter(organisation=now).values("person")
    Follow.objects.filter(organisation=was).exclude(person__in=both).update(organisation=now)
    Follow.objects.filter(organisation=was).delete()


def ask_for_digests() -> None:
    """Ask for the digest of yesterday, and for that of the week that ended with Sunday; each once."""
    today = clock.today()
    _ask_for_digest(Rhythm.DAILY, today)
    _ask_for_digest(Rhythm.WEEKLY, today - dt.timedelta(days=today.weekday()))


def _ask_for_digest(rhythm: Rhythm, day: dt.date) -> None:
    """Ask for the digest of what moved before `day` to all who followed something in this rhythm before it.

    Whoever begins in the middle of a week hears of it when that week is over.
    """
    people = User.objects.filter(
        is_active=True, follows__rhythm=rhythm, follows__looked_at__lt=beginning_of(day)
    ).distinct()
    queue_message(
        follows_digest,
        None,
        to=list(people.order_by("pk")),
        key=f"{rhythm.value} {day.isoformat()}",
        not_before=dt.datetime.combine(day, COMES_AT, clock.LONDON),
        rhythm=rhythm.value,
        day=day.isoformat(),
    )


def tell_at_once() -> None:
    """Ask for a mail about each change of what is followed at once, to those who did not make it themselves."""
    news = AuditEvent.objects.filter(about_kind__in=TELLING, at__gt=OuterRef("looked_at"))
    due = Follow.objects.filter(Exists(news), rhythm=Rhythm.AT_ONCE, person__is_active=True)
    do_each(_tell, User.objects.filter(pk__in=due.values("person")).order_by("pk"))


@transaction.atomic
def _tell(person: User) -> None:
    now = clock.now()
    follows = list(Follow.objects.select_for_update().filter(person=person, rhythm=Rhythm.AT_ONCE))
    if not follows:
        return
    since = min(one.looked_at for one in follows)
    moves = moves_of(person, follows, since=since)
    told = told_otherwise(person, moves)
    for move in moves:
        # What is known to a day alone counts as new where something was logged since.
        is_new = isinstance(move.item.at, dt.datetime) or move.was_logged
        is_own = move.was_logged and move.by == person.pk
        if is_new and not is_own and move.item.change not in told:
            change = change_digest(move.item)
            queue_message(followed_moved, None, to=person, key=change, change=change, since=since.isoformat())
    for one in follows:
        one.looked_at = max(one.looked_at, now - OVERLAP)
    Follow.objects.bulk_update(follows, ["looked_at"])
