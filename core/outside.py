"""Reads pages and files of other sites, and never one inside the own network. Nobody else opens such a connection.

Over https and port 443 only. A host is resolved here, once for each connection; every address that it has must be
public, and the connection is made to the very address that was looked at, so that a second answer of its name server
counts for nothing. A redirect is followed on its own host only. All failures are one sentence, which tells nobody what
stands where.
"""

import http.client
import queue
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import urllib3
from django.conf import settings
from django.utils.module_loading import import_string
from urllib3.connection import HTTPSConnection

from core.links import is_private_host, is_public_address

MOST_BYTES = 64 * 1024
SECONDS = 5.0  # for all of it: name, connection, redirects, content
MOST_REDIRECTS = 3
_PORT = 443
_MOST_LENGTH = 2_000
# A name as the DNS has it, of two parts at least. The last part of no name begins with a digit, so no number passes,
# in whatever notation.
_NAME = re.compile(r"(?=.{4,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")
_SAFE = "/%:@!$&'()*+,;=~?[]"  # of an address, what stays as it is written
_FAILURES = (OSError, urllib3.exceptions.HTTPError, http.client.HTTPException, ValueError)


class CannotFetch(Exception):
    """An address was not read, for whatever reason."""

    def __init__(self) -> None:
        super().__init__("This address could not be read.")


@dataclass(frozen=True)
class Fetched:
    """What a site answered. `address` is where, after redirects on the same host."""

    address: str
    status: int
    content: bytes = b""  # one byte more than was allowed where there was more
    moved_to: str = ""  # where a redirect leads that was not followed: another host, or one too many

    @property
    def is_there(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True)
class Reply:
    """What one connection brought."""

    status: int
    content: bytes = b""
    location: str = ""


@dataclass(frozen=True)
class Wish:
    """One request to one connection: what is asked of which host, at which of its addresses, and for how long."""

    method: str
    host: str
    target: str
    at: str
    most_bytes: int
    until: float = field(compare=False)  # on the clock of time.monotonic


def get(
    address: str, *, hosts: Collection[str] | None = None, most_bytes: int = MOST_BYTES, seconds: float = SECONDS
) -> Fetched:
    """The page or file at `address`, of one of the `hosts` or of any public one. Raises CannotFetch."""
    return _read("GET", address, hosts=hosts, most_bytes=most_bytes, seconds=seconds)


def head(address: str, *, hosts: Collection[str] | None = None, seconds: float = SECONDS) -> Fetched:
    """As `get`, without the content. Some sites refuse to answer this (403, 405) and have to be asked with `get`."""
    return _read("HEAD", address, hosts=hosts, most_bytes=0, seconds=seconds)


def host_of(address: str) -> str:
    """The host that an address would be read from. Raises CannotFetch for an address that is never read."""
    return _parts(address).hostname or ""


def _read(method: str, address: str, *, hosts: Collection[str] | None, most_bytes: int, seconds: float) -> Fetched:
    until = time.monotonic() + seconds
    parts = _parts(address)
    host = parts.hostname or ""
    if hosts is not None and host not in hosts:
        raise CannotFetch
    ask: Callable[[Wish], Reply] = import_string(settings.OUTSIDE_ASK)
    resolve: Callable[[str], Collection[str]] = import_string(settings.OUTSIDE_RESOLVE)
    for _ in range(MOST_REDIRECTS + 1):
        at = _public_address(resolve, host, until=until)
        target = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
        try:
            reply = ask(Wish(method, host, target, at, most_bytes, until))
        except _FAILURES as problem:
            raise CannotFetch from problem
        here = f"https://{host}{target}"
        if not (300 <= reply.status < 400 and reply.location):
            return Fetched(here, reply.status, reply.content)
        onward = urljoin(here, reply.location)
        try:
            parts = _parts(onward)
        except CannotFetch:
            return Fetched(here, reply.status)  # it leads where nobody is sent
        if parts.hostname != host:
            break
    return Fetched(here, reply.status, moved_to=onward)


def _parts(address: str) -> SplitResult:
    """The parts of an address that may be read: https, a name, the usual port, no login."""
    try:
        if len(address) > _MOST_LENGTH or not address.isprintable() or " " in address or "\\" in address:
            raise CannotFetch
        parts = urlsplit(address)
        port = parts.port
    except ValueError as problem:
        raise CannotFetch from problem
    is_plain = parts.scheme == "https" and port in {None, 443} and "@" not in parts.netloc
    host = parts.hostname or ""
    if not (is_plain and _NAME.fullmatch(host)) or is_private_host(host):
        raise CannotFetch
    return parts


def _public_address(resolve: Callable[[str], Collection[str]], host: str, *, until: float) -> str:
    """An address of a host, all of whose addresses are public."""
    answers: queue.SimpleQueue[Collection[str]] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(resolve(host))
        except _FAILURES:
            answers.put(())

    # The operating system's resolver knows no limit of time, so it is not waited for beyond ours.
    threading.Thread(target=look_up, daemon=True).start()
    try:
        found = answers.get(timeout=max(0.0, until - time.monotonic()))
    except queue.Empty as problem:
        raise CannotFetch from problem
    if not found or not all(is_public_address(each) for each in found):
        raise CannotFetch
    return next(iter(found))


def resolve(host: str) -> list[str]:
    """The addresses that a host has."""
    return [str(each[4][0]) for each in socket.getaddrinfo(host, _PORT, type=socket.SOCK_STREAM)]


def ask(wish: Wish) -> Reply:
    """The answer to one request, over a connection of its own that is cut off when its time is over."""
    left = wish.until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    connection = _Connection(
        wish.at,
        port=_PORT,
        timeout=left,
        ssl_context=ssl.create_default_context(),
        server_hostname=wish.host,
        assert_hostname=wish.host,
    )
    try:
        connection.until = wish.until
        headers = {"Host": wish.host, "User-Agent": _user_agent(), "Accept-Encoding": "identity", "Connection": "close"}
        connection.request(wish.method, wish.target, headers=headers, preload_content=False, decode_content=False)
        response = connection.getresponse()
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise ValueError("content that was not asked for packed")
        content = response.read(wish.most_bytes + 1) if wish.method == "GET" else b""
        if time.monotonic() > wish.until:  # what was cut off may look like a whole answer
            raise TimeoutError
        return Reply(response.status, content, response.headers.get("Location", ""))
    finally:
        connection.cut()
        connection.close()


def _user_agent() -> str:
    return f"{settings.SITE_NAME} portal (+{settings.BASE_URL})".encode("ascii", "replace").decode()


class _Connection(HTTPSConnection):
    """A connection that is shut when its time is over, whoever drips single bytes into it."""

    until = 0.0
    _handle: socket.socket | None = None
    _timer: threading.Timer | None = None

    def _new_conn(self) -> socket.socket:
        made = super()._new_conn()
        self._handle = made.dup()  # the encryption takes the socket itself away
        self._timer = threading.Timer(max(0.0, self.until - time.monotonic()), self._shut)
        self._timer.daemon = True
        self._timer.start()
        return made

    def _shut(self) -> None:
        if self._handle:
            try:
                self._handle.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it was closed meanwhile

    def cut(self) -> None:
        """Stop the timer and let go of the socket."""
        if self._timer:
            self._timer.cancel()
            self._timer.join()
        if self._handle:
            self._handle.close()
