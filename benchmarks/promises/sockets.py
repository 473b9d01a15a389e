"""A hall of sockets: a plain client that notes when each frame came, and can be slow, killed or lose messages."""

import asyncio
import base64
import json
import os
import random
import re
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

VERSION = re.compile(rb'"version": ?(\d+)')
SAID = re.compile(rb"HTTP/1\.1 (\d+)")
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


@dataclass(frozen=True)
class Place:
    """Where a socket is opened, as whom (nobody without a cookie) and from which address of this machine."""

    port: int
    path: str
    origin: str
    cookie: str = ""
    address: str = "127.0.0.1"


@dataclass(eq=False)
class Screen(asyncio.Protocol):
    """One socket. `frames` are the moments and versions of what came; `lost` is how likely a message goes astray."""

    place: Place
    lost: float = 0.0
    dice: random.Random = field(default_factory=random.Random)
    frames: list[tuple[float, int]] = field(default_factory=list)
    last: bytes = b""
    status: int = 0
    code: int = 0

    def connection_made(self, transport: Any) -> None:
        self.transport, self.buffer = transport, b""
        self.answered, self.shown, self.ended = (asyncio.get_running_loop().create_future() for _ in range(3))
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [f"GET {self.place.path} HTTP/1.1", "Host: bench.example", "Upgrade: websocket", "Connection: Upgrade"]
        lines += [f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", f"Origin: {self.place.origin}"]
        lines += [f"Cookie: {self.place.cookie}"] * bool(self.place.cookie)
        transport.write("\r\n".join([*lines, "", ""]).encode())

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.status:
            head, ended, rest = self.buffer.partition(b"\r\n\r\n")
            if not ended:
                return
            self.status, self.buffer = int(SAID.match(head)[1]), rest  # type: ignore[index]  # any other answer is a fault
            self.answered.set_result(self.status)
        while self.status == 101 and (frame := self._next_frame()):
            self._take(*frame)

    def _next_frame(self) -> tuple[int, bytes] | None:
        """The next whole frame: its kind and its content. What a server sends is not masked."""
        head = self.buffer
        if len(head) < 2:
            return None
        size, start = head[1] & 127, 2
        if size >= 126:
            start = 4 if size == 126 else 10
            if len(head) < start:
                return None
            size = int.from_bytes(head[2:start], "big")
        if len(head) < start + size:
            return None
        self.buffer = head[start + size :]
        return head[0] & 15, head[start : start + size]

    def _take(self, kind: int, content: bytes) -> None:
        if kind == PING:
            self.transport.write(bytes([0x80 | PONG, 0x80 | len(content), 0, 0, 0, 0]) + content)
        elif kind == CLOSE:
            self.code = int.from_bytes(content[:2], "big")
        elif kind == TEXT and not (self.lost and self.dice.random() < self.lost):
            found = VERSION.search(content)
            self.frames.append((time.perf_counter(), int(found[1]) if found else -1))
            self.last = content
            if not self.shown.done():
                self.shown.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        for waited in (self.answered, self.shown, self.ended):
            if not waited.done():
                waited.set_result(None)

    @property
    def version(self) -> int:
        """The version that is on the screen; -1 for none."""
        return self.frames[-1][1] if self.frames else -1

    @property
    def state(self) -> dict[str, Any]:
        return json.loads(self.last or b"{}")

    @property
    def is_open(self) -> bool:
        return self.status == 101 and not self.ended.done()

    def seen_at(self, version: int) -> float | None:
        """When the screen first showed this version or a later one."""
        return next((at for at, shown in self.frames if shown >= version), None)

    def kill(self) -> None:
        """Cut the line without a word, as a phone does that leaves the Wi-Fi."""
        self.transport.abort()


async def open_screen(screen: Screen) -> Screen:
    """Connect, and wait for the server's answer."""
    for _ in range(100):
        with suppress(OSError):
            await asyncio.get_running_loop().create_connection(
                lambda: screen, "127.0.0.1", screen.place.port, local_addr=(screen.place.address, 0)
            )
            await screen.answered
            return screen
        await asyncio.sleep(0.1)
    raise AssertionError("the sockets' server cannot be reached")


async def open_hall(places: Iterable[Place], **how: Any) -> list[Screen]:
    """Connect them all at once, as after a restart; every screen then shows something or was refused."""
    hall = await asyncio.gather(*(open_screen(Screen(place, **how)) for place in places))
    await asyncio.gather(*(screen.shown for screen in hall if screen.status == 101))
    return hall


async def empty(hall: Iterable[Screen]) -> None:
    """Cut every line."""
    for screen in hall:
        screen.kill()
    await asyncio.sleep(0.2)


async def storm(hall: list[Screen], *, seconds: int, killed: float, dice: random.Random) -> None:
    """Each second cut the lines of a share of the hall, and let one in twenty read nothing for five seconds.

    Whoever is cut off comes back within a second, as pages do, with an empty screen.
    """
    loop, coming = asyncio.get_running_loop(), set()
    for second in range(seconds):
        for number in dice.sample(range(len(hall)), k=round(len(hall) * killed)):
            if hall[number].is_open:
                hall[number].kill()
                coming.add(asyncio.create_task(_comes_back(hall, number, dice.random())))
        for screen in dice.sample(hall, k=len(hall) // 20):
            if second <= seconds - 5 and screen.is_open and screen.transport.is_reading():
                screen.transport.pause_reading()
                loop.call_later(5, _read_on, screen)
        await asyncio.sleep(1)
    for task in coming:
        await task


async def _comes_back(hall: list[Screen], number: int, after: float) -> None:
    await asyncio.sleep(after)
    hall[number] = await open_screen(Screen(hall[number].place))


def _read_on(screen: Screen) -> None:
    if screen.is_open and not screen.transport.is_closing():
        screen.transport.resume_reading()


async def until_equal(hall: list[Screen], truth: dict[str, Any], *, within: float) -> tuple[float, int]:
    """Seconds until every screen shows the truth, and how many do; gives up after `within` seconds."""
    began = time.perf_counter()
    while True:
        equal, took = sum(screen.state == truth for screen in hall), time.perf_counter() - began
        if equal == len(hall) or took > within:
            return took, equal
        await asyncio.sleep(0.02)
