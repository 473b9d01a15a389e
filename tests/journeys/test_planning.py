"""What is planned on a phone: a Co-Design Day from its discovery; a business case, a pause, and take-up."""

import datetime as dt
import re

from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

BACK_AT_THE_BOARD = "/projects/dvla-data-sharing/"  # with a second version of its case in draft
LAUNCHED = "/projects/waste-standards-and-api/"
PERMITS = "/projects/parking-permits-that-renew-themselves/"


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


def fill_day(page, label, day):
    boxes = page.get_by_role("group", name=label, exact=True)
    for name, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        boxes.get_by_label(name, exact=True).fill(str(value))


def test_who_runs_a_project_writes_and_compares_its_case_takes_it_off_the_record_and_pauses_it_with_a_lesson(visit):
    owner = visit("facilitator", width=390, scripts=False)
    page = owner.locator("main")
    owner.goto(BACK_AT_THE_BOARD)
    press(owner, "^Change the draft$")
    owner.get_by_label("Saved on each that moves, in £").fill("1000")
    owner.get_by_label("Take-up assumed, in %").fill("28")
    press(owner, "^Save the draft$")
    expect(page).to_contain_text("No more can be saved per transaction than one costs today.")
    expect(owner.get_by_label("Take-up assumed, in %")).to_have_value("28")
    owner.get_by_label("Saved on each that moves, in £").fill("2")
    press(owner, "^Save the draft$")

    press(owner, "^Compare two versions$")
    expect(owner.get_by_role("row").filter(has_text="Take-up assumed")).to_contain_text(re.compile("28%.*Changed"))
    assert owner.evaluate("document.documentElement.scrollWidth") <= 390
    press(owner, "^Back to the project$")
    press(owner, "by itself, to print$")
    expect(owner.get_by_role("heading", name="Business case, version 2")).to_be_visible()
    assert owner.evaluate("document.documentElement.scrollWidth") <= 390

    owner.goto(BACK_AT_THE_BOARD)
    after_it = owner.locator("#look-after")
    after_it.get_by_text("It goes on today", exact=True).first.click()
    after_it.get_by_label("How does it stand, in one line?").fill("The department has answered.")
    press(owner, "^It goes on today$")
    expect(page).to_contain_text("its owner is asked for updates again.")

    owner.get_by_text("Pause it", exact=True).click()
    owner.get_by_label("Why is it paused?").fill("The gateway waits for its lawyers.")
    press(owner, "^Pause the project$")
    expect(page).to_contain_text("Give a day to come on which to look again.")
    expect(owner.get_by_label("Why is it paused?")).to_have_value("The gateway waits for its lawyers.")
    owner.get_by_label("What was learned so far?").fill("Ask for the interface before the contract.")
    fill_day(owner, "When will you look at it again?", timezone.localdate() + dt.timedelta(days=60))
    press(owner, "^Pause the project$")
    expect(page).to_contain_text("Paused: The gateway waits for its lawyers.")
    expect(page).to_contain_text("Ask for the interface before the contract.")
    assert owner.evaluate("document.documentElement.scrollWidth") <= 390

    after_it.get_by_label("How does it stand, in one line?").fill("Its lawyers have agreed.")
    after_it.get_by_role("button", name="Let it go on", exact=True).click()
    expect(page).to_contain_text("It goes on, and its update is posted.")
    after_it.get_by_text("It is part of the record of 2013 to 2015", exact=True).click()
    press(owner, "^Put it on the record$")
    expect(page).to_contain_text("Part of the record. Nobody is asked for an update of it.")


def test_take_up_of_a_launched_project_is_planned_for_a_day_to_come(visit):
    owner = visit("facilitator", width=390, scripts=False)
    page = owner.locator("main")
    today = timezone.localdate()
    owner.goto(LAUNCHED)
    press(owner, "^Plan its take-up$")
    owner.get_by_label("How many councils are meant to use it?").fill("40")
    fill_day(owner, "By when?", today - dt.timedelta(days=1))
    press(owner, "^Plan it$")
    expect(page).to_contain_text("Give a day to come.")
    expect(owner.get_by_label("How many councils are meant to use it?")).to_have_value("40")
    fill_day(owner, "By when?", today + dt.timedelta(days=400))
    press(owner, "^Plan it$")
    expect(page).to_contain_text(re.compile(r"40 of \d+"))
    assert owner.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_business_case_prints_as_a_document_on_two_pages_without_the_way_about_the_site(visit):
    reader = visit()
    reader.goto(f"{PERMITS}business-case/1/")
    printed = reader.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) <= 2

    reader.emulate_media(media="print")
    for about in ("navigation", "search"):
        assert not [part for part in reader.get_by_role(about).all() if part.is_visible()], about
    for about in (".lda-demo", ".govuk-breadcrumbs", ".lda-footer__links", ".govuk-button", ".no-print"):
        assert not [part for part in reader.locator(about).all() if part.is_visible()], about
    words = reader.locator("main").inner_text()
    for kept in (
        "Parking permits that renew themselves",
        "Accepted",
        "DEC-",
        "Paid back in",
        "One-off cost",
        "SHA-256",
    ):
        assert kept in words
    licence = reader.locator("a[rel=license]").evaluate("link => getComputedStyle(link, '::after').content")
    assert "nationalarchives.gov.uk" in licence  # on paper a link elsewhere says where it leads
    broken = "part => getComputedStyle(part).breakInside"
    assert set(reader.locator("main .govuk-summary-list__row").evaluate_all(f"all => all.map({broken})")) == {"avoid"}
    assert reader.locator("main .lda-table").evaluate(broken) == "avoid"
