"""Ways to find out who gave which answer, for somebody with the whole database, a backup, the WAL, logs and keys.

Each way looks at what is known of one round and guesses: a dict of persons with the answer that each is said to have
given. `chance_of` says how likely as many right guesses are for somebody who knows nothing.
"""

import math
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from accounts.models import User
from audit.models import AuditEvent
from core import key_folder
from events.models import Feedback
from sealing import boxes

Answer = tuple[bool, ...]
Guess = dict[int, Answer]


class Row(NamedTuple):
    """One row as PostgreSQL keeps it: the transaction that wrote it, its place in the file, its key, what it says."""

    xid: int
    place: tuple[int, int]
    key: Any
    says: Any


@dataclass
class Evidence:
    """What is known of one round: rows about persons, rows of answers, and whatever else was found."""

    event_id: int
    round_id: int
    marks: list[Row] = field(default_factory=list)  # of persons
    sign_ups: list[Row] = field(default_factory=list)  # of persons
    staged: list[Row] = field(default_factory=list)  # sealed boxes, from a backup of while it was open
    answers: list[Row] = field(default_factory=list)
    sessions: list[int] = field(default_factory=list)  # persons by the time of their session
    trail: list[int] = field(default_factory=list)  # persons by the time of their audit lines
    drafts: list[tuple[int, str]] = field(default_factory=list)  # rows of any table that name a question, as text
    log: list[str] = field(default_factory=list)  # the site's own lines, in order
    wal: bytes = b""
    inserted: list[tuple[int, str, tuple[int, int]]] = field(default_factory=list)  # WAL: transaction, table, place


def read(table: str, key: str, says: str, where: str) -> list[Row]:
    """The rows of a table in their physical order, which is also the one that pg_dump writes."""
    columns = f"xmin::text::bigint, ctid::text, {key}, {says}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} WHERE {where} ORDER BY ctid")  # noqa: S608 - names of ours alone
        return [Row(xid, _place(ctid), key, says) for xid, ctid, key, says in cursor.fetchall()]


def _place(ctid: str) -> tuple[int, int]:
    page, number = re.findall(r"\d+", ctid)
    return int(page), int(number)


def read_while_open(known: Evidence) -> None:
    """What a backup of that time holds."""
    known.staged = read("sealing_staged", "id", "box", f"round_id = {known.round_id}")


def read_afterwards(known: Evidence, *, since: str) -> None:
    """What is there once the round has ended; `since` is where the WAL of the round begins."""
    known.marks = read("sealing_mark", "id", "person_id", f"round_id = {known.round_id}")
    known.sign_ups = read("events_signup", "id", "person_id", f"event_id = {known.event_id}")
    outcomes = f"ARRAY[{', '.join(Feedback.OUTCOMES)}]"
    answers = read("events_feedback", "id", outcomes, f"event_id = {known.event_id}")
    known.answers = [row._replace(says=tuple(row.says)) for row in answers]
    sessions = read("django_session", "session_key", "session_data", "true")
    known.sessions = [int(Session(session_data=row.says).get_decoded()["_auth_user_id"]) for row in written(sessions)]
    lines = AuditEvent.objects.filter(by__in=known.sessions).order_by("at", "pk")
    known.trail = list(dict.fromkeys(lines.values_list("by", flat=True)))
    if folder := server_folder():
        until = wal_position()
        known.wal = wal_between(folder, since, until)
        known.inserted = wal_inserts(folder, since, until, ("sealing_mark", "events_feedback"))


def rows_that_name_a_question() -> list[tuple[int, str]]:
    """The rows of every table that hold answers as text, such as a draft, with the transactions that wrote them."""
    look = "SELECT xmin::text::bigint, t::text FROM {} t WHERE t::text LIKE '%identified_savings%'"
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        cursor.execute(" UNION ALL ".join(look.format(connection.ops.quote_name(table)) for table in tables))
        return list(cursor.fetchall())


def written(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.xid)


# The ways to guess -------------------------------------------------------------------------------------------------


def in_step(people: Iterable[int], answers: Iterable[Answer]) -> Guess:
    return dict(zip(people, answers, strict=False))


def joined(people: list[Row], answers: list[Row]) -> Guess:
    """By the transaction that wrote both, where it wrote one of each."""
    found: Guess = {}
    for row in answers:
        same = [person.says for person in people if person.xid == row.xid]
        if len(same) == 1 and len([other for other in answers if other.xid == row.xid]) == 1:
            found[same[0]] = row.says
    return found


def by(rows: list[Row], order: str) -> list[Any]:
    return [row.says for row in sorted(rows, key=lambda row: getattr(row, order))]


