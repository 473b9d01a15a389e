"""The promise of the door: each ticket is checked in once, and lists that phones send late leave the same room."""

import datetime as dt
import json
import random
import threading
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from benchmarks.promises.making import Caller, callers, day, facilitators, fill_with
from benchmarks.promises.site import Answer, Site, drop_guards
from events.models import Event

Report = dict[str, Any]
Mark = dict[str, str]
Moment = dt.datetime | None
ALIKE = ("person__email", "status", "is_let_in", "is_over_capacity")
# How far the clock of each desk is ahead of the site's: what a phone says is set right by when it says it is sending.
AHEAD = (dt.timedelta(), dt.timedelta(minutes=10))
APART = dt.timedelta(seconds=3)  # presses that follow each other more quickly than lists travel have no order


def p4(site: Site, *, tickets: int, orders: int, processes: int, seed: int, locked: bool = True) -> Report:
    """Two desks check in every ticket at the same moment: one is told first, the other since when, never both first."""
    dice = random.Random(seed)
    event = _today("p4", tickets)
    fill_with(event, [caller.person for caller in callers(tickets, "p4-")])
    if not locked:
        drop_guards()
    desks = facilitators(2)
    site.serve(processes=processes, locked=locked)
    references = [str(reference) for reference in event.sign_ups.values_list("reference", flat=True)]
    dice.shuffle(references)
    answers = _side_by_side(site, event, references, desks)
    event.refresh_from_db()
    told = [[_what_was_said(answer) for answer in pair] for pair in zip(*answers, strict=True)]
    firsts = Counter(pair.count("first") for pair in told)
    report = {
        "n": tickets,
        "desks": len(desks),
        "first": sum(pair.count("first") for pair in told),
        "already_in": sum(pair.count("already in") for pair in told),
        "duplicate": firsts[2],
        "lost": firsts[0] + event.sign_ups.filter(checked_in_at=None).count(),
        "5xx": sum(answer.status >= 500 for desk in answers for answer in desk),
        "counted_wrong": abs(event.arrived - event.sign_ups.filter(checked_in_at__isnull=False).count()),
        **_times([answer for desk in answers for answer in desk]),
    }
    if locked:
        report["replayed"] = _replayed(site, desks, min(tickets, 200), orders, dice)
    return report


def _today(name: str, capacity: int) -> Event:
    event = day(name, capacity)
    event.starts_at = timezone.now() - dt.timedelta(hours=1)
    event.ends_at = event.starts_at + dt.timedelta(hours=8)
    event.save()
    return event


