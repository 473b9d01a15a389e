"""What the admin's form posts of blocks."""

from typing import Any


def posted_blocks(*blocks: tuple[str, Any], name: str = "body") -> dict[str, str]:
    """Blocks as `(kind, value)`; the value of a block of several fields is a dict, of a list in it a list."""
    said = {f"{name}-count": str(len(blocks))}
    for n, (kind, value) in enumerate(blocks):
        said |= {f"{name}-{n}-type": kind, f"{name}-{n}-order": str(n), f"{name}-{n}-deleted": "", f"{name}-{n}-id": ""}
        said |= _fields(f"{name}-{n}-value", value)
    return said


def _fields(name: str, value: Any) -> dict[str, str]:
    if isinstance(value, dict):
        return {key: said for part, each in value.items() for key, said in _fields(f"{name}-{part}", each).items()}
    if not isinstance(value, list):
        return {name: value}
    said = {f"{name}-count": str(len(value))}
    for n, each in enumerate(value):
        said |= {f"{name}-{n}-order": str(n), f"{name}-{n}-deleted": "", f"{name}-{n}-id": ""}
        said |= _fields(f"{name}-{n}-value", each)
    return said
