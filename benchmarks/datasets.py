"""The data that is measured: the demo programme, the same a hundred times over, and 20,000 needs to search.

Built once a day for the migrations and the demo there are, and kept beside other temporary files; a run works on
copies of what it changes.
"""

import datetime as dt
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

SMALL, LARGE, SEARCH = "small", "hundredfold", "search"
ROOT = Path(__file__).resolve().parent.parent
_current = SMALL
_places: dict[str, Path] = {}


def _fingerprint() -> str:
    """Changes with the day and with what the data is made by."""
    patterns = (
        "*/migrations/*.py",
        "*/reference/*",
        "portal/demo/*.py",
        "benchmarks/making.py",
        "benchmarks/hundredfold.py",
        "search/documents.py",
        "search/sources/*.py",
        "search/engines/embedded_schema.py",
        "requirements/runtime.txt",
    )
    digest = hashlib.sha256(dt.date.today().isoformat().encode())
    for path in sorted(path for pattern in patterns for path in ROOT.glob(pattern)):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def set_up(working: Path) -> None:
    """Start Django on a folder of this run's own."""
    os.environ.update(PORTAL_DATA=str(working), DEMO="1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    import django

    django.setup()


def prepare(wanted: set[str], working: Path) -> None:
    """Have the data that is wanted ready in `working`, and open the small one."""
    kept = Path(tempfile.gettempdir()) / f"portal-bench-{_fingerprint()}"
    _forget_others(kept)
    from benchmarks import making

    makers: dict[str, Callable[[], None]] = {
        SMALL: making.programme,
        LARGE: making.hundredfold,
        SEARCH: making.needs_to_search,
    }
    for name in (SMALL, *sorted(wanted - {SMALL})):
        if not (kept / name).exists():
            _make(kept, name, makers[name])
        shutil.copytree(kept / name, working / name)
        _places[name] = working / name
    _open(SMALL)


def _make(kept: Path, name: str, make: Callable[[], None]) -> None:
    """Make the data in a folder that gets its name once it is whole."""
    print(f"Making the data: {name}", flush=True)
    making = kept / f"{name}-being-made"
    shutil.rmtree(making, ignore_errors=True)
    if name == SMALL:
        making.mkdir(parents=True)
    else:
        shutil.copytree(kept / SMALL, making)
    _places[name] = making
    _open(name)
    make()
    _close()
    making.rename(kept / name)


def _forget_others(kept: Path) -> None:
    """Remove data of another day, or of code that has changed since."""
    for other in kept.parent.glob("portal-bench-????????????"):
        if other != kept and (dt.datetime.now().timestamp() - other.stat().st_mtime) > 12 * 3600:
            shutil.rmtree(other, ignore_errors=True)


def go_to(name: str) -> bool:
    """Use this data from here on; returns whether that is another than before."""
    if name == _current:
        return False
    _open(name)
    return True


def place(name: str) -> Path:
    """The folder of this data, for a process beside this one."""
    return _places[name]


def _open(name: str) -> None:
    global _current
    from django.conf import settings
    from django.core.cache import cache
    from django.db import connection

    _close()
    connection.settings_dict["NAME"] = _places[name] / "portal.sqlite3"
    settings.SEARCH_INDEX = _places[name] / "index"
    cache.clear()
    forget_answers()
    _current = name


def forget_answers() -> None:
    """Forget what the process has cached of other data, or of before a change."""
    try:
        from portal.serving.content_version import answers
        from portal.serving.page_cache import pages
    except ImportError:  # a release that remembers nothing
        return
    answers.clear()
    pages.clear()


def _close() -> None:
    from django.db import connection

    connection.close()
