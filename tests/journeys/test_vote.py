"""A vote in the room: two browsers, a tally that moves, a tie shown as a tie, a winner that becomes a project."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

DAY = "Co-Design Day: proving who you are"


def ballot_of(page: Page) -> str:
    page.goto("/votes/")
    page.get_by_role("link", name=DAY).first.click()
    return re.search(r"/votes/(\w+)/", page.url).group(0)


def tick_and_cast(page: Page, ballot: str, *titles: str) -> None:
    page.goto(ballot + "cast/")
    for title in titles:
        page.get_by_label(re.compile(f"^{title}")).check()
    press(page, "Check my vote")
    press(page, "Count my vote")
    expect(page.locator("main")).to_contain_text("Your vote is counted")


def test_a_vote_is_opened_cast_watched_closed_and_turned_into_a_project(visit):
    facilitator = visit("facilitator")
    ballot = ballot_of(facilitator)
    press(facilitator, "Open the vote")
    expect(facilitator.locator("main")).to_contain_text("0 of 11")

    officer = visit("officer", width=390)
    tick_and_cast(officer, ballot, "Ask once")
    # The facilitator's page heard of it by itself.
    expect(facilitator.locator("main")).to_contain_text("1 of 11", timeout=8_000)

    county = visit("county", width=390, scripts=False)
    tick_and_cast(county, ballot, "The counter check")
    expect(facilitator.locator("main")).to_contain_text("2 of 11", timeout=8_000)

    screen = visit(width=1920)
    screen.goto(ballot + "screen/")
    expect(screen.locator("body")).to_contain_text("2 of 11")
    expect_accessible(screen)
    lead = visit("lead")
    for state in ("", "cast/", "results/", "record/"):
        lead.goto(ballot + state)
        expect_accessible(lead)
    tick_and_cast(lead, ballot, "Ask once", "A wallet of proofs")
    expect(screen.locator("body")).to_contain_text("3 of 11", timeout=8_000)

    # One may change one's mind until it closes.
    tick_and_cast(county, ballot, "Ask once")
    facilitator.goto(ballot)
    press(facilitator, "Close the vote")
    county.goto(ballot + "cast/")
    expect(county.locator("main")).to_contain_text(re.compile("closed", re.I))
    county.goto(ballot + "results/")
    expect(county.locator("main")).to_contain_text("Ask once")
    expect(county.locator("main")).to_contain_text(re.compile("per council", re.I))

    facilitator.goto(ballot)
    press(facilitator, "Turn the winner into a project")
    facilitator.get_by_label(re.compile("Lead council|Who leads|leads", re.I)).first.select_option(label="Harlow")
    press(facilitator, "Make the project")

    expect(facilitator.get_by_role("heading", level=1)).to_have_text("Ask once")
    expect(facilitator.locator(".lda-story")).to_contain_text("Chosen by 3 of 3")


def test_a_tie_is_shown_as_a_tie_and_has_no_winner(visit):
    facilitator = visit("facilitator")
    facilitator.goto("/votes/new/?event=co-design-day-proving-who-you-are")
    facilitator.get_by_label("Question").fill("Which one first?")
    press(facilitator, "Prepare the vote")
    ballot = re.search(r"/votes/(\w+)/", facilitator.url).group(0)
    press(facilitator, "Open the vote")
    expect(facilitator.locator("main")).to_contain_text("0 of 11")

    tick_and_cast(visit("officer"), ballot, "Ask once")
    tick_and_cast(visit("county"), ballot, "The counter check")
    facilitator.goto(ballot)
    press(facilitator, "Close the vote")

    reader = visit()
    reader.goto(ballot + "results/")
    expect(reader.locator("main")).to_contain_text("These are tied, so none of them is the winner.")
    expect(reader.get_by_role("heading", level=1)).to_contain_text(re.compile("tie", re.I))
    expect_accessible(reader)
    facilitator.goto(ballot)
    expect(facilitator.get_by_role("button", name="Prepare the run-off")).to_be_visible()