def boxes_in_step(known: Evidence, order: str) -> Guess:
    """A backup of while the round was open says whose box is whose; the boxes then have an order, as the answers do."""
    whose = {bytes(row.says): person for row in known.staged for person in [_owner(known, row)] if person}
    return in_step(
        [whose[bytes(box)] for box in by(known.staged, order) if bytes(box) in whose], by(known.answers, order)
    )


def _owner(known: Evidence, box: Row) -> int | None:
    return next((mark.says for mark in known.marks if mark.xid == box.xid), None)


def with_keys_found(known: Evidence) -> Guess:
    """Open the boxes of the backup with every key that is left in the folder."""
    found: Guess = {}
    keys = [path.read_bytes() for path in Path(settings.BALLOT_KEYS).glob("*") if path.is_file()]
    for box in known.staged:
        for key in (key for key in keys if len(key) == key_folder.LENGTH):
            try:
                answer = boxes.opened(bytes(box.says), private_key=key)
            except boxes.Damaged:
                continue
            if person := _owner(known, box):
                found[person] = tuple(answer[name] for name in Feedback.OUTCOMES)
    return found


def wal_order(known: Evidence) -> Guess:
    """By the order in which the WAL says that rows were written."""
    people, answers = (
        [row.says for row in _written(known, table, rows)]
        for table, rows in (("sealing_mark", known.marks), ("events_feedback", known.answers))
    )
    return in_step(people, answers)


def wal_transactions(known: Evidence) -> Guess:
    """By the transactions that the WAL names, whatever the tables say."""
    return joined(_written(known, "sealing_mark", known.marks), _written(known, "events_feedback", known.answers))


def _written(known: Evidence, table: str, rows: list[Row]) -> list[Row]:
    """The rows in the order in which the WAL has them written, with its transactions."""
    at = {row.place: row for row in rows}
    return [at[place]._replace(xid=xid) for xid, name, place in known.inserted if name == table and place in at]


def wal_bytes(known: Evidence) -> Guess:
    """By the bytes of an answer in the WAL: whose mark stands before it."""
    marks = sorted((known.wal.find(_mark_in_bytes(known, row.says)), row.says) for row in known.marks)
    found: Guess = {}
    for row in known.answers:
        at = known.wal.find(_answer_in_bytes(known, row.says))
        before = [person for place, person in marks if 0 <= place < at]
        if before:
            found[before[-1]] = row.says
    return found


def _mark_in_bytes(known: Evidence, person: int) -> bytes:
    return person.to_bytes(8, "little") + known.round_id.to_bytes(8, "little")


def _answer_in_bytes(known: Evidence, answer: Answer) -> bytes:
    return bytes([*answer, False]) + known.event_id.to_bytes(8, "little")


def sealed_order(known: Evidence) -> Guess:
    """By sorting boxes and answers alike: equal answers in equal boxes, or longer ones, would stand together."""
    whose = [(bytes(row.says), _owner(known, row)) for row in known.staged]
    people = [person for _, person in sorted(whose, key=lambda each: (len(each[0]), each[0])) if person]
    return in_step(people, sorted(row.says for row in known.answers))


def from_drafts(known: Evidence) -> Guess:
    """By answers that were left as text in any table, beside a person or in the transaction of a mark."""
    found: Guess = {}
    for xid, text in known.drafts:
        whose = [mark.says for mark in known.marks if mark.xid == xid or str(mark.says) in text]
        if len(whose) == 1:
            found[whose[0]] = tuple(bool(re.search(rf"{name}\W+true", text)) for name in Feedback.OUTCOMES)
    return found


def from_log(known: Evidence) -> Guess:
    """By the order of the site's own lines that name a person."""
    emails = dict(User.objects.filter(pk__in=[row.says for row in known.marks]).values_list("email", "pk"))
    named = [person for line in known.log for email, person in emails.items() if email in line]
    return in_step(dict.fromkeys(named), by(known.answers, "place"))


WAYS: dict[str, Callable[[Evidence], Guess]] = {
    "xmin of the mark": lambda known: joined(known.marks, known.answers),
    "xmin of the place at the event": lambda known: joined(known.sign_ups, known.answers),
    "order of the transactions": lambda known: in_step(by(known.marks, "xid"), by(known.answers, "xid")),
    "physical order, as in pg_dump": lambda known: in_step(by(known.marks, "place"), by(known.answers, "place")),
    "physical order of places": lambda known: in_step(by(known.sign_ups, "place"), by(known.answers, "place")),
    "marks as written, answers in physical order": lambda known: in_step(
        by(known.marks, "xid"), by(known.answers, "place")
    ),
    "order of the keys": lambda known: in_step(by(known.marks, "key"), by(known.answers, "key")),
    "sequence of places, keys of answers": lambda known: in_step(by(known.sign_ups, "key"), by(known.answers, "key")),
    "sequence of persons, answers in physical order": lambda known: in_step(
        sorted(row.says for row in known.marks), by(known.answers, "place")
    ),
    "backup: boxes in physical order": lambda known: boxes_in_step(known, "place"),
    "backup: boxes in the order of their keys": lambda known: boxes_in_step(known, "key"),
    "backup: boxes sorted": sealed_order,
    "keys that are left": with_keys_found,
    "WAL: order": wal_order,
    "WAL: transactions": wal_transactions,
    "WAL: bytes": wal_bytes,
    "sessions": lambda known: in_step(known.sessions, by(known.answers, "place")),
    "audit trail": lambda known: in_step(known.trail, by(known.answers, "place")),
    "drafts": from_drafts,
    "log": from_log,
}


