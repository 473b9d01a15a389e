"""What the page and the print of a pack show: its frozen content, and no other row."""

from typing import Any

from steering.models import Pack
from steering.packs.moments import as_at_in_words


def shown(pack: Pack) -> dict[str, Any]:
    """The context of a published pack."""
    return {**shown_content(pack.content), "sha256": pack.sha256, "hash": hash_in_words(pack.sha256), "pack": pack}


def shown_content(content: dict[str, Any]) -> dict[str, Any]:
    """The context of the content of a pack, or of a draft: each cell with the words of its column."""
    sections = [_with_labels(section) for section in content["sections"]]
    return {"content": content, "sections": sections, "as_at": as_at_in_words(content)}


def hash_in_words(sha256: str) -> str:
    """The hash in groups of four: `9f2c 41d8 07be …`."""
    return " ".join(sha256[at : at + 4] for at in range(0, len(sha256), 4))


def _with_labels(section: dict[str, Any]) -> dict[str, Any]:
    parts = [{**part, "rows": _labelled(part)} for part in section.get("parts", ())]
    return {**section, "rows": _labelled(section), "parts": parts}


def _labelled(table: dict[str, Any]) -> list[dict[str, Any]]:
    columns = table.get("columns", ())
    rows = table.get("rows", ())
    if table.get("shape") == "figures":
        return list(rows)
    return [
        {
            **row,
            "cells": list(zip(columns, row["cells"], strict=True)),
            "goes_to": next((cell["goes_to"] for cell in row["cells"] if cell.get("goes_to")), ""),
        }
        for row in rows
    ]
