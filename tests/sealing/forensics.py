"""Ways to find out who gave which answer, for somebody with the whole database, a backup, the WAL, logs and keys.

Each way looks at what is known of one round and guesses: a dict of persons with the answer that each is said to have
given. `chance_of` says how likely as many right guesses are for somebody who knows nothing. A `Subject` says where the
answers of a round stand once they are opened; there is one for the feedback on a day and one for votes.
"""

import logging
import math
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
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


class Table(NamedTuple):
    """Which rows of a table are looked at, in SQL: what they say, and of which round, event or ballot they are."""

    name: str
    says: str
    where: str = "true"
    key: str = "id"


MARKS = Table("sealing_mark", "person_id", "round_id = {round}")


@dataclass(frozen=True)
class Subject:
    """What people answer: where its answers stand once they are opened, and how they look as text and as bytes."""

    places: Table  # who could answer; says the person
    answers: Table  # says the answer
    word: str  # stands in every text that holds an answer
    opened: Callable[["Evidence", dict[str, Any]], Answer]  # what was sealed, as the answer
    in_text: Callable[["Evidence", str], Answer]
    in_wal: Callable[["Evidence", Row], bytes]  # of a row of `answers`
    parts: Table | None = None  # rows of their own that an answer is made of; says the key of the answer
    receipts: Table | None = None  # says the code
    marks: Table = MARKS  # who has answered; says the person


@dataclass
class Evidence:
    """What is known of one round: rows about persons, rows of answers, and whatever else was found."""

    subject: Subject
    about: int  # the key of the event or the ballot
    round_id: int
    names: tuple[Any, ...]  # of what an answer says yes or no to
    marks: list[Row] = field(default_factory=list)  # of persons
    places: list[Row] = field(default_factory=list)  # of persons
    places_before: list[Row] = field(default_factory=list)  # the same, from a backup of while it was open
    staged: list[Row] = field(default_factory=list)  # sealed boxes, from the same backup
    answers: list[Row] = field(default_factory=list)
    parts: list[Row] = field(default_factory=list)
    receipts: list[Row] = field(default_factory=list)
    shown: dict[str, int] = field(default_factory=dict)  # the receipts that somebody was shown, and by whom
    sessions: list[int] = field(default_factory=list)  # persons by the time of their session
    trail: list[int] = field(default_factory=list)  # persons by the time of their audit lines
    drafts: list[tuple[int, str]] = field(default_factory=list)  # rows of any table that name a question, as text
    log: list[str] = field(default_factory=list)  # the site's own lines, in order
    wal: bytes = b""
    inserted: list[tuple[int, str, tuple[int, int]]] = field(default_factory=list)  # WAL: transaction, table, place

    def read(self, table: Table | None) -> list[Row]:
        """The rows of a table in their physical order, which is also the one that pg_dump writes."""
        if table is None:
            return []
        where = table.where.format(about=self.about, round=self.round_id)
        columns = f"xmin::text::bigint, ctid::text, {table.key}, {table.says}"
        asked = f"SELECT {columns} FROM {table.name} t WHERE {where} ORDER BY ctid"  # noqa: S608 - names of ours alone
        with connection.cursor() as cursor:
            cursor.execute(asked)
            return [Row(xid, _place(ctid), key, says) for xid, ctid, key, says in cursor.fetchall()]


def _place(ctid: str) -> tuple[int, int]:
    page, number = re.findall(r"\d+", ctid)
    return int(page), int(number)


# What is answered --------------------------------------------------------------------------------------------------

STAGED = Table("sealing_staged", "box", "round_id = {round}")
SESSIONS = Table("django_session", "session_data", key="session_key")

FEEDBACK = Subject(
    places=Table("events_signup", "person_id", "event_id = {about}"),
    answers=Table("events_feedback", f"ARRAY[{', '.join(Feedback.OUTCOMES)}]", "event_id = {about}"),
    word=Feedback.OUTCOMES[0],
    opened=lambda known, answer: tuple(answer[name] for name in known.names),
    in_text=lambda known, text: tuple(bool(re.search(rf"{name}\W+true", text)) for name in known.names),
    in_wal=lambda known, row: bytes([*row.says, False]) + known.about.to_bytes(8, "little"),
)
VOTES = Subject(
    places=Table("voting_rollentry", "person_id", "ballot_id = {about}"),
    answers=Table(
        "voting_vote",
        "ARRAY(SELECT EXISTS (SELECT FROM voting_choice c WHERE c.vote_id = t.id AND c.option_id = o.id) "
        "FROM voting_option o WHERE o.ballot_id = t.ballot_id ORDER BY o.id)",
        "ballot_id = {about}",
    ),
    word='"marks"',
    opened=lambda known, answer: _ticked(known, [option for option, *_ in answer["marks"]]),
    in_text=lambda known, text: _ticked(known, map(int, re.findall(r"\[(\d+), 1, ", text))),
    # The first of its choices: option and vote.
    in_wal=lambda known, row: b"".join(
        number.to_bytes(8, "little") for number in (known.names[row.says.index(True)], row.key)
    ),
    parts=Table("voting_choice", "vote_id", "vote_id IN (SELECT id FROM voting_vote WHERE ballot_id = {about})"),
    receipts=Table("voting_receipt", "code", "ballot_id = {about}"),
)
# By cards: in the place of a person stands the beginning of a card's digest, as a number.
CARDS = replace(
    VOTES,
    places=Table("voting_votingcard", "('x' || left(digest, 15))::bit(60)::bigint", "ballot_id = {about}"),
    marks=Table("sealing_mark", "('x' || left(key, 15))::bit(60)::bigint", "round_id = {round}"),
)


