"""The sites outside that tests read: what `core.outside` asks in the place of the internet.

`outside.answer("https://forge.example/a", b"…")` plants a page. All that is planted nowhere has no address.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest

from core.outside import Reply, Wish

PUBLIC = "93.184.215.14"


@dataclass
class Outside:
    """Hosts with their addresses, pages by address, and what was asked for."""

    hosts: dict[str, list[str]] = field(default_factory=dict)
    pages: dict[str, Reply] = field(default_factory=dict)
    asked: list[Wish] = field(default_factory=list)

    def answer(self, address: str, content: bytes | str = b"", *, status: int = 200, location: str = "") -> None:
        """Plant a page; its host gets a public address."""
        self.hosts.setdefault(urlsplit(address).hostname or "", [PUBLIC])
        self.pages[address] = Reply(status, content.encode() if isinstance(content, str) else content, location)

    def forget(self) -> None:
        """Be empty again."""
        for each in (self.hosts, self.pages, self.asked):
            each.clear()

    def asked_for(self) -> list[str]:
        return [f"https://{wish.host}{wish.target}" for wish in self.asked]


_outside = Outside()


def plant(address: str, content: bytes | str = b"") -> None:
    """Plant a page for the rest of the test that has no fixture of its own."""
    _outside.answer(address, content)


def resolve(host: str) -> Collection[str]:
    return _outside.hosts.get(host, [])


def ask(wish: Wish) -> Reply:
    _outside.asked.append(wish)
    reply = _outside.pages.get(f"https://{wish.host}{wish.target}", Reply(404))
    content = reply.content[: wish.most_bytes + 1] if wish.method == "GET" else b""
    return Reply(reply.status, content, reply.location)


@pytest.fixture
def outside() -> Iterator[Outside]:
    """The sites outside, empty."""
    _outside.forget()  # the same object stays, as settings name it
    yield _outside
    _outside.forget()
