"""A lead shows a draft to a director without an account, who comments; the link ends.

Part of the journey that publishes this draft, which must come after.
"""

import re

from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press


def read_by_a_director(visit, *, width: int, scripts: bool) -> None:
    """The demo programme's draft is shown to a director, on a desk or on a phone without scripts, and the link ends."""
    lead = visit("lead", width=width, scripts=scripts)
    lead.goto("/account/")
    editing = lead.get_by_role("link", name="Planning notices people open").get_attribute("href")
    if scripts:
        lead.goto(editing)
        lead.get_by_role("link", name="Show the draft to somebody without an account").click()
    else:
        lead.goto(f"/case-studies/{re.search('[0-9]+', editing)[0]}/share/")
    press(lead, "^Make a link$")
    address = lead.locator("main a[href*='/drafts/']").first.get_attribute("href")
    if scripts:
        expect_accessible(lead, "publishing/shared/links.html")

    director = visit(width=width, scripts=scripts)
    director.goto(address)
    expect(director.get_by_role("heading", name="Planning notices people open")).to_be_visible()
    if scripts:
        expect_accessible(director, "publishing/shared/draft.html")
    director.get_by_label("What would you change?").fill(f"The year is wrong, says {width}.")
    press(director, "^Send the comment$")
    expect(director.get_by_text(re.compile("gets your comment"))).to_be_visible()

    lead.reload()
    expect(lead.get_by_text(f"The year is wrong, says {width}.")).to_be_visible()
    press(lead, "^End this link")
    expect(lead.get_by_text("The link has ended.")).to_be_visible()
