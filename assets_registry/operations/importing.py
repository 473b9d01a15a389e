"""Entering the assets of a whole folder or catalogue, batch by batch: a bad file is told of and keeps none out.

The rules are those of an entry that is made by form (`register`): each file is read and checked on its own, then a
batch is written in as many statements however many files it has.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import DataError, IntegrityError, transaction

from accounts.models import User
from assets_registry import licences, publiccode
from assets_registry.bulk import Record
from assets_registry.links.operations import remember_named_bases
from assets_registry.models import Asset, MovedRepository, repository_key
from assets_registry.operations.register import (
    TAKEN_ADDRESSES,
    AlreadyRegistered,
    check_entry,
    refuse_a_long_file,
    set_fields,
)
from assets_registry.permissions import NOT_YOURS, can_edit_asset, can_register_asset, visible_assets
from assets_registry.repositories import MOST
from assets_registry.versions.operations import remember_versions
from audit.models import AuditEvent
from audit.operations import line
from core import clock
from core.addresses import free_slugs
from core.answering import refused_or
from core.permissions import require
from core.signals import rows_changed
from councils.models import Organisation

BATCH = 2_000  # files
BATCH_BYTES = 4 * 1024 * 1024  # of what they say
_COLUMNS = ("name", "summary", "description", "repository_url", "licence", "version", "released_on", "phase")
_MOST = {"name": 120, "summary": 150, "version": 40, "repository_url": MOST}  # characters that an entry has room for
_WRITTEN = (*_COLUMNS, "repository_key", "publiccode", "left_out", "checked_on", "import_hash", "updated_at")
Beside = dict[str, set[str]]  # by the key of a repository all the keys that it ever had
_MET_ANOTHER = "Somebody else entered it at the same moment. Import it again."
_NO_ROOM = "It says something that an entry has no room for."


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

    def refuse(self, faults: list[Fault]) -> None:
        self.refused += 1
        self.faults += faults

    def add(self, other: "ImportTally") -> None:
        self.registered += other.registered
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.refused += other.refused
        self.faults += other.faults


@dataclass(frozen=True)
class _ReadFile:
    """What a file says of its entry, in order by all that can be told without the others."""

    record: Record
    mark: str  # of its content
    lines: publiccode.Contents
    asset: Asset  # as it would be entered, unsaved
    said: dict[str, Any]
    key: str  # of its repository

    def fault(self, key: str, reason: str) -> Fault:
        return _fault(self.record, self.lines.line_of(key), reason)


def import_assets(records: Iterable[Record], *, owner: Organisation, by: User) -> Iterator[ImportTally]:
    """Enter each file as a draft of `owner`, or change its entry; yields what became of them after each batch.

    A batch is kept as a whole before the next is read, so that a run that was broken off goes on where it stopped: what
    came in before is skipped by its content, unread.
    """
    require(can_register_asset(by, owner), "Only confirmed contributors of the owner can register its assets.")
    return _import(records, owner=owner, by=by)


def _import(records: Iterable[Record], *, owner: Organisation, by: User) -> Iterator[ImportTally]:
    tally = ImportTally()
    for batch in _batches(records):
        tally.faults = []
        # Under no name of its own, so that two batches are never held at once.
        _write_batch(_read_batch(batch, tally, owner=owner, by=by), tally, owner=owner, by=by)
        yield tally


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    size = 0
    for record in records:
        batch.append(record)
        size += len(record.content)
        if len(batch) == BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read_batch(batch: list[Record], tally: ImportTally, *, owner: Organisation, by: User) -> list[_ReadFile]:
    """The files of a batch that are new or another than before, and in order; outside any transaction."""
    marks = [hashlib.sha256(record.content).hexdigest() for record in batch]
    kept = Asset.objects.filter(owner=owner, import_hash__in=marks).exclude(state=Asset.State.WITHDRAWN)
    known = set(kept.values_list("import_hash", flat=True))
    found = []
    for record, mark in zip(batch, marks, strict=True):
        if mark in known:
            tally.unchanged += 1
        elif isinstance(read := _read(record, mark, owner=owner, by=by), _ReadFile):
            found.append(read)
        else:
            tally.refuse(read)
    return found


def _named(problem: publiccode.Problem) -> str:
    """What is wrong with a key, with its whole name; a sentence that begins with the end of that says it once."""
    last = problem.key.rpartition("/")[2]
    if problem.sentence.startswith(f"{last} "):
        return problem.key + problem.sentence.removeprefix(last)
    return f"{problem.key}: {problem.sentence}"


def _read(record: Record, mark: str, *, owner: Organisation, by: User) -> _ReadFile | list[Fault]:
    """A file with the entry that it makes, or what is wrong with it."""
    try:
        found = publiccode.find(publiccode.decoded(record.content))
    except publiccode.Unreadable as problem:
        return [_fault(record, 0, str(problem))]
    data, people = publiccode.without_people(found.data)
    said = publiccode.fields_of(data)
    if wrong := [*publiccode.problems(found.data), *_too_long(said, data)]:
        return [_fault(record, found.line_of(each.key), _named(each)) for each in wrong]
    said = {column: said[column] for column in _COLUMNS if column in said}
    said |= {"publiccode": data, "left_out": [*people, *found.dropped]}
    key = repository_key(said["repository_url"])
    asset = Asset(
        **said,
        repository_key=key,
        owner=owner,
        kind=Asset.Kind.CODE,
        registered_by=by,
        registered_at=clock.now(),
        checked_on=clock.today(),
        source="Imported",
        import_hash=mark,
    )
    # A file in order, whose entry says what it says, is handed out as it is kept: there is nothing more to check.
    touched = [key for key, value in found.data.items() if people and value != data.get(key)]
    is_in_order = not touched or not publiccode.problems_in(data, touched)
    _, refusal = refused_or(_check_kept if is_in_order else check_entry, asset)
    read = _ReadFile(record, mark, found, asset, said, key)
    return [read.fault("url", refusal)] if refusal else read


def _check_kept(asset: Asset) -> None:
    """As `check_entry`, of what the table of the standard has let pass: the address and the licence among it."""
    asset.licence = licences.normal(asset.licence)
    refuse_a_long_file(asset)


def _too_long(said: dict[str, Any], data: dict[str, Any]) -> Iterator[publiccode.Problem]:
    """What the standard allows and an entry has no room for."""
    for name, most in _MOST.items():
        if len(said.get(name, "")) > most:
            key = "/".join(publiccode.key_of(name, data))
            yield publiccode.Problem(key, f"has more than {most:,} characters, which an entry has no room for")


def _fault(record: Record, at: int, reason: str) -> Fault:
    return Fault(record.name, record.line or at, reason)


@transaction.atomic
def _write_batch(found: list[_ReadFile], tally: ImportTally, *, owner: Organisation, by: User) -> None:
    """Write what was read. Of several files of one repository each changes what the one before has entered."""
    beside = MovedRepository.keys_beside_each({each.key for each in found}) if found else {}
    while found:
        first: dict[str, _ReadFile] = {}  # by what stands for its repository
        later = []
        for each in found:
            if first.setdefault(min(beside[each.key]), each) is not each:
                later.append(each)
        tally.add(_entered(list(first.values()), beside, owner=owner, by=by))
        found = later


def _entered(found: list[_ReadFile], beside: Beside, *, owner: Organisation, by: User) -> ImportTally:
    """What became of files of different repositories. What the database refuses is looked for by halves."""
    try:
        with transaction.atomic():
            return _write(found, beside, owner=owner, by=by)
    except (IntegrityError, DataError) as problem:
        tally = ImportTally()
        if len(found) == 1:
            words = _MET_ANOTHER if isinstance(problem, IntegrityError) else _NO_ROOM
            tally.refuse([found[0].fault("url", words)])
            return tally
        for half in (found[: len(found) // 2], found[len(found) // 2 :]):
            tally.add(_entered(half, beside, owner=owner, by=by))
        return tally


def _write(found: list[_ReadFile], beside: Beside, *, owner: Organisation, by: User) -> ImportTally:
    """Enter what is new and change what is the owner's, in a number of statements that does not grow with them."""
    tally = ImportTally()
    before = _entries_of({each.key for each in found}, beside)
    seen = _those_everyone_sees(before.values(), owner=owner)
    new, changed = [], []
    for each in found:
        entry = before.get(each.key)
        if entry is None:
            new.append(each.asset)
        elif entry.owner_id != owner.pk:
            tally.refuse([each.fault("url", str(AlreadyRegistered(seen.get(entry.pk))))])
        elif entry.import_hash == each.mark:
            tally.unchanged += 1
        elif not can_edit_asset(by, entry):
            tally.refuse([each.fault("url", NOT_YOURS)])
        else:
            fields = set_fields(entry, each.said)
            _, refusal = refused_or(check_entry, entry)
            if refusal:
                tally.refuse([each.fault("url", refusal)])
            else:
                entry.import_hash = each.mark
                changed.append((entry, fields))
    _save_new(new)
    of_before = [entry for entry, _ in changed]
    _save_changed(of_before)
    entries = [*new, *of_before]
    remember_versions(entries, of_before=of_before)
    remember_named_bases(entries, of_before=of_before)
    AuditEvent.objects.bulk_create(
        [
            *(line("assets_registry.registered", by=by, about=each, kind=each.kind, owner=owner.pk) for each in new),
            *(line("assets_registry.changed", by=by, about=each, fields=fields) for each, fields in changed),
        ]
    )
    rows_changed.send(sender=Asset, keys=[entry.pk for entry in entries])
    tally.registered, tally.changed = len(new), len(changed)
    return tally


