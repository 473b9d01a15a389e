"""The promise of the door: each ticket is checked in once, and lists that phones send late leave the same room."""

import datetime as dt
import json
import random
import threading
import uuid
from collections import Counter
from typing import Any

from django.utils import timezone

from benchmarks.promises.making import Caller, callers, day, facilitators, fill_with
from benchmarks.promises.site import Answer, Site, drop_guards
from events.models import Event

Report = dict[str, Any]
Mark = dict[str, str]
ALIKE = ("position", "status", "checked_in_at", "left_at", "is_let_in", "is_over_capacity")


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
    event.starts_at = timezone.now()
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
            mark = _mark("in", reference, timezone.now())
            answers[desk].append(_send(site, event, desks[desk], [mark]))

    threads = [threading.Thread(target=press_all, args=(n,)) for n in range(len(desks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _mark(what: str, reference: str, at: dt.datetime, client_id: uuid.UUID | None = None) -> Mark:
    return {"client_id": str(client_id or uuid.uuid4()), "what": what, "reference": reference, "at": at.isoformat()}


def _send(site: Site, event: Event, desk: Caller, marks: list[Mark]) -> Answer:
    # All clocks here are one: without `sent_at` each moment is taken as it stands, to the microsecond.
    body = json.dumps({"marks": marks})
    return site.ask(f"/events/{event.slug}/check-in/marks/", desk.session, body.encode())


def _what_was_said(answer: Answer) -> str:
    """Which of the two a desk was told, by the words that it shows and not only by what they are made from."""
    if answer.status != 200:
        return str(answer.status)
    said = json.loads(answer.page)["answers"][0]
    if not said["is_taken"]:
        return "refused"
    return "already in" if " is in since " in said["said"] else "first"


def _replayed(site: Site, desks: list[Caller], tickets: int, orders: int, dice: random.Random) -> Report:
    """The same presses of two phones that were offline, in another order each time; the room is too small."""
    people = [caller.person for caller in callers(tickets, "p4-replay-")]
    began, presses = timezone.now() - dt.timedelta(minutes=30), []
    for position in range(tickets):
        for what in dice.choice((["in"], ["in", "out"], ["in", "undo"], ["in", "undo", "in"], ["in", "out", "in"])):
            moment = began + dt.timedelta(seconds=dice.randrange(1500))
            presses.append((position, what, moment, uuid.UUID(int=dice.getrandbits(128))))
    rooms = []
    for number in range(orders):
        event = _today(f"p4-order-{number}", tickets * 3 // 4)
        fill_with(event, people)
        own = [str(reference) for reference in event.sign_ups.order_by("position").values_list("reference", flat=True)]
        marks = [_mark(what, own[position], moment, client_id) for position, what, moment, client_id in presses]
        dice.shuffle(marks)
        half = len(marks) // 2
        # The second list overlaps the first: what was sent and not heard of is sent again.
        lists = [marks[:half], marks[half // 2 :]]
        sending = [
            threading.Thread(target=_send_all, args=(site, event, *each)) for each in zip(desks, lists, strict=True)
        ]
        for thread in sending:
            thread.start()
        for thread in sending:
            thread.join()
        rooms.append(_room(event))
    return {
        "n": len(presses),
        "orders": orders,
        "order_errors": sum(room != rooms[0] for room in rooms[1:]),
        "lost": sum(len(presses) - room[0] for room in rooms),
    }


def _send_all(site: Site, event: Event, desk: Caller, marks: list[Mark]) -> None:
    for start in range(0, len(marks), 25):
        _send(site, event, desk, marks[start : start + 25])


def _room(event: Event) -> tuple[Any, ...]:
    """How many marks there are, the counters, and what every place has come to."""
    event.refresh_from_db()
    places = tuple(event.sign_ups.order_by("position").values_list(*ALIKE))
    return event.marks.count(), event.arrived, event.places_taken, places


def _times(answers: list[Answer]) -> Report:
    took = sorted(1000 * answer.seconds for answer in answers) or [0.0]
    return {"p50_ms": round(took[len(took) // 2], 1), "p95_ms": round(took[int(0.95 * (len(took) - 1))], 1)}
