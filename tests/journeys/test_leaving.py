"""C6: the lead of a council hands what is in a leaver's name to a colleague: a form, a check page, done."""

from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press


def test_a_lead_hands_a_leavers_work_to_a_colleague(visit):
    lead = visit("lead")
    lead.goto("/councils/harlow/members/")
    press(lead, "Hand over the work of somebody who leaves")
    lead.locator(".lda-rows a").first.click()
    heading = lead.get_by_role("heading", level=1).inner_text()
    press(lead, "^Continue$")
    expect(lead.locator(".govuk-error-summary")).to_contain_text("Choose who takes it over.")
    expect_accessible(lead, "councils/hand_over.html")
    lead.get_by_label("Who takes it over?").select_option(index=1)
    press(lead, "^Continue$")
    expect(lead.locator("main")).to_contain_text("Nothing has been handed over yet.")
    expect_accessible(lead, "councils/hand_over_check.html")
    press(lead, "^Change$")
    expect(lead.get_by_role("heading", level=1)).to_have_text(heading)
    assert lead.get_by_label("Who takes it over?").input_value()  # what was chosen stands
    press(lead, "^Continue$")
    press(lead, "^Hand over to")
    expect(lead.locator("body")).to_contain_text("Handed over from")
