"""O9: a reader finds a dead link and reports it; a steward finds it on the table of entries, and answers it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

REPORTERS = {(1280, True): "county", (390, True): "analyst", (1280, False): "facilitator", (390, False): "board"}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_dead_link_is_reported_and_answered(visit, width, scripts):
    note = f"It has shown an error since Monday, at {width}{' with scripts' if scripts else ''}."
    reader = visit(REPORTERS[width, scripts], width=width, scripts=scripts)
    reader.goto("/assets/missed-bin-reporter/")
    expect(reader.get_by_text("link failed on 3 checks since")).to_be_visible()
    press(reader, "^Report a problem$")
    if scripts:
        expect_accessible(reader, "assets_registry/report_problem.html")
    reader.get_by_label("It has moved, or has a new name").check()
    reader.get_by_label("What did you find?").fill(note)
    press(reader, "^Send the report$")
    expect(reader.get_by_text("Thank you. Luton has your report.")).to_be_visible()
    expect(reader.get_by_role("heading", name="Missed bin reporter")).to_be_visible()

    steward = visit("secretariat", width=width, scripts=scripts)
    steward.goto("/assets/stewards/")
    if scripts:
        expect_accessible(steward, "assets_registry/stewards.html")
    press(steward, "^Reported: problems to answer$")
    press(steward, "^Missed bin reporter$")
    press(steward, r"^\d+ reported problems? to answer$")
    steward.get_by_role("article").filter(has_text=note).get_by_role("link", name=re.compile("^Answer")).click()
    expect(steward.get_by_text(note)).to_be_visible()
    if scripts:
        expect_accessible(steward, "assets_registry/answer_problem.html")
    steward.get_by_label("Mended").check()
    steward.get_by_label("In a sentence").fill("It leads to the new place now.")
    press(steward, "^Answer$")
    answered = steward.get_by_role("article").filter(has_text=note)
    expect(answered.get_by_text("It leads to the new place now.")).to_be_visible()
