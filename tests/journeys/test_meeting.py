"""A meeting of the board from its plan to its minutes, as the secretariat and a member go through it (B2)."""

import re

import pytest
from playwright.sync_api import expect

from core import clock
from portal.demo.board import days_of_meetings
from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

REASON = "Its terms are under negotiation until it is signed"


def open_the_next_meeting(page) -> None:
    page.goto("/board/")
    page.get_by_role("link", name=re.compile("^Next meeting")).click()


def test_a_member_reads_who_comes_the_agenda_and_its_papers_and_says_that_their_body_comes(visit):
    for width in (1280, 390):
        member = visit("board", width=width)
        open_the_next_meeting(member)
        assert member.evaluate("document.documentElement.scrollWidth") <= width
        agenda = member.locator("#agenda")
        expect(agenda.get_by_role("listitem").first).to_contain_text("Open actions")
        expect(agenda).to_contain_text(REASON)
        expect(agenda.get_by_role("link", name="Draft memorandum with the Land Registry")).to_be_visible()
        expect(agenda.get_by_role("listitem").filter(has_text="Next meeting")).to_contain_text("LGA in the chair")
        expect_accessible(member, "steering/meeting.html")

    press(member, "^It comes$")
    expect(member.locator("#who")).to_contain_text("8 of 9 bodies have said they come. Quorum 5.")
    press(member, "^Send apologies$")
    expect(member.locator("#who")).to_contain_text("7 of 9 bodies have said they come. Quorum 5.")


def test_everybody_else_reads_title_and_reason_of_a_restricted_paper_and_no_more(visit):
    reader = visit("")
    open_the_next_meeting(reader)
    agenda = reader.locator("#agenda")
    expect(agenda).to_contain_text(REASON)
    expect(agenda.get_by_role("link", name="Draft memorandum with the Land Registry")).to_have_count(0)


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)])
def test_the_secretariat_keeps_the_agenda_with_scripts_and_without(visit, width, scripts):
    secretariat = visit("secretariat", width=width, scripts=scripts)
    open_the_next_meeting(secretariat)
    press(secretariat, "^Keep the agenda$")
    if scripts:
        expect_accessible(secretariat, "steering/agenda.html")
    items = secretariat.locator(".lda-agenda > li")
    second = items.nth(1).locator(".lda-row__title").inner_text()

    items.nth(1).get_by_role("button", name=re.compile("^Up")).click()
    expect(items.nth(0).locator(".lda-row__title")).to_contain_text(second.removeprefix("2. ").strip())
    items.nth(0).get_by_role("button", name=re.compile("^Take off")).click()
    expect(secretariat.get_by_role("button", name=re.compile("^Put back"))).to_be_visible()
    press(secretariat, "^Bring the agenda up to date$")
    expect(secretariat.get_by_role("button", name=re.compile("^Put back"))).to_be_visible()
    press(secretariat, "^Put back")
    press(secretariat, "^Add an item$")
    if scripts:
        expect_accessible(secretariat, "steering/item.html")
    secretariat.go_back()
    expect(items.nth(0).locator(".lda-row__title")).to_contain_text(second.removeprefix("2. ").strip())


def test_a_meeting_is_planned_moved_and_cancelled(visit):
    secretariat = visit("secretariat")
    secretariat.goto("/board/meetings/plan/")
    expect(secretariat.locator("main")).to_contain_text("Host and chair take turns")
    secretariat.get_by_label("Where?").fill("Layden House, London")
    secretariat.get_by_label("Begins at").fill("2pm")
    press(secretariat, "^Plan it and write to the board$")
    expect(secretariat.locator("main")).to_contain_text("The meeting is planned.")
    expect(secretariat.locator("main")).to_contain_text("from 14:00")
    before = secretariat.url

    press(secretariat, "^Add a paper$")
    expect_accessible(secretariat, "steering/paper.html")
    secretariat.get_by_label("Title").fill("What is asked of the board")
    document = {"name": "asked.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 what is asked"}
    secretariat.get_by_label("The document").set_input_files(document)
    press(secretariat, "^Add it$")
    press(secretariat, "^Keep or take off")
    expect_accessible(secretariat, "steering/keep_paper.html")
    secretariat.get_by_text("Take this paper off").click()
    press(secretariat, "^Take it off$")
    expect(secretariat.locator("main")).to_contain_text("“What is asked of the board” is taken off.")

    press(secretariat, "^Move or change it$")
    expect_accessible(secretariat, "steering/move.html")
    year = secretariat.get_by_label("Year")
    year.fill(str(int(year.input_value()) + 1))
    press(secretariat, "^Save and write to the board$")
    expect(secretariat.locator("main")).to_contain_text("First planned for")
    now = secretariat.url
    secretariat.goto(before)
    expect(secretariat).to_have_url(now)

    press(secretariat, "^Cancel it$")
    expect_accessible(secretariat, "steering/cancel.html")
    secretariat.get_by_label("Why is it cancelled?").fill("Too few bodies can come.")
    press(secretariat, "^Cancel it and write to the board$")
    expect(secretariat.locator("main")).to_contain_text("This meeting is cancelled.")


def test_an_action_is_given_at_a_meeting_and_done_by_its_owner(visit):
    secretariat = visit("secretariat")
    secretariat.goto("/board/actions/?state=overdue")
    expect(secretariat.locator("main")).to_contain_text("Write to the four waste suppliers")
    # Other journeys hold meetings too; the last of the programme has an agenda.
    secretariat.goto(f"/board/meetings/{days_of_meetings(clock.today())[-1].isoformat()}/")
    press(secretariat, "^Write the minutes|^Change the minutes")
    expect_accessible(secretariat, "steering/minute.html")
    secretariat.get_by_label("What was said?").fill("The LGA has written to two of the four.")
    press(secretariat, "^Write it down$")
    expect(secretariat.locator("main")).to_contain_text("The LGA has written to two of the four.")

    member = visit("board")
    member.goto("/board/actions/?state=overdue")
    press(member, "^Write to the four waste suppliers")
    secretariat.goto(member.url)
    press(secretariat, "^Move its day$")
    expect_accessible(secretariat, "steering/move_action.html")
    press(member, "^Say that it is done$")
    expect_accessible(member, "steering/finish.html")
    member.get_by_label("What was done?").fill("All four have answered.")
    press(member, "^It is done$")
    expect(member.locator("main")).to_contain_text("Done on")
    expect_accessible(member, "steering/action.html")
