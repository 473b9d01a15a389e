"""Whoever reads the record of a vote counts it again in their own browser."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press


def on_record(page: Page) -> Page:
    """The page, on the record of a vote whose outcome is published."""
    page.goto("/votes/?state=published")
    page.locator("main a[href^='/votes/']", has_text="Which").first.click()
    page.goto(page.url + "record/")
    return page


def recount(page: Page) -> None:
    page.get_by_role("button", name="Recount in this browser").click()


def test_a_stranger_recounts_a_vote_in_the_browser_and_is_told_where_the_code_is_another(visit):
    page = on_record(visit())
    code = page.locator("dd", has_text=re.compile(r"^\w{4}-\w{4}-\w{4}-\w{4}")).inner_text()[:19]
    answer = page.locator("[data-recount-answer]")

    recount(page)
    expect(answer).to_contain_text("Nothing was altered, and the count is as this site says")
    expect(answer.get_by_role("table")).to_contain_text("chosen")
    expect_accessible(page, "voting/record.html")

    page.reload()  # as a button pressed twice within a second counts once
    page.get_by_label("Code you were given").fill(code.lower().replace("-", " "))
    recount(page)
    expect(answer).to_contain_text("The code is the one you gave")

    page.reload()
    page.get_by_label("Code you were given").fill("AAAA-BBBB-CCCC-DDDD")
    recount(page)
    expect(answer).to_contain_text("something was altered")


def test_whoever_kept_a_receipt_looks_it_up(visit):
    page = on_record(visit())
    page.get_by_role("link", name="Receipts of the votes that were counted").click()
    page.get_by_label("Is my vote in the count?").fill("k7f")
    press(page, "Look it up")

    expect(page.locator("main")).to_contain_text("A receipt has 10 letters and digits, and this has 3")
    expect_accessible(page, "voting/receipts.html")