# Chance ------------------------------------------------------------------------------------------------------------


def chance_of(right: int, *, rounds: int, people: int) -> float:
    """How likely it is that a guess at random has `right` or more of the answers of all rounds right, exactly.

    In one round such a guess is a random permutation; n! times that k stay in place is C(n, k) times the derangements
    of the rest.
    """
    derangements = [1, 0]
    for n in range(2, people + 1):
        derangements.append((n - 1) * (derangements[-1] + derangements[-2]))
    one = [math.comb(people, k) * derangements[people - k] for k in range(people + 1)]
    ways = [1]
    for _ in range(rounds):
        longer = [0] * (len(ways) + people)
        for total, number in enumerate(ways):
            for k, more in enumerate(one):
                longer[total + k] += number * more
        ways = longer
    return sum(ways[right:]) / math.factorial(people) ** rounds


# The server's own files --------------------------------------------------------------------------------------------


def _pg_waldump() -> str | None:
    debian = f"/usr/lib/postgresql/{connection.pg_version // 10000}/bin/pg_waldump"
    return shutil.which("pg_waldump") or shutil.which(debian)


@cache
def server_folder() -> Path | None:
    """The server's data folder, where it is on this machine and may be read, and there is a tool that reads its WAL."""
    if _pg_waldump() is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        process = Path(f"/proc/{cursor.fetchone()[0]}/cwd")
    try:
        folder = process.resolve(strict=True)
        return folder if any((folder / "pg_wal").iterdir()) else None
    except OSError:
        return None


def wal_position() -> str:
    """Where the WAL ends, once all of it is on the disk."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
        cursor.execute("SELECT pg_notify('forensics', txid_current()::text)")
        cursor.execute("SELECT pg_current_wal_flush_lsn()")
        return str(cursor.fetchone()[0])


def wal_between(folder: Path, start: str, end: str) -> bytes:
    """The bytes of the WAL between two positions."""
    first, last = _number(start), _number(end)
    with connection.cursor() as cursor:
        cursor.execute("SHOW wal_segment_size")
        size = int(cursor.fetchone()[0].removesuffix("MB")) * 2**20
        cursor.execute("SELECT pg_walfile_name(%s::pg_lsn + 1)", [start])
        timeline = cursor.fetchone()[0][:8]
    found = b""
    for segment in range(first // size, last // size + 1):
        name = f"{timeline}{segment // (2**32 // size):08X}{segment % (2**32 // size):08X}"
        whole = (folder / "pg_wal" / name).read_bytes()
        found += _without_headers(whole[max(first - segment * size, 0) // PAGE * PAGE : last - segment * size])
    return found


def _without_headers(wal: bytes) -> bytes:
    """Records go on over the headers of pages, of which the first of a segment is longer."""
    pages = (wal[at : at + PAGE] for at in range(0, len(wal), PAGE))
    return b"".join(page[40 if page[2] & 2 else 24 :] for page in pages if len(page) > 40)


def _number(position: str) -> int:
    high, low = position.split("/")
    return (int(high, 16) << 32) + int(low, 16)


PAGE = 8192
_INSERT = re.compile(r"tx:\s*(\d+),.*INSERT(?:\+INIT)? off (\d+) .*blkref #0: rel \d+/(\d+/\d+) blk (\d+)")


def wal_inserts(folder: Path, start: str, end: str, tables: Iterable[str]) -> list[tuple[int, str, tuple[int, int]]]:
    """What pg_waldump says of rows inserted into the tables: transaction, table and place, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid || '/' || pg_relation_filenode(name::regclass), name FROM pg_database, unnest(%s::text[]) name "
            "WHERE datname = current_database()",
            [list(tables)],
        )
        names = dict(cursor.fetchall())
    said = subprocess.run(
        [str(_pg_waldump()), "-p", folder / "pg_wal", "-s", start, "-e", end, "-r", "Heap"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rows = (match.groups() for match in map(_INSERT.search, said.splitlines()) if match)
    return [
        (int(xid), names[relation], (int(page), int(number)))
        for xid, number, relation, page in rows
        if relation in names
    ]
