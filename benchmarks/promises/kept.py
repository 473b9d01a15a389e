"""Each promise: what is done, and what is counted afterwards. None is kept unless its control breaks it."""

import random
import re
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from benchmarks.promises.making import Caller, callers, day, facilitators, fill_with
from benchmarks.promises.peer import Peer, read_peer
from benchmarks.promises.site import Answer, Site, drop_guards, form_with
from core.errors import CHANGED_SINCE
from events.models import Event, SignUp
from events.places.models import QueueLine
from events.places.operations import sign_up
from outbox.models import Message

Report = dict[str, Any]
FORM = {"kind": "other", "access_needs": ""}
SAMPLE = """
    SELECT count(*) FILTER (WHERE s.status IN ('held', 'offered', 'confirmed') AND NOT s.is_over_capacity)
           - max(e.capacity + e.kept_over)
      FROM events_event e JOIN events_signup s ON s.event_id = e.id WHERE e.id = %s
"""
REFERENCE = re.compile(r"^/sign-ups/([0-9a-f-]{36})/$")
NOT_SAVED = "not saved"
SAID = {"confirmed": "You have a place", "waiting": "waiting list"}


def p1(
    site: Site, *, sign_ups: int, clients: int, seats: int, processes: int, seed: int, locked: bool = True
) -> Report:
    """Nobody is sold a place that there is not, and everybody hears the truth."""
    dice = random.Random(seed)
    event = day("p1", seats)
    if not locked:
        drop_guards()
    site.serve(processes=processes, locked=locked)
    everybody = callers(sign_ups, "p1-")
    dice.shuffle(everybody)
    answers = _at_once(clients, [_signs_up(site, event, caller) for caller in everybody])
    report = _sold(event, everybody, answers) | _times(answers)
    report["untrue"] += _untrue_pages(site, event, everybody, dice, clients) if locked else 0
    return report


def _sold(event: Event, everybody: list[Caller], answers: list[Answer]) -> Report:
    """What stands in the database against what each caller was told."""
    event.refresh_from_db()
    own = {row.person_id: row for row in event.sign_ups.living()}
    seated = event.sign_ups.seated().count()
    told = [REFERENCE.match(answer.location) for answer in answers]
    untrue = sum(
        found is not None and (row := own.get(caller.person.pk)) is not None and str(row.reference) != found[1]
        for caller, found in zip(everybody, told, strict=True)
    )
    lost = sum(found is not None and caller.person.pk not in own for caller, found in zip(everybody, told, strict=True))
    positions = [*event.sign_ups.order_by("pk").values_list("position", flat=True)]
    return {
        "n": len(answers),
        "lost": lost + sum(found is None for found in told),
        "duplicate": event.sign_ups.living().count() - len(own),
        "oversold": max(seated - event.capacity, 0),
        "order_errors": sum(later <= earlier for earlier, later in pairwise(positions)),
        "untrue": untrue,
        "5xx": sum(answer.status >= 500 for answer in answers),
        "statuses": dict(Counter(answer.status for answer in answers)),
        "counted_wrong": abs(seated - event.places_taken),
    }


