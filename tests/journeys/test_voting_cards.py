"""A vote by voting cards: printed, and used on somebody's phone without scripts."""

import re

from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import prepare_vote, press


def test_cards_are_printed_and_used_on_a_phone_in_which_somebody_is_signed_in(visit):
    facilitator = visit("facilitator")
    ballot = prepare_vote(facilitator)
    press(facilitator, "Change the vote")
    facilitator.get_by_label(re.compile("^Whoever holds a voting card")).check()
    press(facilitator, "Save")
    facilitator.get_by_label("How many voting cards are handed out?").fill("12")
    expect_accessible(facilitator, "voting/cards/number.html")
    press(facilitator, "^Save$")
    expect_accessible(facilitator, "voting/cards/print.html")
    press(facilitator, "Make the cards")
    expect(facilitator.locator(".lda-card")).to_have_count(16)
    expect_accessible(facilitator, "voting/cards/sheets.html")
    printed = [" ".join(each.split()) for each in facilitator.locator(".lda-card__words").all_inner_texts()]
    scanned, typed, *unused = printed
    facilitator.goto(ballot)
    press(facilitator, "Open the vote")
    expect(facilitator.locator("main")).to_contain_text("12 voting cards may be used")

    phone = visit("officer", width=390, scripts=False)
    cookies = phone.context.cookies()
    phone.goto(f"/card/{scanned.replace(' ', '-')}/")
    phone.locator('input[name="options"]').first.check()
    press(phone, "Check my vote")
    press(phone, "Count my vote")
    expect(phone.locator("main")).to_contain_text("Your receipt")
    phone.goto(f"/card/{scanned.replace(' ', '-')}/")
    expect(phone.locator("main")).to_contain_text("This card has been used")
    press(phone, "Use another card")
    phone.get_by_label("The six words on your card").fill(typed.upper())
    press(phone, "Go to my ballot")
    phone.locator('input[name="options"]').last.check()
    press(phone, "Check my vote")
    press(phone, "Count my vote")
    expect(phone.locator("main")).to_contain_text("Your receipt")
    assert phone.context.cookies() == cookies

    facilitator.goto(f"/card/{scanned.replace(' ', '-')}/")
    expect_accessible(facilitator, "voting/cards/says.html")
    open_pages_of_cards_hear_what_happens(facilitator, ballot, visit, unused)
    facilitator.goto(ballot + "roll/")
    expect(facilitator.locator("main")).to_contain_text("12 voting cards, tied to nobody")
    expect_accessible(facilitator, "voting/cards/roll.html")


def open_pages_of_cards_hear_what_happens(facilitator, ballot, visit, unused):
    """The pause and that it goes on: an empty ballot turns and turns back, one with ticks stays and says so."""
    empty, ticked = visit("officer", width=390), visit("officer", width=390)
    for phone, card in zip((empty, ticked), unused, strict=False):
        phone.goto(f"/card/{card.replace(' ', '-')}/")
        expect(phone.get_by_role("button", name="Check my vote")).to_be_visible()
    ticked.locator('input[name="options"]').first.check()
    facilitator.goto(ballot)
    press(facilitator, "^Pause$")
    expect(empty.locator("h1")).to_have_text(re.compile("Voting is paused"))
    expect(ticked.locator("[data-live-ended]")).to_contain_text("Voting is paused. What you have chosen stays here")
    expect(ticked.locator('input[name="options"]').first).to_be_checked()
    facilitator.goto(ballot)
    press(facilitator, "^Go on")
    expect(empty.get_by_role("button", name="Check my vote")).to_be_visible()
    expect(ticked.locator("[data-live-ended]")).to_be_hidden()
    press(ticked, "Check my vote")
    expect(ticked.locator("h1")).to_have_text(re.compile("Check your vote"))
