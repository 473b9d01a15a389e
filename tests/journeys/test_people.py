"""Somebody new: an account by a code in the mail, a place in a council that its lead confirms."""

import re
import time

from playwright.sync_api import Page, expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

ADDRESS = "nadia.osei@harlow.gov.uk"


def test_a_stranger_signs_up_with_a_code_and_is_confirmed_by_the_councils_lead(visit):
    newcomer = visit()
    newcomer.goto("/accounts/signup/")
    newcomer.get_by_label(re.compile("Full name")).fill("Nadia Osei")
    newcomer.get_by_label(re.compile("E-?mail", re.I)).fill(ADDRESS)
    newcomer.get_by_label(re.compile("Password", re.I)).first.fill("three-yellow-kettles")
    press(newcomer, "Create an account")
    code = code_from_the_mail(visit())
    newcomer.get_by_label(re.compile("Code", re.I)).fill(code)
    expect_accessible(newcomer)
    press(newcomer, "Confirm|Verify|Continue")
    expect(newcomer.locator("main")).to_contain_text(f"You have confirmed {ADDRESS}")
    newcomer.goto("/councils/harlow/join/")
    expect(newcomer.locator("main")).to_contain_text(re.compile("waiting|asked|decide", re.I))

    lead = visit("lead")
    lead.goto("/councils/harlow/members/")
    line = lead.locator(".lda-members > li").filter(has_text=ADDRESS)
    expect(line).to_contain_text("address at harlow.gov.uk")
    line.get_by_role("button", name="Confirm").click()
    expect(lead.locator("body")).to_contain_text("Nadia Osei is confirmed as")

    newcomer.goto("/needs/new/")
    expect(newcomer.get_by_label("What is the need, in one line?")).to_be_visible()


def code_from_the_mail(page: Page) -> str:
    """The worker sends it within a second or two."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        page.goto("/demo/mail/")
        mail = page.locator("article").filter(has_text=ADDRESS)
        if mail.count() and (found := re.search(r"^\s*([A-Z0-9]{3}-?[A-Z0-9]{3})\s*$", mail.first.inner_text(), re.M)):
            return found.group(1)
        time.sleep(0.5)
    raise AssertionError("no mail with a code came")
