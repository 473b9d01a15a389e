"""A project says what blocks it, the secretariat takes it up to a body and removes it; the year counts what went."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

PROJECT = "/projects/planning-notices-people-read/"
OTHER = "/projects/potholes-whoever-owns-the-road/"
GATEWAY = "DVLA data sharing legal gateway"


def test_the_legal_gateway_of_2014_was_removed_after_47_days_for_12_councils_and_is_counted_in_that_year(visit):
    reader = visit("")
    reader.goto("/figures/?year=2014#blocks")
    table = reader.get_by_role("table", name=re.compile("What blocked projects"))
    expect(table.get_by_role("row", name="1 47 12")).to_be_visible()

    table.get_by_role("link", name="1").click()
    reader.get_by_role("link", name=GATEWAY).click()

    page = reader.locator("main")
    expect(page).to_contain_text(re.compile(r"Days open\s*47"))
    expect(page).to_contain_text("12 councils waited")
    expect(page).to_contain_text("To Cabinet Office, Government Digital Service")
    expect_accessible(reader, "steering/block.html")


@pytest.mark.parametrize(("width", "scripts"), [(390, True), (1280, False)])
def test_two_projects_raise_what_blocks_them_and_merged_it_goes_to_the_body_that_removes_it(visit, width, scripts):
    title = f"Notices need a signature on paper at {width}"
    leads = visit("facilitator", width=width, scripts=scripts)
    for project in (OTHER, PROJECT):
        leads.goto(project)
        press(leads, "Say what blocks it")
        leads.get_by_label("What blocks it, in one line?").fill(title)
        leads.get_by_label("What does it stop, and why?").fill("Each notice is signed by hand before it counts.")
        press(leads, "Raise it")
        expect(leads.locator("main")).to_contain_text("The project has been asked to remove it since")

    office = visit("secretariat", width=width, scripts=scripts)
    office.goto(leads.url)
    office.get_by_text("Merge it with others that say the same").click()
    office.locator("#merge").get_by_label(title).first.check()
    press(office, "Merge this one into it")
    expect(office.get_by_role("heading", name="The projects that it blocks")).to_be_visible()
    assert office.evaluate("document.documentElement.scrollWidth") <= width
    for words, button in (("We cannot decide it.", "the secretariat"), ("It is a matter of law.", "the board")):
        office.get_by_text(f"Pass it up to {button}").last.click()
        office.get_by_label("Why, and what is asked?").fill(words)
        press(office, "Pass it on")
        expect(office.locator("main")).to_contain_text(f"It is with {button} now.")
    office.get_by_text("Ask a department or body").last.click()
    office.get_by_label("Why, and what is asked?").fill("Please let a notice count without it.")
    press(office, "Pass it on")
    expect(office.locator("main")).to_contain_text("Say who can remove it")
    office.get_by_label("Who can remove it?").select_option(label="DCLG")
    press(office, "Pass it on")
    expect(office.locator("main")).to_contain_text("It is with DCLG now.")
    office.get_by_text("It is removed", exact=True).click()
    office.get_by_label("How was it removed?").fill("A notice counts as it is published.")
    press(office, "Record that it is removed")
    expect(office.locator("main")).to_contain_text("Removed after 0 days.")
    if scripts:
        expect_accessible(office, "steering/block.html")


def test_the_portfolio_by_stage_is_walked_with_the_keyboard_and_leads_back_to_the_table(visit):
    member = visit("board")
    member.goto("/board/portfolio/")
    member.get_by_role("link", name="Look at it by stage").focus()
    member.keyboard.press("Enter")
    first = member.locator(".lda-swim a").first
    for _ in range(60):
        member.keyboard.press("Tab")
        if first.evaluate("each => each === document.activeElement"):
            break
    expect(first).to_be_focused()
    expect_accessible(member, "steering/portfolio_by_stage.html")
    member.get_by_role("link", name="Look at it as a table").click()
    expect(member.get_by_role("table", name=re.compile("^Projects with their four steps"))).to_be_visible()


def test_a_view_that_somebody_keeps_is_a_link_that_anybody_can_open(visit):
    member = visit("board")
    member.goto("/board/portfolio/?blocked=yes")
    press(member, "Save this view")
    member.get_by_label("What do you call it?").fill("What is stuck")
    press(member, "Save")
    member.get_by_role("link", name="What is stuck").click()
    address = member.url

    reader = visit("")
    reader.goto(address)
    expect(reader.get_by_role("row").filter(has_text="Parking permits that renew themselves")).to_be_visible()
