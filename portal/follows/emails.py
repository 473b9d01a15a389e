"""The words of the mails about what somebody follows."""

import datetime as dt
import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from core.inbox import Item
from core.mail import MailPart
from outbox.kinds import Letter, kind
from portal.follows.queries import Move, beginning_of, by_service, follows_of, moves_of
from portal.models import Follow
from projects.models import Need, NeedSupport

DAYS = {Follow.Rhythm.DAILY: 1, Follow.Rhythm.WEEKLY: 7}


def change_digest(item: Item) -> str:
    """What names a change in the rows of the outbox, without its words."""
    return hashlib.sha256(item.change.encode()).hexdigest()[:32]


@kind(
    "portal.followed_moved",
    "Something moved that you follow and want to hear of at once",
    about=None,
    can_be_turned_off=True,
)
def followed_moved(about: None, to: User, change: str, since: str) -> Letter | None:
    """One change, as its reader may see it when it is sent; None where they may not, or no longer follow it."""
    follows = list(follows_of(to).filter(rhythm=Follow.Rhythm.AT_ONCE))
    moves = moves_of(to, follows, since=dt.datetime.fromisoformat(since))
    item = next((move.item for move in moves if change_digest(move.item) == change), None)
    if item is None:
        return None
    context = {"person": to, "item": item, "url": _address(item.url), "follows": _address(reverse("follows"))}
    return Letter("emails/followed_moved", context)


@kind("portal.follows_digest", "What moved of all that you follow, daily or weekly", about=None, can_be_turned_off=True)
def follows_digest(about: None, to: User, rhythm: str, day: str) -> Letter | None:
    """What moved before `day` and their reader may see now, one line each under its service; None where nothing did."""
    until = dt.date.fromisoformat(day)
    since = until - dt.timedelta(days=DAYS[Follow.Rhythm(rhythm)])
    follows = list(follows_of(to).filter(rhythm=rhythm, looked_at__lt=beginning_of(until)))
    moves = [
        move
        for move in moves_of(to, follows, since=beginning_of(since), until=until)
        if not (move.was_logged and move.by == to.pk)
    ]
    if not moves:
        return None
    context = {
        "person": to,
        "number": len(moves),
        "is_weekly": rhythm == Follow.Rhythm.WEEKLY,
        "since": since,
        "until": until - dt.timedelta(days=1),
        "follows": _address(reverse("follows")),
    }
    sections = tuple(MailPart(name, "\n\n".join(_line(item) for item in items)) for name, items in by_service(moves))
    return Letter("emails/follows_digest", context, sections=sections)


def told_otherwise(person: User, moves: Iterable[Move]) -> set[str]:
    """The changes of needs that somebody raised or joined: what came of these they are written to by name."""
    needs = {move.item.change: move.item.about for move in moves if isinstance(move.item.about, Need)}
    joined = NeedSupport.objects.filter(need__in=set(needs.values()), joined_by=person).values_list("need", flat=True)
    own = set(joined) if needs else set()
    return {change for change, need in needs.items() if need.raised_by_id == person.pk or need.pk in own}


def _line(item: Item) -> str:
    when = f"{item.when}. " if item.when else ""
    why = f" Because {item.because}." if item.because else ""
    return f"{item.title}: {when}{item.note}{why}\n{_address(item.url)}"


def _address(path: str) -> str:
    return settings.BASE_URL + path if path.startswith("/") else path
