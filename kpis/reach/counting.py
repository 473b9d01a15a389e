"""Views of news, counted in this process's memory and added to the database once a minute, with no word of who read.

What a process that was killed had not added is lost; one that is told to stop adds it first.
"""

import atexit
import datetime as dt
import os
import re
import threading
from collections import Counter
from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core import clock
from kpis.reach.operations import add_views

log = structlog.get_logger("site.reach")

MOST_PATHS = 5_000  # a minute; what comes beyond is not counted
# How robots, previews of links, programs and browsers without a reader name themselves.
_ROBOTS = re.compile(
    r"(?<!cu)bot(\b|[/;_-])|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|headless|lighthouse|phantom"
    r"|selenium|curl|wget|python|java/|okhttp|libwww|go-http|node-fetch|axios|scrapy|httpclient|monitor|uptime|pingdom"
    r"|check|feed|archive|scan",
    re.IGNORECASE,
)
# News stands one below the list of news: /news/<address>/.
_MAY_BE_NEWS = re.compile(r"/[\w-]{1,100}/[\w-]{1,255}/")


class Views:
    """How often each path was sent on each day, since it was last taken away."""

    def __init__(self) -> None:
        self._counted: Counter[tuple[str, dt.date]] = Counter()
        self._lock = threading.Lock()
        self._adder: tuple[int, threading.Thread] | None = None  # with its process: a fork begins its own

    def count(self, path: str) -> None:
        with self._lock:
            key = (path, clock.today())
            if key in self._counted or len(self._counted) < MOST_PATHS:
                self._counted[key] += 1
            if settings.VIEWS_ADDED_SECONDS and (self._adder is None or self._adder[0] != os.getpid()):
                self._begin()

    def take(self) -> Counter[tuple[str, dt.date]]:
        with self._lock:
            taken, self._counted = self._counted, Counter()
            return taken

    def give_back(self, taken: Counter[tuple[str, dt.date]]) -> None:
        with self._lock:
            self._counted.update(taken)

    def _begin(self) -> None:
        thread = threading.Thread(target=_add_for_ever, name="views of news", daemon=True)
        self._adder = (os.getpid(), thread)
        thread.start()
        atexit.register(add_counted)


views = Views()


class CountsViewsOfNews:
    """Middleware that counts what may be a page of news, whether made now, kept from before or found unchanged."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if is_a_view(request, response.status_code):
            views.count(request.path)
        return response


def is_a_view(request: HttpRequest, status: int) -> bool:
    """Whether a person was sent what may be a page of news: no robot, no look ahead by a browser, no HEAD."""
    return (
        request.method == "GET"
        and status in (200, 304)
        and not getattr(request, "is_preview", False)  # by an editor, in the admin
        and _MAY_BE_NEWS.fullmatch(request.path) is not None
        and "fetch" not in f"{request.headers.get('Sec-Purpose', '')}{request.headers.get('Purpose', '')}"
        and not is_robot(request.headers.get("User-Agent", ""))
    )


def is_robot(agent: str) -> bool:
    """Whether a program names itself as one, or says nothing of itself."""
    return not agent.strip() or _ROBOTS.search(agent) is not None


def add_counted() -> int:
    """Add what was counted since the last time, and return how many views; where that fails they are kept."""
    taken = views.take()
    if not taken:
        return 0
    try:
        return add_views(taken)
    except Exception:  # whatever it is, the thread goes on and what was counted stays
        views.give_back(taken)
        log.exception("views_not_added", paths=len(taken))
        return 0


def _add_for_ever() -> None:
    wait = threading.Event()
    while not wait.wait(settings.VIEWS_ADDED_SECONDS):
        add_counted()
        connection.close()  # this thread's own
