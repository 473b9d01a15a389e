"""Addresses of repositories: which of them are the same one, and where a forge keeps its files and pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import punycode

MOST = 400
# As git writes an address over ssh: git@host:owner/name.git
_SCP = re.compile(r"(?P<user>[\w.-]+@)?(?P<host>[\w-]+(\.[\w-]+)+):(?!//)(?P<path>[^\s:]+)")
_USUAL_PORT = re.compile(r":(443|80|22|9418)?$")
# Hosts that forges keep beside their own for ssh through the port of the web.
_BESIDE = {"ssh.github.com": "github.com", "altssh.gitlab.com": "gitlab.com", "altssh.bitbucket.org": "bitbucket.org"}
_PART = re.compile(r"[\w~][\w.~-]*")
# Where a forge has pages of its own in the place of an owner's name.
_NO_OWNERS = frozenset({"users", "login", "signin", "account", "accounts", "user", "explore", "-", "api"})
_FILES: dict[str, tuple[str, ...]] = {
    "github": (
        "https://raw.githubusercontent.com/{path}/HEAD/{file}",
        "https://raw.githubusercontent.com/{path}/main/{file}",
        "https://raw.githubusercontent.com/{path}/master/{file}",
    ),
    "gitlab": (
        "https://{host}/{path}/-/raw/HEAD/{file}",
        "https://{host}/{path}/-/raw/main/{file}",
        "https://{host}/{path}/-/raw/master/{file}",
    ),
    "forgejo": (
        "https://{host}/api/v1/repos/{path}/raw/{file}",  # of the default branch
        "https://{host}/{path}/raw/branch/main/{file}",
        "https://{host}/{path}/raw/branch/master/{file}",
    ),
    "bitbucket": (
        "https://{host}/{path}/raw/HEAD/{file}",
        "https://{host}/{path}/raw/main/{file}",
        "https://{host}/{path}/raw/master/{file}",
    ),
}
SORTS = tuple(_FILES)  # of forges, as the setting FORGES names them


def as_address(text: str) -> str:
    """An address with its scheme, where git’s short form over ssh was given; any other text as it is."""
    text = text.strip()
    found = _SCP.fullmatch(text)
    return f"ssh://{found['user'] or ''}{found['host']}/{found['path'].lstrip('/')}" if found else text


def repository_key(address: str) -> str:
    """What makes two addresses the same repository.

    Case, scheme, ssh’s short form, the user before a host, `www.`, the usual ports, slashes and `.git` do not.
    """
    rest = as_address(address).lower().partition("://")[2].partition("#")[0]
    host, _, path = rest.partition("/")
    host = _USUAL_PORT.sub("", host.rpartition("@")[2]).rstrip(".").removeprefix("www.")
    path = re.sub("/{2,}", "/", path).strip("/").removesuffix(".git").rstrip("/")
    return "/".join(filter(None, (_BESIDE.get(host, host), path)))[:MOST]


@dataclass(frozen=True)
class Repository:
    """A repository at a forge that may be read."""

    host: str
    path: str  # owner and name; at GitLab groups may stand between them

    @classmethod
    def at(cls, address: str) -> Self | None:
        """The repository that an address of it, or of a page in it, leads to; None outside the forges on the list."""
        text = as_address(address)
        try:
            parts = urlsplit(text if "://" in text else f"https://{text}")
            host = (parts.hostname or "").rstrip(".").removeprefix("www.")
            is_usual = parts.port in {None, 443, 80, 22, 9418}
        except ValueError:
            return None
        host = _BESIDE.get(host, host)
        sort = settings.FORGES.get(host)
        steps = [step for step in parts.path.partition("/-/")[0].split("/") if step]
        if sort != "gitlab":
            steps = steps[:2]
        if sort is None or not is_usual or len(steps) < 2 or steps[0].lower() in _NO_OWNERS:
            return None
        steps[-1] = steps[-1].removesuffix(".git")
        if not all(_PART.fullmatch(step) and len(step) <= 100 for step in steps) or len(steps) > 10:
            return None
        return cls(host, "/".join(steps))

    @property
    def address(self) -> str:
        return f"https://{self.host}/{self.path}"

    def files(self, name: str) -> Iterator[str]:
        """Where a file at its root may be read, the default branch first."""
        for where in _FILES[settings.FORGES[self.host]]:
            yield where.format(host=self.host, path=self.path, file=name)


@dataclass(frozen=True)
class WhereKept:
    """Whose site an address leads to: its host as the network reads it, and at a forge on the list whose repository."""

    host: str
    owner: str = ""

    @classmethod
    def of(cls, address: str) -> Self | None:
        """None where an address has no host that could be named."""
        if found := Repository.at(address):
            return cls(found.host, found.path.rpartition("/")[0])
        try:
            host = punycode(urlsplit(address).hostname or "")  # letters that only look like others are seen
        except ValueError:
            return None
        return cls(host) if host else None

    @property
    def is_forge(self) -> bool:
        return self.host in settings.FORGES

    def __str__(self) -> str:
        return f"{self.host}, by {self.owner}" if self.owner else self.host


def hosts() -> set[str]:
    """The hosts that forges are read from."""
    beside = {"raw.githubusercontent.com"} if "github" in settings.FORGES.values() else set()
    return {*settings.FORGES, *beside}
