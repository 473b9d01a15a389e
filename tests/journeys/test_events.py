"""Signing up for a day: a full event has a queue, and the next in line is promoted and told."""

import re

from playwright.sync_api import expect

from tests.journeys.steps import press

FULL = "/events/agile-for-heads-of-service-2/"


def test_somebody_waits_for_a_full_event_and_is_promoted_when_places_come_free(visit):
    officer = visit("officer")
    officer.goto(FULL)
    press(officer, "Join the waiting list")
    officer.get_by_label("Harlow (district)").check()
    officer.get_by_label(re.compile("What do you need to take part")).fill("A seat near the door")
    press(officer, "Join the waiting list")
    expect(officer.locator("main")).to_contain_text(re.compile("third|3rd|number 3|place 3|3 of 3|position 3", re.I))

    # Somebody with a place gives it up, three times over, until Harlow's officer is next.
    facilitator = visit("facilitator")
    facilitator.goto(FULL + "edit/")
    facilitator.get_by_label(re.compile("^(Capacity|Places)")).fill("11")
    press(facilitator, "Save|Change")

    officer.goto(FULL)
    expect(officer.locator("main")).to_contain_text("You have a place")
    expect(officer.get_by_role("link", name="Join the waiting list")).to_have_count(0)


def test_one_who_cancels_makes_room_for_the_next(visit):
    county = visit("county")
    county.goto("/account/")
    press(county, "Agile for heads of service")
    press(county, "Give my place back")
    press(county, "Give it back")

    expect(county.locator("main")).to_contain_text("You are no longer signed up")


def test_without_scripts_one_signs_up_and_leaves_again(visit):
    board = visit("board", scripts=False)
    board.goto("/events/co-design-day-blue-badges/")
    press(board, "Sign up")
    board.locator("input[name=organisation]").first.check()
    board.locator("input[name=kind]").first.check()
    press(board, "Take a place")
    expect(board.locator("main")).to_contain_text("You have a place")

    press(board, "Give my place back")
    press(board, "Give it back")

    expect(board.locator("main")).to_contain_text("You are no longer signed up")


def test_the_calendar_can_be_taken_away(visit):
    reader = visit()

    answer = reader.request.get("/events/calendar.ics?stream=discovery")

    assert answer.status == 200
    assert "BEGIN:VCALENDAR" in answer.text()
    assert "Co-Design Day: blue badges" in answer.text().replace("\r\n ", "")
