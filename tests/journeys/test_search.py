"""One search over everything: words, kinds with their counts, filters, and the way to what was found."""

import re

from playwright.sync_api import expect


def test_bin_collections_are_found_narrowed_to_assets_and_opened(visit):
    reader = visit()
    reader.goto("/")
    box = reader.locator("main input[name=q]")
    box.fill("bin collections")
    box.press("Enter")
    expect(reader.locator("main")).to_contain_text(re.compile(r"\d+ results? for bin collections"))
    tabs = reader.get_by_role("navigation", name="Kinds of result")
    expect(tabs).to_contain_text(re.compile(r"Assets\W*\d+"))
    expect(tabs).to_contain_text(re.compile(r"Needs\W*\d+"))
    expect(reader.locator(".lda-result mark").first).to_contain_text(re.compile("bin|collection|waste|refuse", re.I))

    tabs.get_by_role("link", name=re.compile("^Assets")).click()
    expect(reader).to_have_url(re.compile("kind=asset"))
    expect(reader.locator(".lda-result__kind").first).to_contain_text("Asset")
    reader.get_by_role("link", name=re.compile("Waste standards and API")).first.click()

    expect(reader.get_by_role("heading", level=1)).to_have_text("Waste standards and API")
