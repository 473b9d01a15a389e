"""The order of a file's keys: as the standard lists them, others by name after them. A database may keep none."""

from typing import Any

from assets_registry.publiccode.standard import TABLE

_LAST = len(TABLE)


def _places() -> dict[str, int]:
    """Where each key of the table stands, sections at their first key."""
    places: dict[str, int] = {}
    for place, row in enumerate(TABLE):
        steps = row.path.split("/")
        for length in range(1, len(steps) + 1):
            places.setdefault("/".join(steps[:length]), place)
    return places


_PLACES = _places()


def in_order(value: Any, path: str = "") -> Any:
    """A file, or what stands at `path` of one, with its keys in order."""
    if isinstance(value, list):
        return [in_order(each, f"{path}/-") for each in value]
    if not isinstance(value, dict):
        return value
    known = {key: _path_of(key, path) for key in value}
    keys = sorted(value, key=lambda key: (_PLACES.get(known[key], _LAST), str(key)))
    return {key: in_order(value[key], known[key]) for key in keys}


def _path_of(key: Any, path: str) -> str:
    """The key's path in the table, a language's being the one of every language."""
    start = f"{path}/" if path else ""
    exact = f"{start}{key}"
    return exact if exact in _PLACES or f"{start}*" not in _PLACES else f"{start}*"
