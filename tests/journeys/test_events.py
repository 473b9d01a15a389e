"""Signing up for a day: a full event has a queue, and the next in line is promoted and told."""

import datetime as dt
import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import latest_mail, press


def plan_workshop(facilitator: Page, title: str, *, places: int) -> str:
    """A workshop in a month's time. Returns its address."""
    day = dt.date.today() + dt.timedelta(days=30)
    facilitator.goto("/events/new/")
    facilitator.get_by_label("Title", exact=True).fill(title)
    facilitator.get_by_label("What is it about?").fill("One afternoon, with a case of your own.")
    facilitator.get_by_role("radio", name="Skills").check()
    facilitator.get_by_label("Workshop").check()
    for legend, hour in (("Starts", "13:00"), ("Ends", "16:00")):
        moment = facilitator.get_by_role("group", name=legend)
        for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year), ("Time", hour)):
            moment.get_by_label(part, exact=True).fill(str(number))
    facilitator.get_by_label("Where").fill("Bristol")
    facilitator.get_by_label("Places").fill(str(places))
    press(facilitator, "Open it for sign-up")
    expect(facilitator.get_by_role("heading", level=1)).to_have_text(title)
    return facilitator.url


def within_the_first_screen(page: Page) -> bool:
    """Whether the one action of the page is whole on a phone before one has moved it."""
    box = page.locator("[data-main-action]").first.bounding_box()
    return box is not None and box["y"] + box["height"] <= 844


def take_what_is_offered(page: Page, event: str) -> None:
    """Accept the place that came free, from the event's page."""
    page.goto(event)
    expect(page.locator("main")).to_contain_text("A place is offered to you")
    press(page, "Say whether you take it")
    press(page, "^Take the place$")
    expect(page.get_by_role("heading", level=1)).to_have_text("You have a place")


def card_of(page: Page) -> Locator:
    return page.locator(".lda-result").filter(has_text="Words that people understand")


def test_one_takes_the_last_place_another_waits_and_is_promoted_when_it_comes_free(visit):
    facilitator = visit("facilitator")
    event = plan_workshop(facilitator, "Words that people understand", places=1)

    officer = visit("officer")
    officer.goto("/events/")
    expect(card_of(officer)).to_contain_text("1 place left")
    card_of(officer).get_by_role("link").click()
    press(officer, "^Take a place$")
    officer.get_by_label("Harlow (district)").check()
    officer.get_by_label("What do you need to take part?").fill("A seat near the door")
    press(officer, "Take a place")
    expect(officer.get_by_role("heading", level=1)).to_have_text("You have a place")
    expect(officer.locator("main")).to_contain_text("A seat near the door")
    entry = officer.request.get(officer.get_by_role("link", name="Add it to your calendar").get_attribute("href"))
    assert "BEGIN:VEVENT" in entry.text()
    expect_accessible(officer, "events/place.html")
    place = officer.url

    county = visit("county")
    county.goto("/events/")
    expect(card_of(county)).not_to_contain_text("1 place left")
    card_of(county).get_by_role("link").click()
    press(county, "Join the waiting list")
    expect(county.locator("main")).to_contain_text("you would be number 1")
    press(county, "Join the waiting list")
    expect(county.get_by_role("heading", level=1)).to_have_text("You are number 1 on the waiting list")
    expect(county.get_by_role("button", name="Leave the waiting list")).to_be_visible()
    expect_accessible(county, "events/place.html")

    officer.goto(place)
    press(officer, "Give my place back")
    press(officer, "Give it back")
    expect(officer.locator("main")).to_contain_text("You are no longer signed up")
    take_what_is_offered(county, event)
    expect(county.get_by_role("button", name="Join the waiting list")).to_have_count(0)
    assert latest_mail(county, "county@demo.example", "(A place is offered to you) until .*: Words that people")


def test_a_place_is_passed_on_and_moves_when_the_colleague_accepts(visit):
    event = plan_workshop(visit("facilitator"), "Write it down once", places=3)
    officer = visit("officer")
    officer.goto(event + "sign-up/")
    press(officer, "Take a place")
    press(officer, "Pass on to a colleague")
    officer.get_by_label("Your colleague’s e-mail address").fill("lead@demo.example")
    press(officer, "Offer it")
    expect(officer.locator("main")).to_contain_text("You have offered it to lead@demo.example")
    expect(officer.get_by_role("button", name="Take the offer back")).to_be_visible()

    invitation = latest_mail(officer, "lead@demo.example", r"(/sign-ups/offers/[^/\s]+/)")
    stranger = visit()
    stranger.goto(invitation)
    expect(stranger.get_by_role("button", name="Sign in to accept")).to_be_visible()
    expect_accessible(stranger, "events/offer.html")
    colleague = visit("lead", width=390)
    colleague.goto(invitation)
    expect_accessible(colleague, "events/offer.html")
    press(colleague, "^Accept$")
    expect(colleague.get_by_role("heading", level=1)).to_have_text("You have a place")
    officer.goto(event)
    expect(officer.get_by_role("button", name="Take a place")).to_be_visible()
    assert latest_mail(officer, "officer@demo.example", "(has accepted your place: Write it down once)")


