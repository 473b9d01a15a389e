"""A frozen release as the JSON of its row, and back."""

from collections.abc import Mapping
from typing import Any

from surveys.disclosure.values import (
    FrozenRelease,
    PrintedCategory,
    PrintedColumn,
    PrintedPart,
    ReleasedCell,
)

Frozen = dict[str, Any]


def frozen_of(release: FrozenRelease) -> Frozen:
    """All of a release as plain values."""
    return {
        "response": {key: dict(groups) for key, groups in release.response.items()},
        "parts": {
            key: [[each.key, each.words, list(each.groups)] for each in own] for key, own in release.parts.items()
        },
        "columns": [_column(each) for each in release.columns],
        "why_no_column": [[*place, why] for place, why in release.why_no_column.items()],
        "why_no_breakdown": [[*place, why] for place, why in release.why_no_breakdown.items()],
    }


def _column(column: PrintedColumn) -> dict[str, Any]:
    return {
        "margin": column.margin,
        "breakdown": column.breakdown,
        "part": column.part,
        "groups": list(column.groups),
        "base": column.base,
        "cells": [
            [each.category.key, list(each.category.choices), each.percent, each.count, each.state]
            for each in column.cells
        ],
        "mean": column.mean,
        "state": column.state,
        "reason": column.reason,
    }


def release_of(frozen: Mapping[str, Any]) -> FrozenRelease:
    """The release that a row holds."""
    return FrozenRelease(
        response=frozen["response"],
        parts={
            key: tuple(PrintedPart(part, words, tuple(groups)) for part, words, groups in own)
            for key, own in frozen["parts"].items()
        },
        columns=tuple(_printed_column(each) for each in frozen["columns"]),
        why_no_column={(breakdown, group): why for breakdown, group, why in frozen["why_no_column"]},
        why_no_breakdown={(margin, breakdown): why for margin, breakdown, why in frozen["why_no_breakdown"]},
    )


def _printed_column(held: Mapping[str, Any]) -> PrintedColumn:
    cells = (
        ReleasedCell(PrintedCategory(key, tuple(choices)), percent, count, state)
        for key, choices, percent, count, state in held["cells"]
    )
    return PrintedColumn(**{**held, "groups": tuple(held["groups"]), "cells": tuple(cells)})
