"""The rows that a squashed migration makes beside its schema."""

from importlib import import_module
from typing import Any

from django.db.migrations import RunPython


def rows_of(app: str, *names: str) -> RunPython:
    """One migration operation that runs these functions in order.

    Each operation of its own would have Django render every model of the site again.
    """
    modules = [import_module(f"{app}.migrations.{name}") for name in names]
    steps = [step for module in modules for step in module.Migration.operations if isinstance(step, RunPython)]

    def make(apps: Any, schema_editor: Any) -> None:
        for step in steps:
            step.code(apps, schema_editor)

    return RunPython(make, RunPython.noop)
