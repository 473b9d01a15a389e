"""Voting on a phone: a ranking by keys alone, a vote that is not lost with the network, and one without scripts."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import prepare_vote, press

A_SECOND = 1_100  # in which a button takes a second press for a slip of the finger
RECEIPT = re.compile(r"^[A-Z0-9]{5}-[A-Z0-9]{5}$")


def open_ballot(facilitator: Page, question: str, method: str = "approval") -> str:
    """The address of an open vote of this method on the finished prototypes of today's day."""
    ballot = prepare_vote(facilitator, question)
    if method != "approval":
        facilitator.goto(ballot + "change/")
        facilitator.locator(f'input[name="method"][value="{method}"]').check()
        press(facilitator, "^Save$")
    press(facilitator, "Open the vote")
    expect(facilitator.get_by_role("button", name="Open the vote")).to_have_count(0)
    return ballot


def test_a_ranking_is_made_by_keys_alone_read_out_and_may_leave_options_out(visit):
    ballot = open_ballot(visit("facilitator"), "Which one is ranked first?", "ranked")
    officer = visit("officer")
    officer.goto(ballot + "cast/")
    said = officer.locator("[data-ballot-count][aria-live=polite]")
    titles = [row.get_attribute("data-title") for row in officer.locator(".lda-ranks").all()]
    lists = officer.locator("[data-rank] select")
    before = [box.get_attribute("name") for box in lists.all()]

    def tab_to(place):
        for _ in range(60):
            officer.keyboard.press("Tab")
            if place.evaluate("(element) => element === document.activeElement"):
                return
        raise AssertionError("the keys do not lead there")

    tab_to(lists.nth(0))
    officer.keyboard.type("2nd")
    expect(said).to_contain_text("1 ranked")
    tab_to(officer.get_by_role("button", name=f"Rank {titles[1]} higher"))
    officer.keyboard.press("Enter")
    expect(said).to_contain_text(f"{titles[1]} is 2nd of 2.")
    officer.keyboard.press("Enter")
    expect(said).to_contain_text(f"{titles[1]} is 1st of 2.")
    expect(officer.get_by_role("button", name=f"Rank {titles[1]} higher")).to_be_focused()
    expect(officer.locator("[data-order] li")).to_have_text([titles[1], titles[0]])
    assert [box.get_attribute("name") for box in lists.all()] == before  # nothing jumps
    expect_accessible(officer, "voting/cast.html")

    lists.nth(0).select_option("1")
    expect(said).to_contain_text("two as 1st")
    press(officer, "Check my vote")
    expect(officer.locator(".govuk-error-summary")).to_be_focused()
    officer.keyboard.press("Tab")
    officer.keyboard.press("Enter")
    expect(lists.nth(1)).to_be_focused()
    expect_accessible(officer, "voting/cast.html")
    officer.keyboard.type("2nd")
    expect(said).to_contain_text("2 ranked")
    tab_to(officer.get_by_role("button", name="Check my vote"))
    officer.keyboard.press("Enter")
    expect(officer.locator(".lda-check li")).to_have_text([re.compile(titles[0]), re.compile(titles[1])])
    expect(officer.locator("main")).to_contain_text("Not ranked:")
    tab_to(officer.get_by_role("button", name="Count my vote"))
    officer.keyboard.press("Enter")
    expect(officer.locator(".lda-receipt")).to_have_text(RECEIPT)


def test_a_third_dot_on_one_option_is_refused_beside_it_and_its_receipt_is_found_in_the_count(visit):
    facilitator = visit("facilitator")
    ballot = prepare_vote(facilitator, "Where do five dots go?", is_secret=False)
    facilitator.goto(ballot + "change/")
    facilitator.locator('input[name="method"][value="dots"]').check()
    facilitator.get_by_label("How many dots may one option get from one person?").fill("2")
    press(facilitator, "^Save$")
    press(facilitator, "Open the vote")
    officer = visit("officer", width=390)
    officer.goto(ballot + "cast/")
    dots = officer.locator('input[name^="option-"]')
    dots.first.fill("3")
    said = officer.locator("[data-ballot-count][aria-live=polite]")
    expect(said).to_have_text(re.compile(r": 3 dots\. At most 2 to one$"))
    officer.get_by_role("button", name="One dot more for").nth(1).click()
    expect(said).to_have_text(re.compile(r"^[^:]+: 1 dot\. At most 2 to one$"))  # named is the one just pressed
    officer.get_by_role("button", name="One dot fewer for").nth(1).click()
    press(officer, "Check my vote")
    expect(officer.locator(".govuk-error-summary")).to_be_focused()
    officer.locator(".govuk-error-summary a").first.click()
    expect(dots.first).to_be_focused()
    expect(dots.first).to_have_value("3")
    dots.first.fill("2")
    expect(said).to_have_text(re.compile(r": 2 dots\. 3 of 5 dots left$"))
    press(officer, "Check my vote")
    press(officer, "Count my vote")
    receipt = officer.locator(".lda-receipt").inner_text()

    facilitator.goto(ballot)
    press(facilitator, "Close the vote")
    for code, said in ((receipt, "is in the count, round 1"), ("AAAAA-AAAAA", "No vote with the receipt AAAAA-AAAAA")):
        officer.goto(ballot + "receipts/")
        officer.get_by_label("Is my vote in the count?").fill(code)
        press(officer, "Look it up")
        expect(officer.locator("main")).to_contain_text(said)
    expect(officer.locator(".lda-receipts li")).to_have_text([receipt])


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
    with officer.expect_event("requestfailed"):
        officer.wait_for_timeout(A_SECOND)
        press(officer, "Count my vote")
    officer.wait_for_timeout(A_SECOND)
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
