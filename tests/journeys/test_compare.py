"""Three assets from their cards to one table, its file, its print, and the same table for a colleague."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

NAMES = ("Waste standards and API", "Missed bin reporter", "Deferred payment calculator")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_three_assets_are_put_aside_compared_saved_and_shared(visit, width, scripts):
    officer = visit("officer", width=width, scripts=scripts)
    officer.goto("/assets/shortlist/")
    if officer.get_by_role("button", name="Clear the shortlist").count():
        press(officer, "^Clear the shortlist$")  # of the run before
    for number, name in enumerate(NAMES, start=1):
        officer.goto("/assets/")
        press(officer, f"^Add to shortlist ?: {name}$")
        expect(officer.get_by_role("link", name=f"Your shortlist ({number})")).to_be_visible()

    press(officer, r"^Your shortlist \(3\)$")
    if scripts:
        expect_accessible(officer, "take_up/shortlist.html")
    press(officer, "^Compare them$")
    if scripts:
        expect_accessible(officer, "take_up/compare.html")
    if width == 390:
        officer.get_by_text(re.compile(r"^Show the other \d+$")).click()
    table = officer.get_by_role("table", name="Assets side by side")
    for about in ("Licence", "Effort", "Districts that use it", "Last release"):
        row = table.get_by_role("rowheader", name=re.compile(f"^{about}"))
        expect(row).to_have_count(1)
    expect(table.get_by_role("rowheader", name=re.compile("^Licence Differs$"))).to_be_visible()
    press(officer, "^Show only what differs$")
    expect(officer.get_by_role("rowheader", name=re.compile("^Phase"))).to_have_count(0)
    press(officer, r"^Show all \d+ lines$")

    with officer.expect_download() as download:
        press(officer, "^Download as CSV")
    saved = download.value.path().read_text("utf-8-sig")
    assert "Licence: Open Government Licence v3.0" in saved
    assert re.search(r"As at: \d{4}-\d\d-\d\d", saved)
    assert all(name in saved for name in NAMES)

    address = urlsplit(officer.url)
    colleague = visit(width=width, scripts=scripts)
    colleague.goto(f"{address.path}?{address.query}")
    assert lines_of(colleague) == lines_of(officer)


def lines_of(page: Page) -> list[str]:
    return page.locator(".lda-compare tr").all_text_contents()


def test_a_stranger_is_asked_before_a_cookie_is_set(visit):
    reader = visit(width=390, scripts=False)
    reader.goto("/assets/")
    press(reader, f"^Add to shortlist ?: {NAMES[0]}$")
    assert not [each for each in reader.context.cookies() if "session" in each["name"]]
    press(reader, "^Add to shortlist$")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Assets")
    press(reader, f"^Add to shortlist ?: {NAMES[1]}$")
    expect(reader.get_by_role("link", name="Your shortlist (2)")).to_be_visible()


def test_the_table_prints_on_one_page(visit):
    reader = visit()
    slugs = ("waste-standards-and-api", "missed-bin-reporter", "deferred-payment-calculator", "prove-it-once")
    reader.goto(f"/assets/compare/?{'&'.join(f'asset={slug}' for slug in slugs)}&council=harlow")

    printed = reader.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
