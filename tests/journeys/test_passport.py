"""“Can my council use this?” for one council and another, on paper, with what one's council runs and who is like it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

WASTE = "/assets/waste-standards-and-api/"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_officer_reads_the_passport_and_asks_for_a_county(visit, width, scripts):
    officer = visit("officer", width=width, scripts=scripts)
    officer.goto("/assets/missed-bin-reporter/")
    press(officer, "^Print on one page$")
    expect(officer.get_by_text("Harlow (district) use this?")).to_be_visible()
    expect(officer.get_by_text("Systems", exact=True)).to_be_visible()
    if scripts:
        expect_accessible(officer, "take_up/passport.html")

    officer.goto(f"{WASTE}passport/")
    officer.get_by_label("Name of the council").fill("Surrey (county)")
    press(officer, "^Find out$")
    expect(officer.get_by_role("heading", name=re.compile("Not meant for counties"))).to_be_visible()
    expect(officer.get_by_text("A district service")).to_be_visible()
    assert "council=Surrey" in officer.url


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_officer_says_what_the_council_runs_and_its_lead_confirms_it(visit, scripts):
    name = f"Gatehouse {'one' if scripts else 'two'}"
    officer = visit("officer", width=390, scripts=scripts)
    officer.goto("/councils/harlow/systems/")
    press(officer, "^Add a system$")
    officer.get_by_label("Product").fill(name)
    press(officer, "^Save$")
    expect(officer.get_by_text("Choose a council service, or say").first).to_be_visible()
    expect(officer.get_by_label("Product")).to_have_value(name)
    officer.get_by_label("What is it for, if no council service?").fill("Staff sign-in")
    press(officer, "^Save$")
    expect(officer.get_by_text("once your lead confirms it")).to_be_visible()

    lead = visit("lead", scripts=scripts)
    lead.goto("/councils/harlow/systems/")
    press(lead, f"^Confirm ?: {name}$|^Confirm {name}$")
    expect(lead.get_by_role("table", name="What it runs").get_by_text(name)).to_be_visible()


def test_other_weights_give_other_councils_and_stay_in_the_address(visit):
    reader = visit(width=390, scripts=False)
    reader.goto("/councils/harlow/")
    press(reader, "^All councils like Harlow, and what counts$")
    reader.get_by_label("Type of council").select_option("0")
    press(reader, "^Weigh again$")

    assert "weigh_type=0" in reader.url
    expect(reader.get_by_label("Type of council")).to_have_value("0")
    expect(reader.get_by_text("East of England, same systems").first).to_be_visible()


@pytest.mark.parametrize("council", ["harlow", "surrey", "stevenage"])
def test_the_passport_prints_on_one_page(visit, council):
    reader = visit()
    reader.goto(f"{WASTE}passport/?council={council}")

    printed = reader.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