def _ticked(known: Evidence, options: Iterable[int]) -> Answer:
    ticked = set(options)
    return tuple(option in ticked for option in known.names)


def subsets(names: int) -> list[Answer]:
    """Every answer that says yes to at least one of so many."""
    return [tuple(n >> bit & 1 == 1 for bit in range(names)) for n in range(1, 2**names)]


NO_WAL = (
    "The forensic proofs read no WAL, since the files of the PostgreSQL server or pg_waldump are not at hand: "
    "their WAL ways were left out."
)
# What is found -----------------------------------------------------------------------------------------------------


def use_keys_that_stand_nowhere_else(*tables: str) -> None:
    """Let the keys of these tables go on from numbers that the WAL and the logs hold nowhere else."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT setval('{table}_id_seq', %s)", [random.randrange(2**40, 2**41)])


def read_while_open(known: Evidence) -> None:
    """What a backup of that time holds."""
    known.staged, known.places_before = known.read(STAGED), known.read(known.subject.places)


def read_afterwards(known: Evidence, *, since: str) -> None:
    """What is there once the round has ended; `since` is where the WAL of the round begins."""
    subject = known.subject
    known.marks, known.places = known.read(subject.marks), known.read(subject.places)
    known.answers = [row._replace(says=tuple(row.says)) for row in known.read(subject.answers)]
    known.parts, known.receipts = known.read(subject.parts), known.read(subject.receipts)
    persons = {row.says for row in known.marks}
    said = [Session(session_data=row.says).get_decoded() for row in written(known.read(SESSIONS))]
    known.sessions = [person for each in said if (person := int(each.get("_auth_user_id", 0))) in persons]
    lines = AuditEvent.objects.filter(by__in=persons).order_by("at", "pk")
    known.trail = list(dict.fromkeys(lines.values_list("by", flat=True)))
    if folder := server_folder():
        until = wal_position()
        known.wal = wal_between(folder, since, until)
        tables = [table.name for table in (subject.marks, subject.answers, subject.parts) if table]
        known.inserted = wal_inserts(folder, since, until, tables)


def rows_that_name_a_question(known: Evidence) -> list[tuple[int, str]]:
    """The rows of every table that hold answers as text, such as a draft, with the transactions that wrote them."""
    look = "SELECT xmin::text::bigint, t::text FROM {} t WHERE t::text LIKE %s"
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        asked = " UNION ALL ".join(look.format(connection.ops.quote_name(table)) for table in tables)
        cursor.execute(asked, [f"%{known.subject.word}%"] * len(tables))
        return list(cursor.fetchall())


@contextmanager
def logged() -> Iterator[list[str]]:
    """All that the site logs meanwhile."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(f"{record.name} {record.msg} {record.args}")  # type: ignore[method-assign]  # a list is enough
    loggers = [logging.getLogger(name) for name in ("", "site", "django.request")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    try:
        yield lines
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)


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
                found[person] = known.subject.opened(known, answer)
    return found


def wal_order(known: Evidence) -> Guess:
    """By the order in which the WAL says that rows were written."""
    written = _written(known, known.subject.answers, known.answers)
    return in_step(
        [row.says for row in _written(known, known.subject.marks, known.marks)], [row.says for row in written]
    )


def wal_order_of_parts(known: Evidence) -> Guess:
    """By the order in which the WAL says that the rows were written of which answers are made."""
    parts = _written(known, known.subject.parts, known.parts)
    return in_step([row.says for row in _written(known, known.subject.marks, known.marks)], _answers_of(known, parts))


def wal_transactions(known: Evidence) -> Guess:
    """By the transactions that the WAL names, whatever the tables say."""
    return joined(
        _written(known, known.subject.marks, known.marks), _written(known, known.subject.answers, known.answers)
    )


def _written(known: Evidence, table: Table | None, rows: list[Row]) -> list[Row]:
    """The rows in the order in which the WAL has them written, with its transactions."""
    at = {row.place: row for row in rows}
    return [
        at[place]._replace(xid=xid)
        for xid, name, place in known.inserted
        if table and name == table.name and place in at
    ]


def _answers_of(known: Evidence, parts: list[Row]) -> list[Answer]:
    """The answers in the order in which the first row of each stands here."""
    said = {row.key: row.says for row in known.answers}
    return [said[key] for key in dict.fromkeys(row.says for row in parts)]