def _untrue_pages(site: Site, event: Event, everybody: list[Caller], dice: random.Random, clients: int) -> int:
    """Of everybody with a place and of as many who wait: pages that say something else than is so."""
    seated = {*event.sign_ups.seated().values_list("person_id", flat=True)}
    look_at = [caller for caller in everybody if caller.person.pk in seated]
    look_at += dice.sample([caller for caller in everybody if caller.person.pk not in seated], k=10 * len(look_at) // 2)
    own = {row.person_id: row for row in event.sign_ups.living()}

    def is_untrue(caller: Caller) -> bool:
        row = own[caller.person.pk]
        return SAID[row.status] not in site.ask(row.get_absolute_url(), caller.session).page

    return sum(_at_once(clients, [lambda caller=caller: is_untrue(caller) for caller in look_at]))


def mixed(
    site: Site, *, sign_ups: int, cancels: int, edits: int, clients: int, processes: int, seed: int, locked: bool = True
) -> Report:
    """Sign-ups, cancels and edits of the capacity by turns, while the database is looked at all the time."""
    dice = random.Random(seed)
    event = day("p1-mixed", cancels)
    if not locked:
        drop_guards()
    site.serve(processes=processes, locked=locked)
    before = callers(cancels, "p1-before-")
    fill_with(event, [caller.person for caller in before])
    own = {row.person_id: row for row in event.sign_ups.all()}
    new, (by,) = callers(sign_ups, "p1-mixed-"), facilitators(1)
    works = [_signs_up(site, event, caller) for caller in new]
    works += [_cancels(site, own[caller.person.pk], caller) for caller in before]
    # Where fewer places are asked for than are taken, the form asks what becomes of those over; some then let it be.
    for _ in range(edits):
        capacity, those_over = cancels + dice.randrange(-20, 60), dice.choice(("keep", "move_back", ""))
        works.append(partial(_edit, site, event, by, capacity, those_over))
    dice.shuffle(works)
    over: list[int] = []
    done = threading.Event()
    watching = threading.Thread(target=_watch, args=(event.pk, over, done))
    watching.start()
    answers = _at_once(clients, works)
    done.set()
    watching.join()
    event.refresh_from_db()
    posts = [answer for answer in answers if isinstance(answer, Answer)]
    edited = Counter(answer for answer in answers if isinstance(answer, str))
    seated, waiting = event.sign_ups.seated().count(), event.sign_ups.filter(status=SignUp.Status.WAITING).count()
    return {
        "n": len(works),
        "samples": len(over),
        "oversold": max(0, *over, seated - event.capacity - event.kept_over),
        "lost": sign_ups - event.sign_ups.filter(person__in=[caller.person for caller in new]).living().count(),
        "not_cancelled": event.sign_ups.filter(person__in=[caller.person for caller in before]).living().count(),
        "left_free": min(max(event.capacity - seated, 0), waiting),
        "counted_wrong": abs(seated - event.places_taken),
        "edits": dict(edited),
        "edits_lost": edited[NOT_SAVED],
        "5xx": sum(answer.status >= 500 for answer in posts),
        **_times(posts),
    }


def _watch(event: int, over: list[int], done: threading.Event) -> None:
    """Note by how much more than the capacity is taken, as committed at each look."""
    try:
        while not done.is_set():
            with connection.cursor() as cursor:
                cursor.execute(SAMPLE, [event])
                over.append(cursor.fetchone()[0] or 0)
            time.sleep(0.02)
    finally:
        connection.close()


def _edit(site: Site, event: Event, by: Caller, capacity: int, those_over: str) -> str:
    """Set the capacity as an organiser does, by the form of the event, and answer what it asks about those over."""
    address, added = f"/events/{event.slug}/edit/", {"capacity": str(capacity)}
    page = site.ask(address, by.session).page
    for _ in range(60):  # each time that others change it meanwhile, the page comes back with the form as it is now
        answer = site.ask(address, by.session, form_with("capacity", page) | added)
        if answer.status == 302:
            return f"saved, those over: {added['those_over']}" if "those_over" in added else "saved"
        if answer.status not in (409, 422):
            break
        page = answer.page
        if 'name="those_over"' in page and CHANGED_SINCE not in page:
            if not those_over:
                return "refused, fewer than are taken"
            added["those_over"] = those_over
    return NOT_SAVED


def p2(
    site: Site, *, waiting: int, cancels: int, clients: int, processes: int, kills: int, seed: int, locked=True
) -> Report:
    """Whoever waits moves up in exact order and hears of it once, though the worker is killed again and again."""
    dice = random.Random(seed)
    event = day("p2", cancels)
    holders, queue = callers(cancels, "p2-holder-"), callers(waiting, "p2-waits-")
    fill_with(event, [caller.person for caller in (*holders, *queue)])
    if not locked:
        drop_guards()
    own = {row.person_id: row for row in event.sign_ups.filter(person__in=[caller.person for caller in holders])}
    site.serve(processes=processes, locked=locked)
    dice.shuffle(holders)
    answers = _at_once(clients, [_cancels(site, own[caller.person.pk], caller) for caller in holders])
    event.refresh_from_db()
    first = own and cancels + min(row.position for row in own.values())
    promoted = [*event.sign_ups.seated().order_by("position").values_list("position", flat=True)]
    lines = [*QueueLine.objects.filter(event=event).order_by("pk").values_list("position", flat=True)]
    told = Message.objects.filter(kind="events.promotion")
    report = {
        "n": cancels,
        "lost": cancels - len({*promoted}),
        "duplicate": len(lines) - len({*lines}),
        "oversold": max(len(promoted) - event.capacity, 0),
        "order_errors": sum(a != b for a, b in zip(lines, range(first, first + cancels), strict=False)),
        "promoted": [promoted[0] - first + 1, promoted[-1] - first + 1] if promoted else [],
        "messages": told.count(),
        "5xx": sum(answer.status >= 500 for answer in answers),
        **_times(answers),
    }
    if locked:
        report["killed"] = site.deliver(kills=kills, is_done=lambda: not _unsent())
        report |= _handed_over(site)
    return report


def p3(site: Site, *, sign_ups: int, clients: int, processes: int, seed: int, locked: bool = True) -> Report:
    """A form that is sent five times, and whose answers are lost on the way, makes one place and one mail."""
    dice = random.Random(seed)
    event = day("p3", sign_ups)
    everybody = callers(sign_ups, "p3-")
    if not locked:
        drop_guards()
    site.serve(processes=processes, locked=locked)
    works = []
    for caller in everybody:
        token = secrets.token_hex(16)
        for _ in range(5):
            form = FORM | {"form_token": token if locked else secrets.token_hex(16)}
            works.append((caller, form, dice.random() < 0.3))
    # Those of one person stand together, so that they come at once.
    address = f"/events/{event.slug}/sign-up/"
    answers = _at_once(
        clients,
        [lambda c=c, f=f, d=d: site.ask(address, c.session, f, drop=d) for c, f, d in works],
    )
    _wait_until_quiet(event)
    heard = [answer for answer in answers if answer.status]
    rows = event.sign_ups.living()
    report = {
        "n": sign_ups,
        "sent": len(works),
        "dropped": len(works) - len(heard),
        "lost": sign_ups - rows.values("person").distinct().count(),
        "duplicate": rows.count() - rows.values("person").distinct().count(),
        "oversold": max(event.sign_ups.seated().count() - event.capacity, 0),
        "messages": Message.objects.filter(kind="events.confirmation").count(),
        "statuses": dict(Counter(answer.status for answer in heard)),
        "5xx": sum(answer.status >= 500 for answer in heard),
        **_times(heard),
    }
    if locked:
        site.deliver(kills=0, is_done=lambda: not _unsent())
        report |= _handed_over(site)
    return report


def speed(site: Site, *, rounds: int, processes: int, seed: int, locked: bool = True, peer: str = "") -> Report:
    """As many statements at 10 rows as at 10,000, as quick with 5,000 as with 50; the bare update; a peer."""
    few, many, bare, ours = day("p-50", 100_000), day("p-5000", 100_000), day("bare", 100_000), day("ours", 100_000)
    crowd = [caller.person for caller in callers(5000, "crowd-")]
    fill_with(few, crowd[:50])
    fill_with(many, crowd)
    site.serve(processes=processes)
    new = iter(callers(rounds * 10 * 2 + rounds * 64 * 2, "speed-"))
    took: dict[str, list[Answer]] = {few.slug: [], many.slug: []}
    for _ in range(rounds):
        for event in (few, many):
            took[event.slug] += [_signs_up(site, event, next(new))() for _ in range(10)]
    p95 = {slug: _times(answers)["p95_ms"] for slug, answers in took.items()}
    other = read_peer(peer)
    ratios, rates = [], []
    for _ in range(rounds):
        rate = {}
        for name, address in (("ours", f"/events/{ours.slug}/sign-up/"), ("bare", f"/bench/sign-up/{bare.slug}/")):
            works = [partial(site.ask, address, next(new).session, FORM) for _ in range(64)]
            began = time.perf_counter()
            answers = _at_once(8, works)
            rate[name] = len(works) / (time.perf_counter() - began)
            assert all(answer.status == 302 for answer in answers), name
        ratios.append(rate["ours"] / rate["bare"])
        if other:
            began = time.perf_counter()
            assert {*_at_once(8, [other.order] * 16)} == {201}, other.name
            rates.append((rate["ours"], 16 / (time.perf_counter() - began)))
    statements = {rows: _statements(rows) for rows in (10, 10_000)}
    return {
        "n": rounds,
        "p95_ms_with_50": p95[few.slug],
        "p95_ms_with_5000": p95[many.slug],
        "p95_ratio": round(p95[many.slug] / p95[few.slug], 3),
        **_middle("times_the_bare_update", ratios),
        **(_beside(other, rates) if other else {}),
        "statements": statements,
        "5xx": 0,
    }


def _beside(other: Peer, rates: list[tuple[float, float]]) -> Report:
    """The ratios to a peer, both rates a second, and what was ordered there: an order may do more or less."""
    sign_ups, ordered = zip(*rates, strict=True)
    return {
        "peer": other.name,
        "peer_order": other.body,
        **_middle("sign_ups_a_second", sign_ups),
        **_middle("orders_a_second", ordered),
        **_middle("times_the_peer", [ours / orders for ours, orders in rates]),
    }


def _middle(name: str, ratios: Sequence[float]) -> Report:
    """The median of the rounds, and the least and most."""
    return {
        name: round(sorted(ratios)[len(ratios) // 2], 3),
        f"{name}_least_and_most": [round(min(ratios), 3), round(max(ratios), 3)],
    }


def _statements(rows: int) -> int:
    """How many statements one sign-up asks on a day with so many."""
    event = day(f"statements-{rows}", 20_000)
    fill_with(event, [caller.person for caller in callers(rows, f"st{rows}-")])
    warm, asked = (caller.person for caller in callers(2, f"asks{rows}-"))
    sign_up(event, by=User.objects.get(pk=warm.pk))
    person = User.objects.get(pk=asked.pk)
    with CaptureQueriesContext(connection) as captured:
        sign_up(event, by=person)
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")) for query in captured)


def _signs_up(site: Site, event: Event, caller: Caller) -> Callable[[], Answer]:
    form = FORM | {"form_token": secrets.token_hex(16)}
    return lambda: site.ask(f"/events/{event.slug}/sign-up/", caller.session, form)


def _cancels(site: Site, place: SignUp, caller: Caller) -> Callable[[], Answer]:
    return lambda: site.ask(f"/sign-ups/{place.reference}/cancel/", caller.session, {})


def _at_once(clients: int, works: Iterable[Callable[[], Any]]) -> list[Any]:
    """What each came to, asked by so many clients, each of which asks again once it has its answer."""
    with ThreadPoolExecutor(clients) as threads:
        return list(threads.map(lambda work: work(), works))


def _wait_until_quiet(event: Event) -> None:
    """Posts whose answers nobody waited for may still be on their way."""
    before, still = -1, 0
    while still < 5:
        now = event.sign_ups.count()
        before, still = now, still + 1 if now == before else 0
        time.sleep(0.5)


def _unsent() -> int:
    return Message.objects.filter(state__in=[Message.State.WAITING, Message.State.SENDING]).count()


def _handed_over(site: Site) -> Report:
    """A worker killed between handing over and noting it sends the same mail again: the same by its Message-ID."""
    ids = site.message_ids()
    return {"mails": len({*ids}), "sent_again_under_the_same_id": len(ids) - len({*ids})}


def _times(answers: list[Answer]) -> Report:
    took = sorted(1000 * answer.seconds for answer in answers) or [0.0]
    at = {"p50_ms": 0.5, "p95_ms": 0.95}
    return {name: round(took[int(share * (len(took) - 1))], 1) for name, share in at.items()} | {
        "max_ms": round(took[-1], 1)
    }
