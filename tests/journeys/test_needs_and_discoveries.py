"""From a need somebody raises to the end of a discovery's first step."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import press


def test_a_need_is_raised_after_similar_ones_were_shown_and_joined_by_a_second_council(visit):
    officer = visit("officer")
    officer.goto("/needs/new/")
    officer.get_by_label("What is the need, in one line?").fill("One place to prove who you are to the council")
    officer.get_by_label("Who is it for?").fill("Residents who apply for more than one thing")
    officer.get_by_label("What do they need to be able to do?").fill("Prove who they are once instead of three times.")
    expect(officer.locator("[data-similar-needs]")).to_contain_text("One place to prove who you are")
    press(officer, "Raise this need")
    expect(officer.locator("main")).to_contain_text("17 councils")
    press(officer, "Raise (mine|it) anyway|anyway")
    expect(officer.get_by_role("heading", level=1)).to_have_text("One place to prove who you are to the council")
    expect(officer.locator("main")).to_contain_text("1 council")

    county = visit("county")
    county.goto(officer.url)
    press(county, "My council has this too")

    expect(county.locator("main")).to_contain_text("2 tiers")
    expect(county.locator("main")).to_contain_text("Surrey (county)")


def test_a_search_that_finds_nothing_becomes_a_need(visit):
    officer = visit("officer")
    officer.goto("/search/?q=zebra+crossing+licences")
    press(officer, "Raise this as a need")

    expect(officer.get_by_label("What is the need, in one line?")).to_have_value("zebra crossing licences")


def test_step_one_ends_only_with_its_three_outputs(visit):
    facilitator = visit("facilitator")
    facilitator.goto("/discoveries/moving-house-telling-everyone-once/")
    press(facilitator, "End step 1")
    expect(facilitator.locator("body")).to_contain_text("feasibility")

    press(facilitator, "Go back")
    facilitator.get_by_label("Feasible", exact=True).check()
    facilitator.get_by_label("What does the verdict rest on?").fill("The forms are the same everywhere.")
    press(facilitator, "Record verdict")
    press(facilitator, "End step 1")

    expect(facilitator.get_by_role("button", name="End step 1")).to_have_count(0)


@pytest.mark.parametrize("start", ["need", "case study"])
def test_the_flagships_story_is_walked_from_either_end(visit, start):
    reader = visit()
    steps = [
        "/needs/know-what-putting-off-paying-for-care-would-cost/", "/discoveries/paying-for-care/",
        "/events/co-design-day-paying-for-care/", "/votes/", "/projects/deferred-payment-calculator/",
        "/projects/deferred-payment-calculator/", "/assets/deferred-payment-calculator/",
        "/assets/deferred-payment-calculator/", "/case-studies/what-we-got-wrong-about-deferred-payments/",
    ]  # fmt: skip
    order = range(9) if start == "need" else range(8, -1, -1)
    reader.goto(steps[order[0]])
    for number in order:
        nodes = reader.locator(".lda-story__node:not(.lda-story__more)")
        expect(nodes).to_have_count(9)
        link = nodes.nth(number).locator("a")
        expect(link).to_have_attribute("href", re.compile(re.escape(steps[number])))
        link.click()
        expect(reader.get_by_role("heading", level=1)).to_be_visible()
    assert steps[order[-1]] in reader.url
