"""Voting on a phone: a ranking by keys alone, a vote that is not lost with the network, and one without scripts."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import prepare_vote, press

RECEIPT = re.compile(r"^[A-Z0-9]{5}-[A-Z0-9]{5}$")


def open_ballot(facilitator: Page, question: str, **rules: str) -> str:
    """The address of an open vote with these rules, set on the form by the values of their fields."""
    ballot = prepare_vote(facilitator, question)
    press(facilitator, "Open the vote")
    expect(facilitator.locator("main")).to_contain_text(re.compile("have voted|Turnout|Open"))
    return ballot


def test_a_vote_that_the_network_loses_stays_and_counts_once_when_it_is_sent_again(visit):
    ballot = open_ballot(visit("facilitator"), "Which one survives the Wi-Fi?")
    officer = visit("officer", width=390)
    officer.goto(ballot + "cast/")
    officer.get_by_label(re.compile("^Ask once")).check()

    # No network at all: the ballot stays, with its tick.
    officer.context.set_offline(True)
    press(officer, "Check my vote")
    expect(officer.locator("[data-ballot-count]")).to_have_text("Not sent. You are offline: try again.")
    expect(officer.get_by_label(re.compile("^Ask once"))).to_be_checked()
    officer.context.set_offline(False)
    # A page opened anew, as after a lost one, has it too.
    officer.goto(ballot + "cast/")
    expect(officer.get_by_role("status").filter(has_text="What you had ticked is back.")).to_be_visible()
    expect(officer.get_by_label(re.compile("^Ask once"))).to_be_checked()
    expect_accessible(officer, "voting/cast.html")
    press(officer, "Check my vote")
    expect_accessible(officer, "voting/check.html")

    # The network goes as it is sent; then the answer is lost, though the vote arrived.
    officer.context.set_offline(True)
    press(officer, "Count my vote")
    expect(officer.get_by_role("status").filter(has_text="Not sent. Try again")).to_be_visible()
    expect_accessible(officer, "voting/check.html")
    officer.context.set_offline(False)
    lost = []

    def lose_the_answer(route):
        lost.append(route.fetch())
        route.abort()

    officer.route("**/cast/", lose_the_answer, times=1)
    press(officer, "Count my vote")
    expect(officer.get_by_role("status").filter(has_text="Not sent. Try again")).to_be_visible()
    press(officer, "Count my vote")
    expect(officer.get_by_role("heading", level=1)).to_have_text("Your vote is counted")
    expect(officer.get_by_role("heading", level=1)).to_be_focused()
    receipt = officer.locator(".lda-receipt").inner_text()
    assert RECEIPT.match(receipt)
    assert receipt in lost[0].text()
    officer.template = "voting/counted.html"
    expect_accessible(officer, "voting/counted.html")
    assert officer.evaluate("Object.keys(sessionStorage).filter((name) => name.startsWith('ballot-')).length") == 0
    officer.goto(ballot + "cast/")
    expect(officer.locator("main")).to_contain_text("It was counted before.")


def test_who_is_signed_out_while_voting_signs_in_and_finds_the_ballot_ticked(visit):
    ballot = open_ballot(visit("facilitator"), "Which one waits for me?")
    county = visit("county", width=390)
    county.goto(ballot + "cast/")
    county.get_by_label(re.compile("^The counter check")).check()
    signed_in = county.context.cookies()
    county.context.clear_cookies(name=re.compile("session"))
    press(county, "Check my vote")
    expect(county).to_have_url(re.compile("/accounts/login/.*next="))
    assert "option" not in county.url

    county.context.add_cookies(signed_in)
    county.goto(ballot + "cast/?again")
    expect(county.locator("main")).to_contain_text("You had been signed out, so nothing was sent.")
    expect(county.get_by_label(re.compile("^The counter check"))).to_be_checked()
    press(county, "Check my vote")
    county.context.clear_cookies(name=re.compile("session"))
    press(county, "Count my vote")
    expect(county).to_have_url(re.compile("/accounts/login/.*next="))
    county.context.add_cookies(signed_in)
    county.goto(ballot + "cast/")
    expect(county.get_by_label(re.compile("^The counter check"))).to_be_checked()


def test_a_vote_is_cast_without_scripts(visit):
    ballot = open_ballot(visit("facilitator"), "Which one needs no script?")
    lead = visit("lead", width=390, scripts=False)
    lead.goto(ballot + "cast/")
    press(lead, "Check my vote")
    expect(lead.locator(".govuk-error-summary")).to_be_visible()
    lead.locator(".govuk-error-summary a").click()
    lead.get_by_label(re.compile("^Ask once")).check()
    press(lead, "Check my vote")
    press(lead, "^Change$")
    expect(lead.get_by_label(re.compile("^Ask once"))).to_be_checked()
    press(lead, "Check my vote")
    press(lead, "Count my vote")
    expect(lead.locator(".lda-receipt")).to_have_text(RECEIPT)
