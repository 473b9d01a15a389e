"""Health checks of the site's parts. Only a dead database makes it unready; all else makes it degraded."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from audit.tasks import last_check as last_check_of_trail
from core import key_folder
from core.words import counted, series
from outbox import queries as outbox
from portal import tasks
from portal.models import ScheduledRun
from portal.status.engines import EngineState, engine_states, in_use
from sealing.queries import rounds_without_key
from search.engines import engines
from search.tasks import last_check

QUIET_WORKER = dt.timedelta(minutes=3)
LAGGING_INDEX = dt.timedelta(minutes=5)
LAGGING_MAIL = dt.timedelta(minutes=15)
A_DAY = dt.timedelta(days=1)
Engines = Callable[[], list[EngineState]]


@dataclass(frozen=True)
class Part:
    """A part of the site and its `state`: ok, degraded or failed."""

    name: str
    state: str
    words: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.state}" + (f" ({self.words})" if self.words else "")


class Degraded(Exception):
    """Raised by a check of a part without which the site goes on."""


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations() -> None:
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RuntimeError(f"{len(waiting)} not applied")


def _cache() -> None:
    cache = caches["default"]
    if isinstance(cache, RedisCache):
        # Past the forgiving wrapper, which would say all is well.
        cache._cache.get_client().ping()


def _channel_layer() -> None:
    layer = get_channel_layer()
    if settings.REDIS_URL and layer is not None:
        async_to_sync(layer.group_send)("health", {"type": "ignored"})


def _search(asked: Engines) -> str:
    """What the engines hold, how they compared with the rows, and which of them answers searches."""
    states = asked()
    used = in_use(states)
    now = f"in use: {used.holds if len(states) > 1 else used.name}" if used else "none answers searches"
    for state in states:
        if state.problem:
            raise Degraded(f"{state.name} {state.problem}; {now}")
    return "; ".join([*(state.holds for state in states), *_compared_with_the_rows(), now])


def _compared_with_the_rows() -> list[str]:
    """When the engines in use were last compared with the rows, which are nightly; nothing before the first time."""
    if (check := last_check()) is None:
        return []
    at = timezone.localtime(check.finished_at, dt.UTC)
    said = f"compared with the rows {at:%d %B %H:%M} UTC"
    for engine in engines():
        counts = check.return_value.get(engine.name, {})
        if differences := [
            f"{counts[name]:,} {name}" for name in ("missing", "stale", "forbidden") if counts.get(name)
        ]:
            raise Degraded(f"{engine.name} {said}: {series(differences)}; manage.py check_search compares again")
    return [said]


def _worker() -> None:
    last = ScheduledRun.objects.order_by("-ran_at").values_list("ran_at", flat=True).first()
    if last is None or last < timezone.now() - QUIET_WORKER:
        raise Degraded("no worker has kept time for three minutes" if last else "no worker has run yet")


def _schedules() -> None:
    """Each schedule that failed within a day must have gone through since."""
    runs = DBTaskResult.objects.filter(task_path=tasks.run_schedule.module_path)
    failed: dict[str, dt.datetime] = {}
    lately = runs.failed().filter(finished_at__gte=timezone.now() - A_DAY).order_by("finished_at")
    for asked, at in lately.values_list("args_kwargs", "finished_at"):
        failed[asked["args"][0]] = at
    through = runs.successful()
    still = [
        name
        for name, at in sorted(failed.items())
        if not through.filter(args_kwargs__args__0=name, finished_at__gt=at).exists()
    ]
    if still:
        raise Degraded(f"failed and not gone through since: {series(still)}")


def _change_log(asked: Engines) -> str:
    """How many changes each engine has not followed yet, and for how long the oldest has waited."""
    states = asked()
    said = "; ".join(state.lag for state in states)
    if any(state.oldest and state.oldest < timezone.now() - LAGGING_INDEX for state in states):
        raise Degraded(said)
    return said


def _audit_trail() -> str:
    """When the trail was last compared with its chain, which is nightly; nothing before the first time."""
    if (check := last_check_of_trail()) is None:
        return ""
    at = timezone.localtime(check.finished_at, dt.UTC)
    if check.finished_at < timezone.now() - 2 * A_DAY:
        raise Degraded(f"last compared with its chain {at:%d %B %H:%M} UTC")
    if check.return_value:
        raise Degraded(f"{counted(len(check.return_value), 'fault')} found {at:%d %B %H:%M} UTC; manage.py check_trail")
    return f"as it was chained {at:%d %B %H:%M} UTC"


def _ballot_keys() -> None:
    if key_folder.problem():
        raise Degraded("their folder cannot be used: manage.py check says why")
    if lost := rounds_without_key():
        raise Degraded(f"lost for {counted(len(lost), 'round')} of sealed answers")


def _mail() -> None:
    now = timezone.now()
    problems = []
    if oldest := outbox.overdue(since=now - LAGGING_MAIL).first():
        problems.append(f"a message has waited since {oldest.not_before:%d %B %H:%M} UTC")
    for rows, words in ((outbox.failed, "could not be sent"), (outbox.unsure, "may have come twice")):
        if number := rows(since=now - A_DAY).count():
            problems.append(f"{counted(number, 'message')} of the last day {words}")
    if problems:
        raise Degraded("; ".join(problems))


_VITAL: dict[str, Callable[[], object]] = {"database": _database, "migrations": _migrations}


def _useful(asked: Engines) -> dict[str, Callable[[], str | None]]:
    return {
        "cache": _cache,
        "channel layer": _channel_layer,
        "search": partial(_search, asked),
        "worker": _worker,
        "schedules": _schedules,
        "change log": partial(_change_log, asked),
        "audit trail": _audit_trail,
        "ballot keys": _ballot_keys,
        "mail": _mail,
    }


def parts(asked: Engines | None = None) -> list[Part]:
    """Every part's state. Stops after a failed database, since other checks would only repeat its error.

    `asked` is given by whoever shows the engines as well, so that each is asked once.
    """
    states = []
    for name, check in _VITAL.items():
        try:
            check()
        except Exception as problem:
            return [
                *states,
                Part(name, "failed", str(problem).splitlines()[0] if str(problem) else type(problem).__name__),
            ]
        states.append(Part(name, "ok"))
    for name, useful in _useful(asked or cache(engine_states)).items():
        try:
            words = useful()
        except Degraded as problem:
            states.append(Part(name, "degraded", str(problem)))
        except Exception as problem:
            states.append(Part(name, "degraded", type(problem).__name__))
        else:
            states.append(Part(name, "ok", words or ""))
    return states
