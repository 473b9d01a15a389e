"""From a need somebody raises to the end of a discovery's first step."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

LONG_ADDRESS = f"https://www.example.gov.uk/{'a-form' * 16}"  # too long for a line of a phone, and without a gap


def test_a_need_is_raised_after_similar_ones_were_shown_and_joined_by_a_second_council(visit):
    officer = visit("officer")
    officer.goto("/needs/new/")
    officer.get_by_label("What is the need, in one line?").fill("One place to prove who you are to the council")
    officer.get_by_label("Who is it for?").fill("Residents who apply for more than one thing")
    officer.get_by_label("What do they need to be able to do?").fill(
        f"Prove who they are once. {LONG_ADDRESS} {LONG_ADDRESS}"
    )
    expect(officer.locator("[data-similar-needs]")).to_contain_text("One place to prove who you are")
    press(officer, "Raise this need")
    expect(officer.locator("main")).to_contain_text("17 councils")
    press(officer, "Raise (mine|it) anyway|anyway")
    expect(officer.get_by_role("heading", level=1)).to_have_text("One place to prove who you are to the council")
    expect(officer.locator("main")).to_contain_text("1 council")

    county = visit("county")
    county.goto(officer.url)
    press(county, "My council has this too")
    press(county, "^Skip$")

    expect(county.locator("main")).to_contain_text("2 of 317 councils in England have this need")
    expect(county.locator("main")).to_contain_text("1 county, 1 district")
    expect(county.locator("main")).to_contain_text("Surrey (county)")
    expect(county.locator("main")).to_contain_text(LONG_ADDRESS)
    county.set_viewport_size({"width": 390, "height": 844})
    assert county.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_a_council_joins_says_how_it_looks_and_is_taken_off_after_being_asked(visit, scripts):
    county = visit("county", width=390, scripts=scripts)
    county.set_viewport_size({"width": 390, "height": 844})
    county.goto("/needs/tell-neighbours-about-planning-applications-they-can-read/")
    expect(county.locator("main")).to_contain_text("4 of 296 councils in England that provide this have this need")
    if scripts:
        expect(county.locator("[data-main-action]")).to_be_in_viewport(ratio=1)
    expect(county.locator("main")).to_contain_text("You join for Surrey. We write to you when it moves.")
    expect(county.locator("main")).to_contain_text("Surrey is a county: districts provide this.")

    press(county, "My council has this too")
    expect(county.locator("body")).to_contain_text("It is not counted among the 4 of 296.")
    if scripts:
        expect_accessible(county, "projects/need_say.html")
    county.get_by_label("How does it look with you?").fill("Districts ask us for the plans of roads.")
    press(county, "Save")
    expect(county.locator("main")).to_contain_text("1 of 5 councils has said.")
    expect(county.locator("main")).to_contain_text("“Districts ask us for the plans of roads.”")

    press(county, "Take Surrey off")
    if scripts:
        expect_accessible(county, "projects/need_leave.html")
    press(county, "Take Surrey off")
    expect(county.locator("main")).not_to_contain_text("Districts ask us")
    expect(county.get_by_role("button", name="My council has this too")).to_be_visible()


def test_a_stranger_joins_through_sign_in_and_a_strip_on_a_phone_folds_what_is_far_off(visit):
    stranger = visit(width=390, scripts=False)
    stranger.goto("/needs/check-blue-badge-eligibility-without-papers/")
    expect(stranger.locator("main")).to_contain_text("5 of 153 councils in England that provide this have this need")
    shown = stranger.locator(".lda-story__node:visible .lda-story__kind")
    expect(shown).to_have_text(["Need", "Discovery", "Co-Design Day", re.compile("Vote")])
    stranger.get_by_text("All nine steps").click()
    expect(stranger.locator(".lda-story__rest")).to_contain_text("Case study")

    press(stranger, "My council has this too")
    expect(stranger).to_have_url(
        re.compile(r"/accounts/login/\?next=/needs/check-blue-badge-eligibility-without-papers/join/")
    )


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)])
def test_what_a_council_has_done_stands_as_done_elsewhere_until_it_is_taken_off(visit, width, scripts):
    county = visit("county", width=width, scripts=scripts)
    county.goto("/needs/let-parents-see-where-they-are-in-the-queue-for-a-school-pla/")
    press(county, "We have done this")
    county.get_by_label("Words for potholes (asset, Surrey)").check()
    press(county, "Link it")
    expect(county.locator("main")).to_contain_text("Done elsewhere")

    press(county, "Take it off")
    if scripts:
        expect_accessible(county, "publishing/need_undone.html")
    press(county, "Take it off")
    expect(county.locator("main")).not_to_contain_text("Done elsewhere")


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, True)])
def test_a_search_that_finds_nothing_becomes_a_need_or_joins_one(visit, width, scripts):
    officer = visit("officer", width=width, scripts=scripts)
    officer.goto("/search/?q=blue+badge+eligibility+engine&region=London")
    expect(officer.locator("main")).to_contain_text("Nothing matches “blue badge eligibility engine”")
    officer.goto("/search/?q=blue+badge+eligibility&region=London")
    expect(officer.locator("main")).to_contain_text(re.compile(r"Look at all regions, not only London\s*: \d results"))
    officer.goto("/search/?q=blue+badge+eligibility+engine")
    expect(officer.locator("main")).to_contain_text(
        re.compile(r"Search for “blue badge eligibility” only\s*: \d results")
    )

    press(officer, "Raise this as a need")
    expect(officer.get_by_label("What is the need, in one line?")).to_have_value("blue badge eligibility engine")
    expect(officer.locator("[data-similar-needs]")).to_contain_text("5 councils")
    press(officer, "^Join this one instead ?: Check blue badge")
    press(officer, "^My council has this too$")
    expect(officer.locator("body")).to_contain_text("We write to you when it moves.")
    press(officer, "^Skip$")
    expect(officer.locator("main")).to_contain_text("Harlow (district)")
    assert officer.evaluate("document.documentElement.scrollWidth") <= width

    for _ in range(2):  # and once more, being asked
        press(officer, "^Take Harlow off$")
    expect(officer.get_by_role("button", name="My council has this too")).to_be_visible()


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


def test_a_discovery_leads_its_facilitator_to_the_form_of_its_day_filled_in(visit):
    facilitator = visit("facilitator", width=390)
    facilitator.goto("/discoveries/new/")
    facilitator.get_by_label("Title").fill("Paying for care together")
    facilitator.get_by_label("What is it about?").fill("Who pays what, and when.")
    facilitator.get_by_label("Theme").fill("Care")
    press(facilitator, "Start")
    main = facilitator.locator("[data-main-action]")
    expect(main).to_have_text("Plan the Discovery Day")
    main.click()
    expect(facilitator.get_by_label("Title", exact=True)).to_have_value("Discovery Day: Paying for care together")
    expect(facilitator.get_by_label("Discovery Day", exact=True)).to_be_checked()
    expect_accessible(facilitator, "events/new.html")