def wal_bytes(known: Evidence) -> Guess:
    """By the bytes of an answer in the WAL: whose mark stands before it."""
    marks = sorted((known.wal.find(_mark_in_bytes(known, row.says)), row.says) for row in known.marks)
    found: Guess = {}
    for row in known.answers:
        at = known.wal.find(known.subject.in_wal(known, row))
        before = [person for place, person in marks if 0 <= place < at]
        if before:
            found[before[-1]] = row.says
    return found


def _mark_in_bytes(known: Evidence, person: int) -> bytes:
    return person.to_bytes(8, "little") + known.round_id.to_bytes(8, "little")


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
            found[whose[0]] = known.subject.in_text(known, text)
    return found


def from_log(known: Evidence) -> Guess:
    """By the order of the site's own lines that name a person."""
    persons = User.objects.filter(pk__in=[row.says for row in known.marks]).values_list("email", "pk")
    names = {name: person for email, person in persons for name in (email, str(person))}
    named = [person for line in known.log for name, person in names.items() if name in line]
    return in_step(dict.fromkeys(named), by(known.answers, "place"))


def from_receipts(known: Evidence, order: str, answers: str) -> Guess:
    """By receipts that were shown: their rows have an order, as the answers do."""
    rows = sorted(known.receipts, key=lambda row: getattr(row, order))
    return in_step([known.shown[row.says] for row in rows if row.says in known.shown], by(known.answers, answers))


def receipts_of_marks(known: Evidence) -> Guess:
    """By receipts that were written in the transaction of a mark, and their answers in theirs."""
    return joined([row._replace(says=known.shown.get(row.says, 0)) for row in known.receipts], known.answers)


# Whoever answered, in every order that there is of them, beside every order that there is of the answers.
_PEOPLE: dict[str, Callable[[Evidence], Iterable[int]]] = {
    "marks as written": lambda known: by(known.marks, "xid"),
    "marks in physical order": lambda known: by(known.marks, "place"),
    "marks in the order of their keys": lambda known: by(known.marks, "key"),
    "places as written": lambda known: by(known.places, "xid"),
    "places in physical order": lambda known: by(known.places, "place"),
    "places in the order of their keys": lambda known: by(known.places, "key"),
    "backup: places as written": lambda known: by(known.places_before, "xid"),
    "backup: places in physical order": lambda known: by(known.places_before, "place"),
    "persons in the order of their keys": lambda known: sorted(row.says for row in known.marks),
    "sessions": lambda known: known.sessions,
    "audit trail": lambda known: known.trail,
}
_ANSWERS: dict[str, Callable[[Evidence], Iterable[Answer]]] = {
    "answers as written": lambda known: by(known.answers, "xid"),
    "answers in physical order": lambda known: by(known.answers, "place"),
    "answers in the order of their keys": lambda known: by(known.answers, "key"),
    "what they are made of, as written": lambda known: _answers_of(known, written(known.parts)),
    "what they are made of, in physical order": lambda known: _answers_of(known, known.parts),
}


def _in_step(people: str, answers: str) -> Callable[[Evidence], Guess]:
    return lambda known: in_step(_PEOPLE[people](known), _ANSWERS[answers](known))


WAYS: dict[str, Callable[[Evidence], Guess]] = {
    "xmin of the mark": lambda known: joined(known.marks, known.answers),
    "xmin of the place": lambda known: joined(known.places, known.answers),
    "xmin of the receipt": receipts_of_marks,
    **{f"{people}, {answers}": _in_step(people, answers) for people in _PEOPLE for answers in _ANSWERS},
    "backup: boxes in physical order": lambda known: boxes_in_step(known, "place"),
    "backup: boxes in the order of their keys": lambda known: boxes_in_step(known, "key"),
    "backup: boxes sorted": sealed_order,
    "keys that are left": with_keys_found,
    "receipts in physical order": lambda known: from_receipts(known, "place", "place"),
    "receipts as written": lambda known: from_receipts(known, "xid", "xid"),
    "receipts in the order of their keys": lambda known: from_receipts(known, "key", "key"),
    "receipts in the order of their codes": lambda known: from_receipts(known, "says", "place"),
    "WAL: order": wal_order,
    "WAL: order of what answers are made of": wal_order_of_parts,
    "WAL: transactions": wal_transactions,
    "WAL: bytes": wal_bytes,
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


Round = tuple[Guess, Evidence]  # who answered what, and what can be known of it


def right(way: Callable[[Evidence], Guess], rounds: list[Round]) -> int:
    """How many answers of all rounds a way ascribes to those who gave them."""
    return sum(truth[person] == answer for truth, known in rounds for person, answer in way(known).items())


def found_by_each(rounds: list[Round], ways: dict[str, Callable[[Evidence], Guess]] = WAYS) -> dict[str, float]:
    """How likely it is for each way that a guess at random has as many right. Each person of a round has an answer."""
    people = len(rounds[0][0])
    found = {name: right(way, rounds) for name, way in ways.items()}
    chance = {n: chance_of(n, rounds=len(rounds), people=people) for n in set(found.values())}
    return {name: chance[number] for name, number in found.items()}


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
