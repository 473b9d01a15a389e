"""A cache of whole pages for requests without a session, each for one content version.

For a minute at most, since some words depend on the clock. A page that changes without raising the version, such as the
counts of an open vote, is not kept: its view calls `core.copies.do_not_keep`.
"""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from core.copies import is_not_kept
from portal.serving.content_version import content_version

MOST_PAGES = 500
LARGEST = 500_000  # bytes
LONGEST_QUERY = 500
# Every name that a page reads from its query. An address with any other is answered anew each time.
PARAMETERS = frozenset(
    (
        "action adoption area as_at asset asset_kind audience average block blocked by case cell cost_face cost_phone "
        "cost_web council council_type councils decide department depends discovery dissent due email event "
        "evidence exact format freshness from from_1 from_2 from_3 from_day group growth item key kind last lead "
        "level licence like link meeting missed nation near of only open outcome overdue owner page page[after] "
        "page[size] person phase principle problem project promise purpose q quarter rating record region release "
        "remover result review role rule send service share skill sort stage standing state step stream table tag "
        "tier to to_1 to_2 to_3 to_day unexplained unit volume_1 volume_2 volume_3 was_in weigh_population "
        "weigh_region weigh_rurality weigh_systems weigh_type when year years"
    ).split()
)
_NEVER = (
    "/cms/",
    "/accounts/",
    "/account/",
    "/demo/",
    "/healthz",
    "/readyz",
    "/static/",
    "/media/",
    "/card/",
    "/surveys/answer/",
    "/drafts/",
)


@dataclass(frozen=True)
class Kept:
    """A cached response, with the content version it shows and when it expires."""

    version: str
    until: float
    body: bytes
    headers: tuple[tuple[str, str], ...]

    def response(self) -> HttpResponse:
        response = HttpResponse(self.body)
        for name, value in self.headers:
            response[name] = value
        return response


class Pages:
    """The cached pages of this process, least recently used dropped first."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._most, self._kept, self._lock = most, OrderedDict[tuple[str, ...], Kept](), threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter(list(self._kept))

    def find(self, key: tuple[str, ...], version: str) -> Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept.version != version or kept.until < time.monotonic():
                return None
            self._kept.move_to_end(key)
            return kept

    def keep(self, key: tuple[str, ...], page: Kept) -> None:
        with self._lock:
            self._kept[key] = page
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


pages = Pages()


class PagesForStrangers:
    """Middleware that answers requests without a session from the cache, and caches what may be served again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = key_of(request)
        if key is None or (version := _version()) is None:
            return self.get_response(request)
        if kept := pages.find(key, version):
            response = kept.response()
            return get_conditional_response(request, etag=response["ETag"], response=response) or response
        response = self.get_response(request)
        if not may_be_kept(request, response):
            return response
        response["ETag"] = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
        response["Cache-Control"] = "no-cache"  # ask again each time: what is taken back is gone at once
        patch_vary_headers(response, ["Cookie"])
        until = time.monotonic() + settings.PAGES_KEPT_SECONDS
        pages.keep(key, Kept(version, until, response.content, tuple(response.items())))
        return get_conditional_response(request, etag=response["ETag"], response=response) or response


def key_of(request: HttpRequest) -> tuple[str, ...] | None:
    """The cache key of a request; None for one that is never answered from the cache."""
    if not settings.PAGES_KEPT_SECONDS or request.method not in {"GET", "HEAD"}:
        return None
    if request.path.startswith(_NEVER) or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return None
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY or not request.GET.keys() <= PARAMETERS:
        return None
    return (request.method, request.scheme or "", request.get_host(), request.path, request.GET.urlencode())


def may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a response is the same for every stranger: it sets no cookie, and no form in it has a token."""
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and not request.META.get("CSRF_COOKIE")
        and not response.has_header("Cache-Control")
        and not is_not_kept(request)
        and len(response.content) <= LARGEST
    )


def _version() -> str | None:
    try:
        return content_version()
    except DatabaseError:
        return None
