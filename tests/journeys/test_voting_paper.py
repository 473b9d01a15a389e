"""A vote on paper: printed, entered by one person, counted again by another, closed, looked at and shown."""

import re

from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import prepare_vote, press


def test_slips_are_printed_entered_by_one_and_confirmed_by_another_with_one_that_is_blank(visit):
    facilitator, second = visit("facilitator", scripts=False), visit("secretariat", width=390)
    ballot = prepare_vote(facilitator, "Which one, without power?", is_secret=False)
    facilitator.goto(ballot + "slips/?slips=3")
    expect(facilitator.locator(".lda-slip")).to_have_count(3)
    facilitator.goto(ballot)
    press(facilitator, "Open the vote")

    # Three people get a slip; of those that come back two say the same, and one says nothing.
    facilitator.goto(ballot + "hand-out/")
    for box in facilitator.locator('input[name="people"]').all()[:3]:
        box.check()
    press(facilitator, "^Hand out$")
    facilitator.goto(ballot + "paper/")
    facilitator.get_by_label("How many slips are in it?").fill("3")
    press(facilitator, "^Start$")
    facilitator.get_by_label(re.compile("^Ask once")).check()
    facilitator.get_by_label("How many slips say this?").fill("2")
    press(facilitator, "Add this pile")
    press(facilitator, "Enter a slip that is blank")
    facilitator.get_by_label("Number printed on the slip").fill("3")
    facilitator.get_by_label("It is blank").check()
    press(facilitator, "Enter this slip")
    expect(facilitator.locator("main")).to_contain_text("3 slips, of which 1 spoilt (1 blank)")
    press(facilitator, "^Hand over$")
    expect(facilitator.get_by_role("button", name="I counted these slips")).to_have_count(0)
    facilitator.goto(ballot)
    press(facilitator, "Close the vote")
    expect(facilitator.locator("main")).to_contain_text("1 batch of paper is not confirmed by a second person")

    second.goto(ballot + "paper/")
    press(second, "^Count it again")
    expect(second.locator("main")).to_contain_text("2 slips say")
    expect(second.locator("main")).to_contain_text("Slip 3")
    expect_accessible(second, "voting/batch.html")
    press(second, "I counted these slips, and they say this")
    expect(second.locator("main")).to_contain_text("3 counted by two people, of which 1 spoilt")

    facilitator.goto(ballot)
    press(facilitator, "Close the vote")
    press(facilitator, "Look at the result, you alone")
    expect(facilitator.locator("main")).to_contain_text("3 slips, of which 1 spoilt (1 blank)")
    press(facilitator, "Show the result")

    second.goto(ballot + "record/")
    expect(second.locator("main")).to_contain_text("Batch 1, 3 slips, of which 1 spoilt (1 blank)")
    press(second, "Recount in this browser")
    expect(second.locator("[data-recount-answer]")).to_contain_text("the count is as this site says")
