"""A publiccode.yml read from the forge of its repository, by the one guarded reader of other sites."""

import time
from dataclasses import dataclass

from django.conf import settings

from assets_registry import publiccode
from assets_registry.repositories import Repository, hosts
from core import outside
from core.errors import Refused
from core.words import series

FILE = "publiccode.yml"


@dataclass(frozen=True)
class FromForge:
    """What a forge says of a repository: where it is now, and its file, if it has one."""

    asked: Repository
    repository: Repository
    text: str | None

    @property
    def is_moved(self) -> bool:
        return self.asked.address.lower() != self.repository.address.lower()


def from_forge(address: str) -> FromForge:
    """The file of the repository at `address`. Refused where the forge is not on the list or does not answer.

    All that is asked of the forge is over within `outside.SECONDS`.
    """
    asked = Repository.at(address)
    if asked is None:
        raise Refused(
            f"Give the address of a public repository at {series(sorted(settings.FORGES), last='or')}. "
            "A file that is kept elsewhere can be pasted or uploaded below.",
            field="address",
        )
    until = time.monotonic() + outside.SECONDS
    repository = _now(asked, until)
    answers = False
    for where in repository.files(FILE):
        try:
            found = outside.get(where, hosts=hosts(), most_bytes=publiccode.MOST_BYTES, seconds=_left(until))
        except outside.CannotFetch:
            break
        answers = True
        if found.is_there:
            return FromForge(asked, repository, _text(found.content))
    if not answers:
        raise Refused(
            "The repository could not be read just now. Try again, or paste or upload the file below.", field="address"
        )
    return FromForge(asked, repository, None)


def _now(asked: Repository, until: float) -> Repository:
    """Where the forge keeps the repository now: it leads on from an address that it gave up."""
    try:
        page = outside.head(asked.address, hosts=hosts(), seconds=_left(until))
    except outside.CannotFetch:
        return asked
    return (Repository.at(page.address) if page.is_there else None) or asked


def _text(content: bytes) -> str:
    try:
        return publiccode.decoded(content)
    except publiccode.Unreadable as problem:
        raise Refused(f"The repository’s {FILE}: {problem}", field="address") from problem


def _left(until: float) -> float:
    return max(0.0, until - time.monotonic())
