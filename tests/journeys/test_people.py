"""Somebody new: an account by a code in the mail, a place in a council that its lead confirms."""

import re

from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import code_from_the_mail, press

ADDRESS = "nadia.osei@harlow.gov.uk"


def test_a_stranger_signs_up_with_a_code_and_is_confirmed_by_the_councils_lead(visit):
    newcomer = visit()
    newcomer.goto("/accounts/signup/")
    newcomer.get_by_label("Full name").fill("Nadia Osei")
    newcomer.get_by_label("E-mail address").fill(ADDRESS)
    newcomer.get_by_label("Password", exact=True).fill("three-yellow-kettles")
    press(newcomer, "Create an account")
    expect(newcomer.get_by_label("Code", exact=True)).to_be_visible()
    expect_accessible(newcomer, "account/confirm_email_verification_code.html")
    newcomer.get_by_label("Code", exact=True).fill("000000")
    press(newcomer, "^Confirm$")
    expect(newcomer.locator(".govuk-error-summary")).to_be_visible()
    expect_accessible(newcomer, "account/confirm_email_verification_code.html")
    code = code_from_the_mail(newcomer, ADDRESS)
    assert re.fullmatch(r"\d{6}", code)
    newcomer.get_by_label("Code", exact=True).fill(code)
    press(newcomer, "^Confirm$")
    expect(newcomer.locator("main")).to_contain_text(f"You have confirmed {ADDRESS}")
    newcomer.goto("/")
    press(newcomer, "Ask to join Harlow")
    expect(newcomer.locator("main")).to_contain_text("You asked to join Harlow on")
    newcomer.goto("/account/")
    expect(newcomer.locator("main")).to_contain_text("You asked to join Harlow")
    newcomer.goto("/councils/harlow/join/")
    expect(newcomer.locator("main")).to_contain_text("wait to be confirmed. Its lead or the secretariat decides.")
    # What needs a council is not open yet.
    newcomer.goto("/needs/new/")
    expect(newcomer.get_by_label("What is the need, in one line?")).to_have_count(0)

    lead = visit("lead")
    lead.goto("/councils/harlow/members/")
    line = lead.locator(".lda-members > li").filter(has_text=ADDRESS)
    expect(line).to_contain_text("address at harlow.gov.uk")
    expect_accessible(lead, "councils/members.html")
    line.get_by_role("button", name="Confirm").click()
    expect(lead.locator("body")).to_contain_text("Nadia Osei is confirmed as")

    newcomer.goto("/needs/new/")
    expect(newcomer.get_by_label("What is the need, in one line?")).to_be_visible()


def test_somebody_puts_their_name_down_and_is_asked_from_another_council(visit):
    publisher = visit("publisher")
    publisher.goto("/councils/harlow/")
    expect(publisher.locator("#who-to-ask + *")).not_to_contain_text("Priya")
    publisher.get_by_label("I may be asked about what Harlow does, by name").check()
    press(publisher, "^Save")
    expect(publisher.locator("body")).to_contain_text("Your name is down as somebody to ask about Harlow.")
    expect_accessible(publisher, "councils/detail.html")

    officer = visit("county", width=390)
    officer.set_viewport_size({"width": 390, "height": 844})
    officer.goto("/councils/harlow/")
    expect(officer.locator(".lda-in-figures")).to_contain_text("Harlow uses")
    action = officer.locator("[data-main-action]")
    expect(action).to_have_text(re.compile("Ask Harlow"))
    box = action.bounding_box()
    assert box["y"] + box["height"] <= 844
    expect_accessible(officer, "councils/detail.html")
    officer.get_by_role("link", name="Ask Priya").click()
    expect_accessible(officer, "councils/ask.html")
    press(officer, "Send the question")
    expect(officer.locator(".govuk-error-summary")).to_contain_text("Write your question")
    officer.get_by_label("Your question").fill("How many people answered the texts?")
    press(officer, "Send the question")
    expect(officer.locator("body")).to_contain_text("We have sent your question to Priya.")

    # What councils like it use is a card a council here, and its figures lead to their lists.
    alike = officer.get_by_role("region", name="Councils like this one, and what they use")
    expect(alike.get_by_role("row").nth(1)).to_contain_text("district, East of England")
    officer.get_by_role("link", name=re.compile(r"^\d+ assets?$")).first.click()
    expect(officer.locator("#uses")).to_be_in_viewport()


def test_without_scripts_somebody_from_elsewhere_is_told_that_a_person_will_check(visit):
    stranger = visit("analyst", scripts=False)
    stranger.goto("/councils/harlow/join/")
    expect(stranger.locator("main")).to_contain_text("so somebody has to check by hand who you are")
