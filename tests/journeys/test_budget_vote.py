"""A pot is spent by vote in a room: prices set on a desktop, ticks on a phone, equal shares explained to all."""

import re

from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import prepare_vote, press
from tests.journeys.test_room import expect_whole


def test_a_pot_of_100000_is_spent_by_equal_shares_and_each_option_left_out_reads_what_it_needed(visit):
    console, screen, phone = visit("facilitator", width=1280), visit(width=1280), visit("officer", width=390)
    ballot = prepare_vote(console, "What does the pot pay for?", is_secret=False)
    console.goto(ballot + "change/")
    console.locator('input[name="method"][value="budget"]').check()
    console.locator('input[name="pot"]').fill("100000")
    press(console, "^Save$")
    console.goto(ballot + "options/")
    for number, box in enumerate(console.locator('input[name^="price"]').all()):
        box.fill("60000" if number else "90000")
    expect_accessible(console, "voting/options.html")
    press(console, "^Save$")

    # Opened: the big screen says what there is to spend, the phone what each option costs.
    press(console, "Open the vote")
    expect(console.get_by_role("button", name="Close the vote")).to_be_visible()
    screen.goto(ballot + "screen/")
    expect(screen.locator(".lda-ring__number")).to_contain_text("0 of")
    expect_whole(screen)
    phone.goto(ballot + "cast/")
    expect(phone.locator("main")).to_contain_text("£100,000")
    expect(phone.locator("main")).to_contain_text("£60,000")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.locator('input[name="options"]').last.check()
    expect_accessible(phone, "voting/cast.html")
    press(phone, "Check my vote")
    press(phone, "Count my vote")
    expect(phone.locator("main")).to_contain_text("Your vote is counted")

    press(console, "Close the vote")
    press(console, "Look at the result, you alone")
    press(console, "Show the result")
    expect(screen.locator(".lda-hall__lines li")).to_have_count(3)
    expect_whole(screen)
    for page in (console, phone):
        page.goto(ballot + "results/")
        why = page.get_by_role("table").filter(has_text="What would have been enough")
        expect(why.get_by_role("row").nth(1)).to_contain_text(re.compile(r"£\d\d,000"))
        expect(why.get_by_role("row").nth(1)).to_contain_text("more vote")
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
        expect_accessible(page, "voting/results.html")