def _entries_of(keys: set[str], beside: Beside) -> dict[str, Asset]:
    """The entries of these repositories, locked, by the key that each file gives."""
    rows = Asset.objects.filter(repository_key__in={each for key in keys for each in beside[key]})
    rows = rows.exclude(state=Asset.State.WITHDRAWN).select_related("owner").order_by("pk")
    by_key = {row.repository_key: row for row in rows.select_for_update(of=("self",))}
    found = {key: next((by_key[each] for each in (key, *beside[key]) if each in by_key), None) for key in keys}
    return {key: entry for key, entry in found.items() if entry}


def _those_everyone_sees(entries: Iterable[Asset], *, owner: Organisation) -> dict[int, Asset]:
    """The entries of other owners that may be named: all who write for the owner read what is told of an import."""
    others = [entry.pk for entry in entries if entry.owner_id != owner.pk]
    return visible_assets(AnonymousUser()).in_bulk(others) if others else {}


def _save_new(assets: list[Asset]) -> None:
    slugs = free_slugs(Asset, [asset.name for asset in assets], reserved=TAKEN_ADDRESSES)
    for asset, slug in zip(assets, slugs, strict=True):
        asset.slug = slug
    Asset.objects.bulk_create(assets)
    for asset in assets:
        # Saving puts a wrapper round it that holds its entry: a ring, which would fill the memory until Python looks.
        asset.picture = asset.picture.name


def _save_changed(assets: list[Asset]) -> None:
    for asset in assets:
        asset.repository_key, asset.updated_at = repository_key(asset.repository_url), clock.now()
    Asset.objects.bulk_update(assets, _WRITTEN)
