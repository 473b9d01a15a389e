"""C7: the secretariat says that a council ends and founds its successor, sees what would happen, and takes it back."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

NEW = {"new_name": "Ouse Valley", "new_official_name": "Ouse Valley Council", "order": "The Ouse Valley Order 2037"}


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)])
def test_a_reorganisation_is_checked_recorded_and_taken_back(visit, width, scripts):
    page = visit("secretariat", width=width, scripts=scripts)
    page.goto("/councils/bedford/reorganise/")
    for part, number in (("day", "31"), ("month", "3"), ("year", "2038")):
        page.locator(f"[name=ends_on_{part}]").fill(number)
    page.get_by_label(re.compile("A new one")).check()
    for name, words in NEW.items():
        page.locator(f"[name={name}]").fill(words)
    page.locator("[name=new_kind]").select_option("unitary")
    page.locator("[name=new_region]").select_option("East of England")
    page.locator("[name=others]").fill("Luton")
    press(page, "^Continue$")

    main = page.locator("main")
    expect(main).to_contain_text("Nothing is recorded yet.")
    expect(main).to_contain_text("Ouse Valley Council, a new council: unitary, East of England, from 1 April 2038")
    if scripts:
        expect_accessible(page, "councils/reorganise_check.html")
    press(page, "^Change something$")
    expect(page.locator("[name=new_official_name]")).to_have_value("Ouse Valley Council")
    press(page, "^Continue$")
    press(page, "^Record the reorganisation$")
    expect(main).to_contain_text("From the day after, its work goes on at Ouse Valley Council")
    expect(main).to_contain_text("A part of it goes to Luton Borough Council")

    page.goto("/councils/bedford/reorganise/")
    press(page, "^Take it back")
    expect(main).to_contain_text("Taken back. Bedford goes on.")
    assert page.goto("/councils/ouse-valley/").status == 404
