"""What one is sent, chosen on a phone."""

from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press


def test_somebody_chooses_on_a_phone_what_comes_and_turns_the_rest_off(visit):
    analyst = visit("analyst", width=390)
    analyst.goto("/account/")
    press(analyst, "Choose what we send you")

    reminder = analyst.get_by_role("group", name="An event you have a place at is near")
    expect(reminder.get_by_label("At once")).to_be_checked()
    reminder.get_by_label("Weekly").check()
    press(analyst, "^Save$")
    expect(analyst.locator("body")).to_contain_text("What we send you is saved.")
    expect(reminder.get_by_label("Weekly")).to_be_checked()
    expect_accessible(analyst, "outbox/messages.html")

    press(analyst, "Turn off everything that can be")
    expect(analyst.locator("body")).to_contain_text("Everything that can be turned off is turned off")
    expect(reminder.get_by_label("Never")).to_be_checked()
