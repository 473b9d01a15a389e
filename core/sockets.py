"""Limits on who may open a WebSocket, applied before any query."""

import ipaddress
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from channels.security.websocket import WebsocketDenier

Application = Callable[..., Awaitable[Any]]

# Far more than a hall holds, whose phones all come from one address; the server itself takes 2,000.
MOST_FROM_ONE_ADDRESS = 1000


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


class SocketLimits:
    """Accept sockets that pages of `origins` open, up to a number for each client address; refuse others.

    `origins` are whole origins, not bare hosts: a bare host would let in any scheme and port.
    """

    def __init__(
        self, application: Application, *, origins: Iterable[str], proxies: int, most: int = MOST_FROM_ONE_ADDRESS
    ) -> None:
        self.application = application
        self.origins = {origin.encode() for origin in origins}
        self.proxies = proxies
        self.most = most
        self.open: Counter[str] = Counter()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        address = address_of(scope, self.proxies)
        if dict(scope.get("headers", [])).get(b"origin") not in self.origins or self.open[address] >= self.most:
            await WebsocketDenier()(scope, receive, send)
            return
        self.open[address] += 1
        try:
            await self.application(scope, receive, send)
        finally:
            self.open[address] -= 1
            if not self.open[address]:
                del self.open[address]
