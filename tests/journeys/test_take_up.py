"""An officer says what the council would do for an asset, its lead confirms it, and both read it as on another day."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from core.words import day_in_words
from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

PAGE = "/assets/discovery-day-in-a-box/take-up/"
UNUSED = "/assets/assisted-digital-policy/"  # by Harlow; by Cumberland since its record was counted
LONG_AGO = dt.date(2016, 3, 1)


@pytest.mark.parametrize(("width", "scripts", "days"), [(1280, True, 2), (390, True, 3), (390, False, 4)])
def test_a_council_commits_and_its_lead_confirms(visit, width, scripts, days):
    officer = visit("officer", width=width, scripts=scripts)
    officer.goto(PAGE)
    # After the first run something has been said; the same form again would count as sent twice.
    press(officer, "^Say (what your council would do|something else)$")
    officer.get_by_label("Pilot it").check()
    officer.get_by_label("How many days of officer time would you give?").fill(str(days))
    press(officer, "^Save$")
    expect(officer.get_by_text("This waits for the lead of Harlow")).to_be_visible()

    lead = visit("lead", width=width, scripts=scripts)
    lead.goto(PAGE)
    press(lead, "^Confirm")

    expect(lead.get_by_text(f"Confirmed: Harlow would pilot it and give {days} days of officer time")).to_be_visible()
    expect(lead.get_by_role("heading", name="Over time")).to_be_visible()
    if scripts:
        expect_accessible(lead, "take_up/spread.html")


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)])
def test_the_take_up_is_read_as_on_another_day(visit, width, scripts):
    reader = visit(width=width, scripts=scripts)
    reader.goto(PAGE)
    reader.get_by_text("As on another day").click()
    reader.get_by_label("Day", exact=True).fill(LONG_AGO.isoformat())
    press(reader, "^Show that day$")

    expect(reader.get_by_text(f"as at {day_in_words(LONG_AGO)}").first).to_be_visible()
    if scripts:
        expect_accessible(reader, "take_up/spread.html")
    press(reader, "^Show today$")
    expect(reader.get_by_text(f"as at {day_in_words(LONG_AGO)}")).to_have_count(0)


def test_a_change_that_waits_stands_in_the_form_until_the_lead_decides(visit):
    officer, lead = visit("officer"), visit("lead")
    officer.goto("/assets/waste-standards-and-api/")
    press(officer, "^Change what Harlow says$")
    officer.get_by_label("What cost did you avoid by reusing it?").fill("15,000")
    officer.get_by_label("How many days of officer time did it take to put in place?").fill("8")
    press(officer, "^Save$")
    officer.goto("/assets/waste-standards-and-api/")
    press(officer, "^Change what Harlow says$")
    expect(officer.get_by_label("What cost did you avoid by reusing it?")).to_have_value("15000")
    expect_accessible(officer, "take_up/adopt.html")

    lead.goto("/assets/waiting/")
    expect(lead.get_by_text("It avoided a cost of £15,000.")).to_be_visible()
    press(lead, "^Turn down")
    expect(lead.get_by_text("Turned down.")).to_be_visible()


def test_on_a_phone_a_council_says_that_it_uses_an_asset_and_counts_once_confirmed(visit):
    officer = visit("officer", width=390)
    officer.goto(UNUSED)
    press(officer, "^We use this$")
    officer.get_by_label("Live", exact=True).check()
    for part, number in (("Day", "1"), ("Month", "6"), ("Year", "2024")):
        officer.get_by_label(part, exact=True).fill(number)
    officer.get_by_label("What did you change?").fill("The colours, and one page of help.")
    press(officer, "^Save$")
    expect(officer.locator("body")).to_contain_text("This waits for the lead of Harlow")
    expect(officer.locator("#who-uses-it")).not_to_contain_text("joined since")

    lead = visit("lead", width=390)
    lead.goto(UNUSED)
    press(lead, "^Confirm")
    expect(lead.locator("body")).to_contain_text("Confirmed: Harlow, live.")
    second_team = visit("publisher", width=390)
    second_team.goto(UNUSED)
    expect(second_team.locator("#who-uses-it")).to_contain_text("1 more has joined since")
    expect(second_team.locator("#who-uses-it")).to_contain_text("Harlow")
    expect(second_team.get_by_role("link", name="We use this")).to_have_count(0)
    assert second_team.evaluate("document.documentElement.scrollWidth") <= 390
