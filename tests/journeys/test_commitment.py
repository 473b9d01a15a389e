"""An officer says what the council would do for an asset, and its lead confirms it."""

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

PAGE = "/assets/discovery-day-in-a-box/take-up/"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_council_commits_and_its_lead_confirms(visit, width):
    officer = visit("officer", width=width)
    officer.goto(PAGE)
    if officer.get_by_role("link", name="Say something else").count():  # of the run before
        press(officer, "^Say something else$")
    else:
        press(officer, "^Say what your council would do$")
    officer.get_by_label("Pilot it").check()
    officer.get_by_label("How many days of officer time would you give?").fill("2")
    press(officer, "^Save$")
    expect(officer.get_by_text("This waits for the lead of Harlow")).to_be_visible()

    lead = visit("lead", width=width)
    lead.goto(PAGE)
    press(lead, "^Confirm")

    expect(lead.get_by_text("Confirmed: Harlow would pilot it and give 2 days of officer time")).to_be_visible()
    expect(lead.get_by_role("heading", name="Over time")).to_be_visible()
    expect_accessible(lead, "take_up/spread.html")
