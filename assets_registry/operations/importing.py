"""Entering the assets of a whole folder or catalogue, file by file: a bad one is told of and keeps none out."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import transaction

from accounts.models import User
from assets_registry import publiccode
from assets_registry.bulk import Record
from assets_registry.models import Asset
from assets_registry.operations.register import change_asset, register_asset
from assets_registry.permissions import can_register_asset
from assets_registry.repositories import MOST
from core.answering import refused_or
from core.permissions import require
from councils.models import Organisation

BATCH = 200
_COLUMNS = ("name", "summary", "description", "repository_url", "licence", "version", "released_on", "phase")
_MOST = {"name": 120, "summary": 150, "version": 40, "repository_url": MOST}  # characters that an entry has room for


@dataclass(frozen=True)
class Fault:
    """Why a file did not come in: its name, the line where it is known, the key and what is wrong there."""

    name: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.name}:{self.line}: {self.reason}" if self.line else f"{self.name}: {self.reason}"


@dataclass
class ImportTally:
    """What became of the files so far."""

    registered: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    faults: list[Fault] = field(default_factory=list)  # of the batch that has just been done

    @property
    def done(self) -> int:
        return self.registered + self.changed + self.unchanged + self.refused


def import_assets(records: Iterable[Record], *, owner: Organisation, by: User) -> Iterator[ImportTally]:
    """Enter each file as a draft of `owner`, or change its entry; yields what became of them after each batch.

    A batch is kept as a whole before the next is read, so that a run that was broken off goes on where it stopped: what
    came in before is skipped by its content, unread.
    """
    require(can_register_asset(by, owner), "Only confirmed contributors of the owner can register its assets.")
    return _import(records, owner=owner, by=by)


def _import(records: Iterable[Record], *, owner: Organisation, by: User) -> Iterator[ImportTally]:
    tally, rest = ImportTally(), iter(records)
    while batch := list(islice(rest, BATCH)):
        tally.faults = []
        _import_batch(batch, tally, owner=owner, by=by)
        yield tally


@transaction.atomic
def _import_batch(batch: list[Record], tally: ImportTally, *, owner: Organisation, by: User) -> None:
    hashes = [hashlib.sha256(record.content).hexdigest() for record in batch]
    kept = Asset.objects.filter(owner=owner, import_hash__in=hashes).exclude(state=Asset.State.WITHDRAWN)
    known = set(kept.values_list("import_hash", flat=True))
    for record, mark in zip(batch, hashes, strict=True):
        if mark in known:
            tally.unchanged += 1
            continue
        with transaction.atomic():
            is_new, faults = _import_one(record, owner=owner, by=by, mark=mark)
        tally.faults += faults
        if faults:
            tally.refused += 1
            continue
        known.add(mark)
        if is_new:
            tally.registered += 1
        else:
            tally.changed += 1


def _import_one(record: Record, *, owner: Organisation, by: User, mark: str) -> tuple[bool, list[Fault]]:
    """Whether a file made a new entry, and why it did not come in."""
    try:
        found = publiccode.find(publiccode.decoded(record.content))
    except publiccode.Unreadable as problem:
        return False, [Fault(record.name, 0, str(problem))]
    if wrong := [*publiccode.problems(found.data), *_too_long(found.data)]:
        return False, [Fault(record.name, found.line_of(each.key), f"{each.key}: {each.sentence}") for each in wrong]
    data, people = publiccode.without_people(found.data)
    said = publiccode.fields_of(data)
    entry = {column: said[column] for column in _COLUMNS if column in said}
    entry |= {"publiccode": data, "left_out": [*people, *found.dropped]}
    asset, refusal = refused_or(_enter, entry, owner=owner, by=by, mark=mark)
    if asset is None:
        return False, [Fault(record.name, found.line_of("url"), refusal)]
    return asset[1], []


def _enter(entry: dict[str, Any], *, owner: Organisation, by: User, mark: str) -> tuple[Asset, bool]:
    """The entry, and whether it is new. The repository of another owner is refused as already registered."""
    before = Asset.objects.of_repository(entry["repository_url"]).filter(owner=owner).first()
    if before:
        asset = change_asset(before, by=by, **entry)
    else:
        asset = register_asset(by=by, owner=owner, kind=Asset.Kind.CODE, source="Imported", **entry)
    Asset.objects.filter(pk=asset.pk).update(import_hash=mark)
    return asset, before is None


def _too_long(data: dict[str, Any]) -> Iterator[publiccode.Problem]:
    """What the standard allows and an entry has no room for."""
    said = publiccode.fields_of(data)
    for name, most in _MOST.items():
        if len(said.get(name, "")) > most:
            key = "/".join(publiccode.key_of(name, data))
            yield publiccode.Problem(key, f"has more than {most:,} characters, which an entry has no room for")