def _side_by_side(site: Site, event: Event, references: list[str], desks: list[Caller]) -> list[list[Answer]]:
    """What each desk was answered, ticket by ticket: for each they press together."""
    together = threading.Barrier(len(desks))
    answers: list[list[Answer]] = [[] for _ in desks]

    def press_all(desk: int) -> None:
        for reference in references:
            together.wait(120)
            mark = _mark("in", timezone.now() + AHEAD[desk], uuid.uuid4(), reference=reference)
            answers[desk].append(_send(site, event, desks[desk], [mark], AHEAD[desk]))

    threads = [threading.Thread(target=press_all, args=(n,)) for n in range(len(desks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _mark(what: str, at: dt.datetime, client_id: uuid.UUID, **who: str) -> Mark:
    return {"client_id": str(client_id), "what": what, "at": at.isoformat(), **who}


def _send(site: Site, event: Event, desk: Caller, marks: list[Mark], ahead: dt.timedelta) -> Answer:
    body = json.dumps({"sent_at": (timezone.now() + ahead).isoformat(), "marks": marks})
    return site.ask(f"/events/{event.slug}/check-in/marks/", desk.session, body.encode())


def _what_was_said(answer: Answer) -> str:
    """Which of the two a desk was told, by the words that it shows and not only by what they are made from."""
    if answer.status != 200:
        return str(answer.status)
    said = json.loads(answer.page)["answers"][0]
    if not said["is_taken"]:
        return "refused"
    return "already in" if " is in since " in said["said"] else "first"


@dataclass(frozen=True)
class Pressed:
    """One press at a desk while it was offline."""

    email: str
    what: str
    at: dt.datetime
    client_id: uuid.UUID


def _replayed(site: Site, desks: list[Caller], tickets: int, orders: int, dice: random.Random) -> Report:
    """The same presses of two phones that were offline, sent in another order each time; the room is too small."""
    people = [caller.person for caller in callers(tickets, "p4-replay-")]
    presses = _presses([person.email for person in people], tickets // 10, dice)
    expected = _came_and_left(presses)
    rooms, lost, unlike = [], 0, 0
    for number in range(orders):
        event = _today(f"p4-order-{number}", tickets * 3 // 4)
        fill_with(event, people)
        references = {
            email: str(reference) for email, reference in event.sign_ups.values_list("person__email", "reference")
        }
        shuffled = dice.sample(presses, k=len(presses))
        half = len(shuffled) // 2
        # The second list overlaps the first: what was sent and not heard of is sent again.
        lists = [shuffled[:half], shuffled[half - 10 :]]
        sending = [
            threading.Thread(target=_send_all, args=(site, event, desk, own, references, ahead))
            for desk, own, ahead in zip(desks, lists, AHEAD, strict=True)
        ]
        for thread in sending:
            thread.start()
        for thread in sending:
            thread.join()
        event.refresh_from_db()
        rooms.append((event.arrived, event.places_taken, sorted(event.sign_ups.values_list(*ALIKE))))
        lost += len(presses) - event.marks.count()
        found = event.sign_ups.values_list("person__email", "checked_in_at", "left_at")
        unlike += sum(not _is_as_expected(times, expected.get(email, (None, None))) for email, *times in found)
    return {
        "n": len(presses),
        "orders": orders,
        "over_capacity": sum(is_over for *_, is_over in rooms[0][2]),
        "order_errors": sum(room != rooms[0] for room in rooms[1:]),
        "unlike_the_presses": unlike,
        "lost": lost,
    }


def _presses(emails: list[str], walk_ins: int, dice: random.Random) -> list[Pressed]:
    """What two desks have pressed within the last hour, at moments of their own."""
    deeds = [
        (email, what)
        for email in emails
        for what in dice.choice((["in"], ["in", "out"], ["in", "undo"], ["in", "undo", "in"], ["in", "out", "in"]))
    ]
    deeds += [(f"walk-in-{n}@example.org", "walk_in") for n in range(walk_ins)]
    dice.shuffle(deeds)
    began = timezone.now() - dt.timedelta(minutes=1) - APART * len(deeds)
    return [
        Pressed(email, what, began + APART * n, uuid.UUID(int=dice.getrandbits(128)))
        for n, (email, what) in enumerate(deeds)
    ]


def _came_and_left(presses: list[Pressed]) -> dict[str, tuple[Moment, Moment]]:
    """When everybody came and left as told by the presses in the order in which they happened."""
    told: dict[str, tuple[Moment, Moment]] = {}
    for press in presses:
        came, left = told.get(press.email, (None, None))
        if press.what == "undo":
            came = left = None
        elif press.what == "out":
            left = press.at if came else None
        else:
            came, left = came or press.at, None
        told[press.email] = came, left
    return told


def _is_as_expected(found: Iterable[Moment], expected: Iterable[Moment]) -> bool:
    return all(
        (a is None) == (b is None) and (a is None or b is None or abs(a - b) < APART)
        for a, b in zip(found, expected, strict=True)
    )


def _send_all(
    site: Site, event: Event, desk: Caller, own: list[Pressed], references: dict[str, str], ahead: dt.timedelta
) -> None:
    marks = []
    for press in own:
        if press.what == "walk_in":
            who = {"name": press.email.split("@")[0], "email": press.email}
        else:
            who = {"reference": references[press.email]}
        marks.append(_mark(press.what, press.at + ahead, press.client_id, **who))
    for start in range(0, len(marks), 25):
        _send(site, event, desk, marks[start : start + 25], ahead)


def _times(answers: list[Answer]) -> Report:
    took = sorted(1000 * answer.seconds for answer in answers) or [0.0]
    return {"p50_ms": round(took[len(took) // 2], 1), "p95_ms": round(took[int(0.95 * (len(took) - 1))], 1)}
