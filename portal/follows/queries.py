"""What somebody follows, and what moved of it: the lines of their home page, with why they see each."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils import timezone

from accounts.models import AnyUser, User
from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from audit.kinds import kind_of
from audit.models import AuditEvent
from core.inbox import Item, Reader, in_order, lines_of
from councils.models import Service
from councils.permissions import visible_organisations
from events.models import Event
from portal.models import FOLLOWED, Follow
from projects.needs.permissions import visible_needs
from projects.portfolio.permissions import visible_projects

MOST_MOVES = 100  # that a source gives to one mail
NO_SERVICE = "Of no one service"
NOT_READABLE = "Something that you may read no longer"


@dataclass(frozen=True)
class Move:
    """Something that moved, as a line; its service, and who did it where the audit trail has a line of it."""

    item: Item
    service: str
    by: int | None = None
    was_logged: bool = False


def followable(user: AnyUser, kind: str) -> QuerySet[Any]:
    """The records of a kind that somebody may read, and so follow."""
    rows: dict[str, QuerySet[Any]] = {
        "asset": visible_assets(user),
        "project": visible_projects(user),
        "need": visible_needs(user),
        "service": Service.objects.all(),
        "organisation": visible_organisations(user).councils(),
    }
    return rows[kind]


def kind_of_record(record: Model) -> str:
    return record._meta.model_name or ""


def follow_of(user: AnyUser, record: Model) -> Follow | None:
    """That a person follows a record; None where they do not."""
    if not user.is_authenticated:
        return None
    return Follow.objects.filter(person=user, **{kind_of_record(record): record}).first()


def follows_of(person: User) -> QuerySet[Follow]:
    """What a person follows, read with the records."""
    return Follow.objects.filter(person=person).select_related(*FOLLOWED)


def names_of(person: User, follows: Iterable[Follow]) -> dict[int, str]:
    """The name of what each follow is of, by the follow's key; of what its person may read no longer, that it is so."""
    follows = list(follows)
    keys = keys_by_kind(follows)
    readable = {
        kind: set(followable(person, kind).filter(pk__in=found).values_list("pk", flat=True))
        for kind, found in keys.items()
    }
    return {
        follow.pk: str(follow.record) if follow.record.pk in readable[follow.kind] else NOT_READABLE
        for follow in follows
    }


def keys_by_kind(follows: Iterable[Follow]) -> dict[str, frozenset[int]]:
    """The keys of what is followed, by kind, as a reader of lines carries them."""
    keys = defaultdict(set)
    for follow in follows:
        keys[follow.kind].add(getattr(follow, f"{follow.kind}_id"))
    return {kind: frozenset(found) for kind, found in keys.items()}


def services_of(records: Iterable[Model]) -> dict[tuple[str, int], dict[int, str]]:
    """The services of records, by kind and key: their keys with their names, in the order of these."""
    found: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    of_several: dict[type[Model], set[int]] = {Asset: set(), Event: set()}
    for record in records:
        if isinstance(record, Asset | Event):
            of_several[type(record)].add(record.pk)
        elif service := getattr(record, "service", None):
            found[_key(record)][service.pk] = service.name
    for model, keys in of_several.items():
        if keys:
            rows = model.services.through.objects.filter(**{f"{model._meta.model_name}__in": keys})  # type: ignore[attr-defined]  # both have them
            rows = rows.order_by("service__name").values_list(
                f"{model._meta.model_name}_id", "service_id", "service__name"
            )
            for key, service, name in rows:
                found[str(model._meta.model_name), key][service] = name
    return found


def _key(record: Model) -> tuple[str, int]:
    return kind_of_record(record), record.pk


def with_reasons(items: Sequence[Item], follows: Mapping[str, frozenset[int]]) -> list[Item]:
    """The lines, saying of those about something that is followed that this is why they are seen."""
    if not any(follows.values()):
        return list(items)
    services = services_of(item.about for item in items if item.about)
    return [replace(item, because=_reason(item, follows, services)) for item in items]


def _reason(
    item: Item, follows: Mapping[str, frozenset[int]], services: Mapping[tuple[str, int], Mapping[int, str]]
) -> str:
    if item.about is None:
        return item.because
    kind, key = _key(item.about)
    if key in follows.get(kind, ()):
        return "you follow it"
    followed = follows.get("service", frozenset())
    names = [name for service, name in services.get((kind, key), {}).items() if service in followed]
    return f"you follow {names[0]}" if names else item.because


def moves_of(
    person: User, follows: Sequence[Follow], *, since: dt.datetime, until: dt.date | None = None
) -> list[Move]:
    """What moved of what is followed since a moment and before a day, that this person may see now, the oldest first.

    These are the lines of the home page, each change once. The number of queries does not grow with what is followed.
    """
    if not follows:
        return []
    keys = keys_by_kind(follows)
    services = tuple(keys.get("service", ()))
    reader = Reader(person, since, services=services, follows=keys, most=MOST_MOVES)
    lines = [*lines_of("moved", reader), *lines_of("new", reader)]
    items = {item.change: item for item in lines if item.change and (until is None or (item.day or until) < until)}
    found = with_reasons(sorted(items.values(), key=in_order), keys)
    of_records, actors = services_of(item.about for item in found if item.about), _actors(found, since)
    moves = []
    for item in found:
        own = of_records.get(_key(item.about), {}) if item.about else {}
        names = [name for service, name in own.items() if service in services] or list(own.values())
        moves.append(
            Move(item, names[0] if names else NO_SERVICE, actors.get(item.change), was_logged=item.change in actors)
        )
    return moves


def _actors(items: Iterable[Item], since: dt.datetime) -> dict[str, int | None]:
    """Who made each change, as the audit trail has it: of the lines about the row, that nearest to the change.

    A change without a line since `since` is not in it.
    """
    rows = {item.change: tuple(item.change.split(":")[:2]) for item in items}
    lines: dict[tuple[str, str], list[tuple[dt.datetime, int | None]]] = defaultdict(list)
    events = AuditEvent.objects.filter(
        about_kind__in={_trail_kind(label) for label, _ in rows.values()},
        about_key__in={key for _, key in rows.values()},
        at__gte=since,
    )
    for kind, key, at, by in events.order_by("-at", "-pk").values_list("about_kind", "about_key", "at", "by"):
        lines[kind, key].append((at, by))
    found: dict[str, int | None] = {}
    for item in items:
        label, key = rows[item.change]
        if about := lines.get((_trail_kind(label), key)):
            moment = item.at if isinstance(item.at, dt.datetime) else about[0][0]
            found[item.change] = min(about, key=lambda line: abs(line[0] - moment))[1]
    return found


def _trail_kind(label: str) -> str:
    return kind_of(apps.get_model(label))


def by_service(moves: Iterable[Move]) -> list[tuple[str, list[Item]]]:
    """The lines under the names of their services, in the order of these; what is of none comes last."""
    found: dict[str, list[Item]] = defaultdict(list)
    for move in moves:
        found[move.service].append(move.item)
    return sorted(found.items(), key=lambda pair: (pair[0] == NO_SERVICE, pair[0]))


def beginning_of(day: dt.date) -> dt.datetime:
    """The beginning of a day in London."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
