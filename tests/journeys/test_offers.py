"""A council offers a project something, the project answers, and the council reads the answer."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

PROJECT = "/projects/planning-notices-people-read/"
# Another way to take part each time: a council has one open offer of a kind.
WAYS = {
    (1280, True): ("Join as tester", "What could you test, and when?"),
    (390, True): ("Share ideas", "What would you like to share?"),
    (1280, False): ("Co-fund", "What could you pay for?"),
    (390, False): ("Join as tester", "What could you test, and when?"),
}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_offer_is_made_answered_and_its_answer_read(visit, width, scripts):
    way, question = WAYS[width, scripts]
    words = f"Two teams from May, at {width}{' with scripts' if scripts else ''}."
    county = visit("county", width=width, scripts=scripts)
    county.goto(PROJECT)
    press(county, f"^{way}$")
    if scripts:
        expect_accessible(county, "projects/offer.html")
    county.get_by_label(question).fill(words)
    press(county, "^Send$")
    expect(county.get_by_text(re.compile("Sent. An answer is due by"))).to_be_visible()

    facilitator = visit("facilitator", width=width, scripts=scripts)
    facilitator.goto(PROJECT)
    row = facilitator.locator("#offers li").filter(has_text=f"Surrey: {way.lower()}").filter(has_text="due by")
    row.get_by_role("link").click()
    expect(facilitator.get_by_text(words)).to_be_visible()
    if scripts:
        expect_accessible(facilitator, "projects/interest.html")
    facilitator.get_by_label("Yes, we take it up").check()
    facilitator.get_by_label("What do you say to them?").fill("Welcome. We begin on Monday.")
    press(facilitator, "^Send the answer$")
    expect(facilitator.get_by_text(re.compile("Answered: accepted"))).to_be_visible()

    county.goto(PROJECT)
    county.locator("#offers li").filter(has_text=f"Surrey: {way.lower()}").first.get_by_role("link").click()
    expect(county.get_by_text("Welcome. We begin on Monday.")).to_be_visible()
