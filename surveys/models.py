"""The annual survey: its waves, what each asked, how it is run here, and what was published of the answers."""

from surveys.fieldwork.models import Fieldwork, SurveyInvitation, WrittenRound
from surveys.release.models import CodingRule, Mention, SurveyRelease, WrittenAnswer
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
    "CodingRule",
    "Continuity",
    "CouncilType",
    "Fieldwork",
    "Measure",
    "Mention",
    "NamedOrganisation",
    "PrintedCell",
    "ResultsRow",
    "ResultsTable",
    "SurveyInvitation",
    "SurveyRelease",
    "TypeResponse",
    "Wave",
    "WaveNote",
    "WrittenAnswer",
    "WrittenRound",
]