def test_more_places_are_filled_from_the_waiting_list_in_order(visit):
    facilitator = visit("facilitator")
    event = plan_workshop(facilitator, "A service blueprint in an hour", places=1)
    for name in ("officer", "county", "lead"):
        person = visit(name)
        person.goto(event + "sign-up/")
        press(person, "Take a place|Join the waiting list")

    facilitator.goto(event + "edit/")
    facilitator.get_by_label("Places").fill("2")
    press(facilitator, "Save|Change")

    take_what_is_offered(visit("county"), event)
    person.goto(event)
    expect(person.locator("main")).to_contain_text("You are number 1 on the waiting list")


def test_without_scripts_one_signs_up_and_leaves_again(visit):
    board = visit("board", scripts=False)
    board.goto("/events/co-design-day-blue-badges/")
    press(board, "Take a place")
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
    assert "Co-Design Day: blue badges" in re.sub(r"\r\n ", "", answer.text())


def test_one_gets_a_private_calendar_a_new_address_for_it_and_turns_it_off(visit):
    analyst = visit("analyst")
    analyst.goto("/account/calendar/")
    seen = set()
    for button, said in (("Get an address", "has a new address"), ("Get a new address", "has a new address")):
        press(analyst, button)
        expect(analyst.locator("main")).to_contain_text(said)
        seen.add(analyst.locator(".lda-address").inner_text())
    assert len(seen) == 2
    press(analyst, "Turn it off")
    expect(analyst.locator("main")).to_contain_text("no address shows your days")


def test_on_a_phone_the_button_comes_first_then_the_day_by_the_hour_where_and_whom_to_ask(visit):
    officer = visit("officer", width=390)
    officer.goto("/events/co-design-day-blue-badges/")

    assert within_the_first_screen(officer)
    order = ["Take a place", "The day by the hour", "Where", "Access", "Who to ask", "What came before"]
    words = officer.locator("main").inner_text()
    places = [words.index(each) for each in order]
    assert places == sorted(places)
    assert "openstreetmap.org" in officer.get_by_role("link", name="Open a map").get_attribute("href")
    expect_accessible(officer, "events/detail.html")

    press(officer, "Write to Fatima")
    officer.get_by_label("Your question").fill("Is there somewhere quiet to sit down?")
    press(officer, "Send")
    expect(officer.locator("main")).to_contain_text("We have sent your question to Fatima")
    assert latest_mail(officer, "facilitator@demo.example", "(somewhere quiet to sit down)")
    assert "facilitator@demo.example" not in officer.content()


def test_without_scripts_a_facilitator_writes_the_agenda_and_is_told_which_line_is_wrong(visit):
    facilitator = visit("facilitator", scripts=False)
    title = "How neighbourhood-planning teams tell each other of changed addresses before the next letters go out"
    event = plan_workshop(facilitator, title, places=20)
    facilitator.goto(event + "edit/")
    facilitator.get_by_label("What you will do, by the hour").fill(
        "13:00 Welcome\nTea\n15:00 Your own letter | Bring one"
    )
    facilitator.get_by_label("Address").fill("College Green, Bristol BS1 5TR")
    facilitator.get_by_label("Step-free access").select_option("Yes")
    press(facilitator, "Save")
    expect(facilitator.locator("main")).to_contain_text("Line 2: Begin with the time, like “10:00 Tea”.")

    agenda = facilitator.get_by_label("What you will do, by the hour")
    agenda.fill(agenda.input_value().replace("Tea", "14:30 Tea"))
    press(facilitator, "Save")

    page = facilitator.locator("main")
    for words in ("14:30", "Bring one", "College Green, Bristol BS1 5TR", "Step-free from the street to the room"):
        expect(page).to_contain_text(words)
    phone = visit("officer", width=390)
    phone.goto(event)
    assert within_the_first_screen(phone), "however long the title"


def test_whoever_is_asked_to_run_a_day_finds_the_page_by_the_address_in_the_mail(visit):
    facilitator = visit("facilitator")
    facilitator.goto("/events/co-design-day-blue-badges/organisers/")
    facilitator.get_by_label("Their e-mail address").fill("olga.reed@example.org")
    press(facilitator, "Ask them")
    stranger = visit()
    stranger.goto(latest_mail(stranger, "olga.reed@example.org", r"(/events/organisers/[^/\s]+/)"))
    expect(stranger.locator("main")).to_contain_text("Blue Badges", ignore_case=True)
    expect_accessible(stranger, "events/organiser.html")
