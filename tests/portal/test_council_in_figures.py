"""A profile begins with one sentence whose figures lead to what they count."""

import datetime as dt
from typing import Any

import pytest

from councils.kinds import Kind
from councils.models import Organisation
from portal.figures.sentence import in_one_sentence

TODAY = dt.date(2026, 11, 26)
HARLOW = {"name": "Harlow", "kind": Kind.DISTRICT}
ALLERDALE = {"name": "Allerdale", "kind": Kind.DISTRICT, "ends_on": dt.date(2023, 3, 31)}
DCLG = {"name": "DCLG", "kind": Kind.DEPARTMENT}
OCTOBER = dt.date(2026, 10, 16)


def sentence(organisation: dict[str, Any], totals: dict[str, int], last_on: dt.date | None = None) -> str:
    parts = in_one_sentence(Organisation(**organisation), totals, last_on, today=TODAY)
    return "".join(part.words + part.figure for part in parts).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("organisation", "totals", "last_on", "said"),
    [
        (
            HARLOW,
            {"uses": 6, "takes-part": 3, "raised": 3, "joined": 9, "case-studies": 1},
            OCTOBER,
            "Harlow uses 6 assets, is in 3 projects and leads none, raised 3 needs and joined 9 more, "
            "published 1 case study, and was last active through its own people on 16 October.",
        ),
        (HARLOW, {"uses": 1}, None, "Harlow uses 1 asset and leads no project."),
        (
            HARLOW,
            {"shares": 1200, "leads": 2, "takes-part": 1, "joined": 1},
            dt.date(2015, 12, 8),
            "Harlow shares 1,200 assets, leads 2 projects and is in 1 more, joined 1 need, "
            "and was last active through its own people on 8 December 2015.",
        ),
        (
            HARLOW,
            {"updates": 3, "tries": 1},
            OCTOBER,
            "Harlow has not raised, joined, used or shared anything here yet.",
        ),
        (ALLERDALE, {"uses": 2, "takes-part": 1}, None, "Allerdale used 2 assets and was in 1 project and led none."),
        (ALLERDALE, {}, None, "Allerdale ended without a need, a project, an asset or a case study here."),
        (DCLG, {"shares": 1, "discoveries": 14}, None, "DCLG shares 1 asset and works on 14 discoveries."),
        (DCLG, {}, None, "DCLG has nothing of its own here yet."),
    ],
)
def test_what_there_is_none_of_is_left_out_save_that_a_council_leads_no_project(organisation, totals, last_on, said):
    assert sentence(organisation, totals, last_on) == said


def test_every_figure_leads_to_what_it_counts():
    parts = in_one_sentence(Organisation(**HARLOW), {"uses": 6, "raised": 3, "case-studies": 1}, OCTOBER, today=TODAY)

    assert [(part.figure, part.url) for part in parts if part.figure] == [
        ("6 assets", "#uses"),
        ("3 needs", "#raised"),
        ("1 case study", "#case-studies"),
    ]
