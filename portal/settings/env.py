"""Environment variables, read or refused with a sentence that names the variable and shows a valid value."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Unset(Exception):
    """Raised by a check, with what is wrong with a value."""


def _stop(name: str, problem: str, example: str) -> SystemExit:
    return SystemExit(f"{name} {problem}. A right value would be: {name}={example}")


def text(name: str, default: str | None = None, *, example: str = "…", check: Callable[[str], object] = str) -> str:
    """The variable as text; exits where it is missing and has no default."""
    value = os.environ.get(name, "").strip()
    if not value:
        if default is None:
            raise _stop(name, "is not set", example)
        return default
    try:
        check(value)
    except (Unset, ValueError) as problem:
        raise _stop(name, f"is {_without_password(value)!r}, but {problem}", example) from None
    return value


def _without_password(value: str) -> str:
    """The value as it may stand in a log: of an address, without the name and password in it."""
    return re.sub(r"//.*@", "//…@", value)


def flag(name: str, default: bool = False) -> bool:
    """`1` or `0`."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "0", "1", "true", "false"}:
        return {"": default, "1": True, "true": True}.get(value, False)
    raise _stop(name, f"is {value!r}, but it is a switch", "1")


def number(name: str, default: int, *, least: int = 0, most: int = 65535) -> int:
    """A whole number between two bounds."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise _stop(name, f"is {value!r}, but it is a whole number from {least} to {most}", str(default))
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def pairs(name: str, *allowed: str, example: str) -> dict[str, str]:
    """Words with one of the `allowed` beside each, as in `a=b, c=d`."""
    found = {}
    for word in words(name):
        key, _, value = word.partition("=")
        if not key or value not in allowed:
            raise _stop(name, f"has {word!r}, but it lists pairs, the second one of {', '.join(allowed)}", example)
        found[key.lower()] = value
    return found


def folder(name: str, default: Path) -> Path:
    """A folder; `~` is understood. It is made when something is first written there."""
    value = os.environ.get(name, "").strip()
    path = Path(value).expanduser() if value else default
    if path.exists() and not path.is_dir():
        raise _stop(name, f"is {value!r}, but that is a file", str(default))
    return path


def _url(*schemes: str) -> Callable[[str], None]:
    def check(value: str) -> None:
        parts = urlsplit(value)
        if parts.scheme not in schemes:
            raise Unset("its address begins with " + " or ".join(f"{scheme}://" for scheme in schemes))
        if not parts.hostname and parts.scheme not in {"sqlite", "file"}:
            raise Unset("it names no host")
        _ = parts.port  # a port that is no number raises ValueError

    return check


def url(name: str, *schemes: str, example: str) -> str:
    """An address with one of `schemes`, or empty."""
    return text(name, "", example=example, check=_url(*schemes))


def api_key(name: str, *, beside: str) -> str:
    """A key for the server at `beside`, as Elasticsearch answers with it; empty where the address says who asks."""
    value, example = os.environ.get(name, "").strip(), "VnVhQ2ZHY0JDZGJrU…"
    if value and not re.fullmatch(r"[\w+/=-]+", value, re.ASCII):
        raise _stop(name, "is no key: it is what Elasticsearch calls “encoded”, not id and key apart", example)
    if value and urlsplit(beside).username:
        raise _stop(name, "is set, but the address holds a name and password already: leave out either", example)
    return value


def authority(name: str, *, of: str) -> str:
    """The file with the certificates by which the server at `of` is known; empty for those that the machine trusts."""
    example = "/etc/ssl/elasticsearch-ca.crt"
    value = text(name, "", example=example, check=_is_file)
    if value and not of.startswith("https://"):
        raise _stop(name, f"is {value!r}, but the address of its server does not begin with https://", example)
    return value


def _is_file(value: str) -> None:
    if not Path(value).is_file():
        raise Unset("there is no such file")


def database(name: str, *, sqlite: Path) -> dict:
    """Django's DATABASES entry for `postgres://user:password@host:port/name`, or SQLite in one file when unset.

    SQLite writes with WAL and takes the write lock at the start of a transaction (IMMEDIATE), so that two
    people cannot both count the last place.
    """
    value = url(name, "postgres", "postgresql", "sqlite", example="postgres://portal:secret@localhost:5432/portal")
    if not value or value.startswith("sqlite"):
        path = Path(unquote(urlsplit(value).path)) if value else sqlite
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
            },
        }
    parts = urlsplit(value)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname,
        "PORT": parts.port or 5432,
        "CONN_MAX_AGE": 0,
        # A statement asked for the third time on a connection is prepared; only `core.statements` asks such.
        "OPTIONS": {"application_name": "portal", "prepare_threshold": 2},
    }


def mail(name: str, *, folder: Path) -> dict[str, object]:
    """How the outbox sends: by a server at `smtp://user:password@host:587`, or to files in a folder when unset."""
    value = url(name, "smtp", "smtps", "file", example="smtp://user:secret@mail.example.org:587")
    parts = urlsplit(value)
    if not value or parts.scheme == "file":
        return {
            "MAIL_TRANSPORT": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(Path(unquote(parts.path)) if value else folder),
        }
    return {
        "MAIL_TRANSPORT": "outbox.transport.SMTP",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_TIMEOUT": 20,
    }
