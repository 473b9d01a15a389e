"""One search over everything: words, kinds with their counts, filters, and the way to what was found."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import press


@pytest.mark.parametrize("width", [1280, 390])
def test_bin_collections_are_found_narrowed_opened_and_weighed_for_ones_council(visit, width):
    officer = visit("officer", width=width)
    officer.goto("/")
    box = officer.locator("main").get_by_role("combobox")
    box.press_sequentially("bin collections")
    expect(officer.locator("main").get_by_role("option").first).to_contain_text(re.compile("waste", re.I))
    box.press("Enter")
    main = officer.locator("main")
    announced = main.locator(".lda-results__summary[role=status]")
    expect(announced).to_have_text(re.compile(r"\s*\d+ results for bin collections\s*"))
    expect(main).to_contain_text(re.compile("Also matching .*waste", re.DOTALL))
    tabs = officer.get_by_role("navigation", name="Kinds of result")
    expect(tabs).to_contain_text(re.compile(r"Assets\W*\d+"))
    expect(tabs).to_contain_text(re.compile(r"Needs\W*\d+"))
    expect(officer.locator(".lda-result mark").first).to_contain_text(re.compile("bin|collection|waste|refuse", re.I))

    standard = officer.get_by_role("group", name="Kind of asset").get_by_label(re.compile("^Standard"))
    districts = officer.get_by_role("group", name="Council type").get_by_label(re.compile("^District"))
    if width == 1280:  # each at once
        standard.check()
        expect(officer).to_have_url(re.compile("asset_kind=standard"))
        expect(standard).to_be_focused()
        districts.check()
    else:
        main.locator("summary").filter(has_text="Filters").click()
        standard.check()
        districts.check()
        press(officer, "^Apply filters$")
    expect(officer).to_have_url(re.compile("council_type=district"))
    expect(announced).to_contain_text("1 result for bin collections")
    expect(main).to_contain_text("Filters (2)")
    expect(main.get_by_role("link", name=re.compile("^Remove filter:"))).to_have_count(2)
    expect(officer.locator(".lda-result__kind").first).to_contain_text("Asset")
    main.get_by_role("link", name=re.compile("Waste standards and API")).first.click()

    expect(officer.get_by_role("heading", level=1)).to_have_text("Waste standards and API")
    expect(main).to_contain_text(re.compile(r"7 of \d+ districts and single-tier councils"))
    expect(officer.get_by_role("heading", name=re.compile("^Harlow uses it"))).to_be_visible()
    expect(officer.locator(".lda-checks li").first).to_contain_text(re.compile(r"\w+ \w+"))
    expect(officer.locator("#who-uses-it")).to_contain_text(re.compile(r"\d+ districts"))
    press(officer, "^Print on one page$")
    expect(main).to_contain_text("Written for districts and single-tier councils; Harlow is a district.")
    expect(main).to_contain_text("Harlow uses it already.")
    assert officer.evaluate("document.documentElement.scrollWidth") <= width


def test_a_suggestion_keeps_the_words_typed_and_escape_leads_back_to_the_box(visit):
    reader = visit(pictures=False)
    reader.goto("/")
    main = reader.locator("main")
    box = main.get_by_role("combobox")
    box.press_sequentially("bin coll")
    options = main.get_by_role("option")
    expect(options.last).to_contain_text("Search for “bin coll”")
    box.press("ArrowDown")
    expect(options.first).to_be_focused()
    reader.keyboard.press("Escape")
    expect(box).to_be_focused()
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("bin coll")

    box.press("End")
    box.press_sequentially("e")
    service = options.filter(has_text="Service").first
    count = re.search(r"\d+ results?", service.inner_text())[0]
    service.click()

    expect(reader).to_have_url(re.compile(r"[?&]q=bin\+colle&service="))
    expect(main.locator(".lda-results__summary")).to_have_text(re.compile(f"{count} for bin colle"))


def test_without_scripts_the_same_search_is_sent_and_narrowed_by_its_button(visit):
    reader = visit(scripts=False)
    reader.goto("/")
    reader.locator("main input[name=q]").fill("bin collections")
    reader.locator("main").get_by_role("button", name="Search").click()
    reader.get_by_role("group", name="Kind of asset").get_by_label(re.compile("^Standard")).check()
    press(reader, "Apply filters")
    expect(reader.locator(".lda-result")).to_have_count(1)
