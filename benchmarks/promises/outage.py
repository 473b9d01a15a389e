"""Elasticsearch refuses, then hangs, while councils publish, withdraw, restrict: nobody waits, nothing is missing."""

import random
import statistics
import time
from typing import Any

from django.utils import timezone

from benchmarks.promises.making import Caller, callers
from benchmarks.promises.site import Site
from benchmarks.promises.wire import Wire

Report = dict[str, Any]
WITHIN = 60  # seconds in which the index has caught up
WORD = "zqxv"
TURNS = 10


def p16(
    site: Site, *, wire: Wire, published: int, withdrawn: int, restricted: int, minutes: int, processes: int, seed: int,
    locked: bool = True,
) -> Report:  # fmt: skip
    """Publish as often with the engine well as with it gone, then hung; then compare its index with the rows."""
    site.serve(processes=processes)
    site.start_worker(schedules=True)
    publisher, drafts, entries, pages = _made(2 * published, withdrawn, restricted)
    _caught_up(WITHIN)
    dice, seconds = random.Random(seed), {"well": list[float](), "out": list[float]()}
    found: Report = {"n": published, "5xx": 0, "untrue": 0, "leaks": 0}
    taken = [("withdraw", one) for one in entries] + [("restrict", one) for one in pages]
    dice.shuffle(taken)
    well, out = drafts[:published], drafts[published:]
    _publish(site, publisher, well[::2], seconds["well"], found)
    for turn in range(TURNS):
        if turn in (0, TURNS // 2):
            (wire.hang if turn else wire.refuse)()
        ends = time.monotonic() + 60 * minutes / TURNS
        _publish(site, publisher, out[turn::TURNS], seconds["out"], found)
        for act, one in taken[turn::TURNS]:
            _take_back(site, publisher, act, one, found)
        _look(site, [one for part in range(turn + 1) for one in taken[part::TURNS]], found, dice)
        time.sleep(max(0.0, ends - time.monotonic()))
    wire.carry()
    found["caught_up_after"] = _caught_up(4 * WITHIN)
    _publish(site, publisher, well[1::2], seconds["well"], found)
    _caught_up(WITHIN)
    p95 = {name: statistics.quantiles(each, n=20)[-1] for name, each in seconds.items()}
    found |= _compared()
    found["p95_ms"] = {name: round(1000 * each, 1) for name, each in p95.items()}
    ratio = round(p95["out"] / p95["well"], 2)
    found["goals"] = [
        f"{'met' if ratio <= 1.2 else 'MISSED'}: publishing without it, 95th percentile × with it {ratio} (≤ 1.2)",
        f"{'met' if found['caught_up_after'] <= WITHIN else 'MISSED'}: seconds until it has caught up "
        f"{found['caught_up_after']} (≤ {WITHIN})",
    ]
    return found


def _made(drafts: int, entries: int, pages: int) -> tuple[Caller, list[Any], list[Any], list[Any]]:
    """A publisher, drafts of their council to publish, entries to withdraw, and pages of news to restrict."""
    from assets_registry.models import Asset
    from councils.models import Membership, Organisation
    from publishing.models import NewsIndexPage, NewsPage

    (publisher,) = callers(1, "publisher")
    council = Organisation.objects.councils().first()
    Membership.objects.create(
        person=publisher.person, organisation=council, role=Membership.Role.PUBLISHER,
        state=Membership.State.CONFIRMED,
    )  # fmt: skip

    def asset(number: int, state: str) -> Asset:
        said = {"name": f"Entry {number} {WORD}{number}", "slug": f"entry-{number}", "kind": Asset.Kind.POLICY}
        since = timezone.now() if state == Asset.State.PUBLISHED else None
        return Asset.objects.create(
            **said, summary="Measured.", owner=council, state=state, published_at=since, registered_by=publisher.person
        )

    there = [asset(number, Asset.State.PUBLISHED) for number in range(entries + 1)]  # one more: no draft is the first
    waiting = [asset(entries + 1 + number, Asset.State.WITH_PUBLISHER) for number in range(drafts)]
    index = NewsIndexPage.objects.get()
    news = [
        index.add_child(instance=NewsPage(
            title=f"News {WORD}n{number}", summary="Measured.", body="<p>Words.</p>", published_on=timezone.now().date()
        ))
        for number in range(pages)
    ]  # fmt: skip
    return publisher, waiting, there[1:], news


def _publish(site: Site, publisher: Caller, drafts: list[Any], seconds: list[float], found: Report) -> None:
    for draft in drafts:
        answer = site.ask(f"/assets/{draft.slug}/publish/", publisher.session, {})
        seconds.append(answer.seconds)
        found["5xx"] += answer.status >= 500
        found["untrue"] += answer.status != 302


def _take_back(site: Site, publisher: Caller, act: str, one: Any, found: Report) -> None:
    from wagtail.models import PageViewRestriction

    if act == "withdraw":
        answer = site.ask(f"/assets/{one.slug}/withdraw/", publisher.session, {"reason": "Measured."})
        found["5xx"] += answer.status >= 500
        found["untrue"] += answer.status != 302
    else:
        PageViewRestriction.objects.create(page=one, restriction_type=PageViewRestriction.LOGIN)


def _look(site: Site, taken: list[tuple[str, Any]], found: Report, dice: random.Random) -> None:
    """What a stranger finds of what was restricted, and whether the search answers."""
    for act, one in dice.sample(taken, min(len(taken), 10)):
        word = str(one).split()[-1]
        answer = site.ask(f"/search/?q={word}&exact=1", "")
        found["5xx"] += answer.status >= 500
        found["leaks"] += act == "restrict" and one.get_url() in answer.page


def _caught_up(most: float) -> float:
    """Seconds until Elasticsearch has followed every change there is now, or more than `most`."""
    from search.models import Change, Cursor

    began = time.monotonic()
    while time.monotonic() - began < most:
        cursor = Cursor.objects.filter(engine="elasticsearch").first()
        if cursor and not Change.objects.after(cursor).exists():
            return round(time.monotonic() - began, 1)
        time.sleep(0.2)
    return round(time.monotonic() - began, 1)


def _compared() -> Report:
    """The indexes against the rows: what they lack, what they have as it was, and what should not be there."""
    from benchmarks.elastic import remove_indices
    from search.drift import drift_of
    from search.engines.elastic import ElasticEngine

    engine = ElasticEngine()
    found = drift_of(engine)
    remove_indices(engine)
    return found.counts
