"""From a discovery at step 1 to the invitations to its Co-Design Day, on a phone."""

import datetime as dt

from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press


def fill_moment(page, label, day, time):
    boxes = page.get_by_role("group", name=label, exact=True)
    for name, value in (("Day", day.day), ("Month", day.month), ("Year", day.year), ("Time", time)):
        boxes.get_by_label(name, exact=True).fill(str(value))


def test_a_co_design_day_is_planned_once_its_discovery_is_ready_and_councils_are_invited_from_the_radar(visit):
    facilitator = visit("facilitator", width=390)
    facilitator.goto("/discoveries/free-school-meals/")
    main = facilitator.locator("[data-main-action]")
    expect(main).to_have_text("Plan the Co-Design Day")
    main.click()
    page = facilitator.locator("main")
    expect(page).to_contain_text("Missing")
    expect(facilitator.get_by_label("Title", exact=True)).to_have_count(0)

    press(facilitator, "Priority issues")
    facilitator.get_by_label("Priority issue", exact=True).fill("Schools ask parents for what a department knows")
    press(facilitator, "Add issue")
    facilitator.get_by_label("Potential project", exact=True).fill("Ask the department once")
    facilitator.get_by_label("Scope", exact=True).fill("A school asks, and hears yes or no.")
    press(facilitator, "Add project")
    facilitator.locator("[data-main-action]").click()
    expect(page.get_by_text("Missing", exact=True)).to_have_count(1)

    press(facilitator, "Feasibility")
    facilitator.get_by_label("Feasible", exact=True).check()
    facilitator.get_by_label("What does the verdict rest on?").fill("The department answers yes or no.")
    press(facilitator, "Record verdict")
    facilitator.locator("[data-main-action]").click()
    expect(page).not_to_contain_text("Missing")
    expect_accessible(facilitator, "events/new.html")

    day = timezone.localdate() + dt.timedelta(days=40)
    expect(facilitator.get_by_label("Title", exact=True)).to_have_value("Co-Design Day: Free school meals")
    facilitator.get_by_label("What is it about?").fill("One check that the school can rely on.")
    fill_moment(facilitator, "Starts", day, "10:00")
    fill_moment(facilitator, "Ends", day, "16:00")
    facilitator.get_by_label("Where", exact=True).fill("Leeds Civic Hall")
    facilitator.get_by_label("Places", exact=True).fill("40")
    press(facilitator, "Open it for sign-up")
    expect(page).to_contain_text("The event is open for sign-up.")

    press(facilitator, "Organiser’s page: before, on and after the day")
    press(facilitator, "Invite councils")
    expect(page).to_contain_text("Empty so far")
    expect_accessible(facilitator, "events/invite.html")
    facilitator.get_by_label("Or an e-mail address").fill("ada@example.org")
    facilitator.get_by_role("button", name="Invite").click()
    expect(page).to_contain_text("1 invitation on the way.")
    expect(page).to_contain_text("ada@example.org")
