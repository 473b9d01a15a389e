"""The annual survey: its waves, what each asked, and what was published of the answers."""

from surveys.waves.models import (
    AskedRow,
    AskedTable,
    Basis,
    Continuity,
    CouncilType,
    Measure,
    NamedOrganisation,
    PrintedCell,
    ResultsRow,
    ResultsTable,
    TypeResponse,
    Wave,
    WaveNote,
)

__all__ = [
    "AskedRow",
    "AskedTable",
    "Basis",
    "Continuity",
    "CouncilType",
    "Measure",
    "NamedOrganisation",
    "PrintedCell",
    "ResultsRow",
    "ResultsTable",
    "TypeResponse",
    "Wave",
    "WaveNote",
]
