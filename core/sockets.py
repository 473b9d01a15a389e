"""Limits on who may open a WebSocket, applied before any query."""

import ipaddress
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

Application = Callable[..., Awaitable[Any]]

# More than a hall of 500 holds, whose phones all come from one address.
MOST_FROM_ONE_ADDRESS = 700
# Of one process, whose server answers nobody at all from 3,000 connections on.
CAPACITY = 2800
# Shares of the capacity: once so much is taken, strangers are refused from addresses that hold more than theirs, and
# then from everywhere.
ADDRESS_SHARE, FILLING, FOR_STRANGERS = 0.1, 0.5, 0.7


def address_of(scope: dict[str, Any], proxies: int) -> str:
    """The client address of a socket, as the outermost of our proxies gives it; IPv6 as its network."""
    passed_on = dict(scope.get("headers", [])).get(b"x-forwarded-for", b"").decode("latin1").split(",")
    words = passed_on[-proxies].strip() if 0 < proxies <= len(passed_on) else ""
    words = words or (scope.get("client") or [""])[0]
    try:
        address = ipaddress.ip_address(words)
    except ValueError:
        return words
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else words


async def refuse(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answer the handshake of a socket with 403."""
    await receive()
    await send({"type": "websocket.close"})


class SocketLimits:
    """Pass on sockets that pages of `origins` open, as many as the process can hold; refuse others.

    `origins` are whole origins, not bare hosts: a bare host would let in any scheme and port. Where an address or the
    process is crowded, `scope["is_crowded"]` says so, and the application lets in only people whom it knows.
    """

    def __init__(
        self,
        application: Application,
        *,
        origins: Iterable[str],
        proxies: int,
        most: int = MOST_FROM_ONE_ADDRESS,
        capacity: int = CAPACITY,
    ) -> None:
        self.application = application
        self.origins = [[origin.encode()] for origin in origins]
        self.proxies = proxies
        self.most = most
        self.capacity = capacity
        self.open: Counter[str] = Counter()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        address = address_of(scope, self.proxies)
        said = [value for name, value in scope.get("headers", []) if name == b"origin"]
        if said not in self.origins or self.open.total() >= self.capacity:
            await refuse(scope, receive, send)
            return
        scope = scope | {"is_crowded": self.is_crowded(address)}
        self.open[address] += 1
        try:
            await self.application(scope, receive, send)
        finally:
            self.open[address] -= 1
            if not self.open[address]:
                del self.open[address]

    def is_crowded(self, address: str) -> bool:
        """Whether a stranger from here would take a place that somebody else may need."""
        here, all_open = self.open[address], self.open.total()
        return (
            here >= self.most
            or all_open >= FOR_STRANGERS * self.capacity
            or (all_open >= FILLING * self.capacity and here >= ADDRESS_SHARE * self.capacity)
        )
