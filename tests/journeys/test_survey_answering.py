"""S1: the survey is answered by one’s own link: begun on a laptop, gone on with on a phone, handed in, taken back."""

import re

from playwright.sync_api import expect

from core import clock
from portal.demo.fieldwork import LINK
from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

START = f"/surveys/answer/{LINK}/"


def test_an_officer_begins_on_a_laptop_and_hands_in_on_a_phone(visit):
    laptop = visit("")
    laptop.goto(START)
    expect(laptop.locator("main")).to_contain_text("Who sees what")
    expect_accessible(laptop, "surveys/answer/start.html")
    press(laptop, "^Start$")
    laptop.get_by_label("Elected member").check()
    press(laptop, "Save and go on later")
    expect_accessible(laptop, "surveys/answer/later.html")

    phone = visit("", width=390)
    phone.goto(START)
    press(phone, "Go on where you stopped")
    expect_accessible(phone, "surveys/answer/page.html")
    card = phone.get_by_role("group", name=re.compile("Make the customer journey better"))
    card.get_by_label("Strongly agree").check()
    expect(phone.get_by_text("pounds")).to_have_count(0)
    phone.goto(START + "pages/savings/")
    phone.get_by_label("Yes").check()
    press(phone, "Save and continue")
    phone.get_by_label(re.compile("how much money")).fill("£1,400,000")
    press(phone, "Save and continue")
    phone.goto(START + "check/")
    expect(phone.locator("main")).to_contain_text("£1,400,000")
    expect_accessible(phone, "surveys/answer/check.html")
    press(phone, "Hand in my answers")
    expect(phone.locator("main")).to_contain_text("shown here and nowhere else")
    expect_accessible(phone, "surveys/answer/receipt.html")
    with phone.expect_download() as copy:
        phone.get_by_role("link", name=re.compile("Download my answers")).click()
    assert "£1,400,000" in copy.value.path().read_text()
    receipt = phone.locator(".lda-receipt").inner_text()

    phone.goto(START)
    expect_accessible(phone, "surveys/answer/done.html")
    phone.get_by_label("Your receipt").fill(receipt)
    press(phone, "Take my answers back")
    expect_accessible(phone, "surveys/answer/taken_back.html")
    assert phone.context.cookies() == []


def test_the_secretariat_sees_who_has_answered_and_what_they_answered_nowhere(visit):
    secretariat = visit("secretariat")
    home = f"/surveys/{clock.today().year}/running/"
    secretariat.goto(home)
    expect(secretariat.locator("main")).to_contain_text(re.compile("more districts to reach 30%"))
    expect_accessible(secretariat, "surveys/running.html")
    secretariat.goto(home + "invitations/")
    expect_accessible(secretariat, "surveys/invitations.html")
    secretariat.goto(home + "invitations/new/")
    expect_accessible(secretariat, "surveys/invite.html")
    secretariat.goto(home + "invitations/upload/")
    expect_accessible(secretariat, "surveys/upload.html")
    secretariat.goto(home + "remind/")
    expect_accessible(secretariat, "surveys/remind.html")
    secretariat.goto(home + "close-day/")
    expect_accessible(secretariat, "surveys/close_day.html")
