"""Secret keys as files in the folder `BALLOT_KEYS`, outside the database, `PORTAL_DATA` and their backups.

Each is 32 random bytes under a name. Once `destroy` has run, what the key locked can never be opened again, not from a
backup either. All servers and workers of a site see the same folder.
"""

import contextlib
import datetime as dt
import os
import re
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

import structlog
from django.conf import settings
from django.core import checks

from core import clock

LENGTH = 32
# A key is made before the row that it belongs to is there for others to see.
OF_NO_ROW_YET = dt.timedelta(hours=1)
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
RIGHT_VALUE = "BALLOT_KEYS=/var/lib/portal-keys"
log = structlog.get_logger(__name__)


class KeyFolderUnusable(Exception):
    """Raised where the folder cannot be used now: nothing is known of its keys. Says why, in a sentence."""


class KeyLost(Exception):
    """Raised where the folder can be used and holds no whole key of this name."""


def make(name: str) -> bytes:
    """A new random key, on the disk when this returns. Raises FileExistsError where one of this name exists."""
    folder, path, key = _folder(), _path(name), secrets.token_bytes(LENGTH)
    _refuse_unusable()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _opened(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as file:
            os.write(file, key)
            os.fsync(file)
        _fsync(folder)
    except FileExistsError:
        raise
    except OSError as problem:
        raise _unusable(f"cannot be written ({problem.strerror})") from problem
    return key


def read(name: str) -> bytes:
    """The key. Raises KeyLost where it is gone or damaged, KeyFolderUnusable where that cannot be told."""
    path = _path(name)
    _refuse_unusable()
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        if not _folder().is_dir():
            raise _unusable("is not there") from None
        raise KeyLost(f"The key {name} is not in its folder.") from None
    except OSError as problem:
        raise _unusable(f"cannot be read ({problem.strerror})") from problem
    if len(key) != LENGTH:
        raise KeyLost(f"The key {name} is damaged.")
    return key


def destroy(name: str) -> None:
    """Overwrite and remove the key, on the disk when this returns. Destroying twice changes nothing."""
    path = _path(name)
    if not path.parent.is_dir():
        raise _unusable("is not there")
    try:
        with contextlib.suppress(FileNotFoundError):
            with _opened(path, os.O_WRONLY) as file:
                os.write(file, secrets.token_bytes(LENGTH))
                os.fsync(file)
            path.unlink()
            _fsync(path.parent)
    except OSError as problem:
        raise _unusable(f"does not let go of a key ({problem.strerror})") from problem


def destroy_others(prefix: str, *, keep: set[str]) -> int:
    """Destroy the keys whose names begin so, but those to keep and those of the last hour; return how many were.

    One that cannot be destroyed stops no other.
    """
    others = [path for path in _folder().glob(f"{prefix}*.key") if path.stem not in keep]
    return sum(try_to_destroy(path.stem) for path in others if _is_older(path, OF_NO_ROW_YET))


def _is_older(path: Path, age: dt.timedelta) -> bool:
    try:
        return path.stat().st_mtime < (clock.now() - age).timestamp()
    except FileNotFoundError:
        return False  # somebody else has destroyed it meanwhile


def try_to_destroy(name: str) -> bool:
    """Destroy the key; False, which the log says too, where the folder does not let go of it now."""
    try:
        destroy(name)
    except KeyFolderUnusable as problem:
        log.error("key_not_destroyed", about=name, why=str(problem))
        return False
    return True


def problem() -> str:
    """Why the folder cannot be used, as a sentence that names the variable; empty while it can."""
    try:
        what = _what_is_wrong(os.path.realpath(settings.BALLOT_KEYS))
    except OSError as refused:
        what = f"cannot be read ({refused.strerror})"
    return _sentence(what) if what else ""


def _what_is_wrong(folder: str) -> str:
    # Strings, since this is asked for each answer that is sealed, and a Path takes five times as long to compare.
    for kept in (settings.PORTAL_DATA, settings.MEDIA_ROOT):
        backed_up = os.path.realpath(kept)
        if _is_inside(folder, backed_up):
            return f"lies inside {kept}, and so inside its backups"
        if _is_inside(backed_up, folder):
            return f"holds {kept}, so that one backup could take both"
    mode = None
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        mode = os.stat(folder).st_mode
    if mode is not None and not stat.S_ISDIR(mode):
        return "is a file"
    if mode is not None and mode & stat.S_IWOTH:
        return "can be written by every account of this machine"
    there = folder if mode is not None else next(path for path in Path(folder).parents if path.exists())
    return "" if os.access(there, os.W_OK | os.X_OK) else "cannot be written"


def _is_inside(path: str, folder: str) -> bool:
    """Whether a path without links is a folder without links, or lies in it."""
    return f"{path}/".startswith(f"{folder.rstrip('/')}/")


@checks.register("keys")
def the_folder_can_be_used(app_configs=None, **kwargs) -> list[checks.CheckMessage]:
    """System check: an error where the folder of keys cannot be used."""
    sentence = problem()
    return [checks.Error(sentence, id="keys.E001")] if sentence else []


def _refuse_unusable() -> None:
    if sentence := problem():
        raise KeyFolderUnusable(sentence)


def _unusable(what: str) -> KeyFolderUnusable:
    return KeyFolderUnusable(_sentence(what))


def _sentence(what: str) -> str:
    return f"BALLOT_KEYS is {str(_folder())!r}, but that {what}. A right value would be: {RIGHT_VALUE}"


def _folder() -> Path:
    return Path(settings.BALLOT_KEYS)


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ValueError(f"No name of a key: {name!r}")
    return _folder() / f"{name}.key"


@contextlib.contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    file = os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        yield file
    finally:
        os.close(file)


def _fsync(folder: Path) -> None:
    with _opened(folder, os.O_RDONLY | os.O_DIRECTORY) as file:
        os.fsync(file)
