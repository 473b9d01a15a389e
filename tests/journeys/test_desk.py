"""The check-in desk on a phone (F3): by name, a walk-in, the roll panel; and with the network cut."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

TEMPLATE = "events/check_in.html"
DESK = "/events/co-design-day-proving-who-you-are/check-in/"
KEPT = "() => Object.keys(localStorage).filter((key) => key.startsWith('lda-desk-'))"
# A press waits four seconds for its answer: on a machine that has more to do, none of these is cut off.
WITHOUT_HASTE = "AbortSignal.timeout = () => new AbortController().signal"


@pytest.fixture
def visit(visit):
    """A function: a desk whose presses wait for the site as long as it takes."""

    def at_the_desk(name: str, **how) -> Page:
        page = visit(name, **how)
        page.add_init_script(WITHOUT_HASTE)
        return page

    return at_the_desk


def number_of(desk: Page, group: str) -> Locator:
    return desk.locator(".lda-desk__tabs a", has_text=group).locator("strong")


def fill_in(desk: Page, name: str) -> None:
    press(desk, "^Add a walk-in$")
    desk.get_by_label("Name", exact=True).fill(name)


def test_people_are_checked_in_by_name_and_somebody_walks_in_from_harlow(visit):
    desk = visit("facilitator", width=390)
    desk.goto(DESK + "?group=here")
    there = int(number_of(desk, "here").inner_text())

    # By name: while one types the list narrows, without asking the site.
    desk.goto(DESK)
    search = desk.get_by_label("Name, council, e-mail address or code")
    expected = desk.locator(".lda-rows--desk > li:visible")
    search.fill("zebra")
    expect(desk.get_by_text("Nobody in this list. Press Find to look through everyone.")).to_be_visible()
    search.fill("york")
    expect(expected).to_have_count(1)
    button = expected.get_by_role("button", name=re.compile("^Check in "))
    name = button.inner_text().removeprefix("Check in").strip()
    button.click()
    expect(desk.locator("[data-desk-says]")).to_contain_text(f"{name} is checked in.")
    expect(desk.locator(".lda-desk__bar")).to_contain_text(re.compile(rf"{name} is in, (\w{{3}} )?\d\d:\d\d"))
    expect(number_of(desk, "here")).to_have_text(str(there + 1))
    expect_accessible(desk, TEMPLATE)
    press(desk, f"^Undo check-in of {name}$")
    expect(desk.locator("[data-desk-says]")).to_have_text(f"{name} is no longer checked in.")
    expect(number_of(desk, "here")).to_have_text(str(there))

    # A walk-in, whose organisation is suggested as it is typed and chosen.
    fill_in(desk, "Wendy Ash")
    desk.get_by_label(re.compile("^Organisation")).type("harl")
    desk.get_by_role("option", name="Harlow (district)").click()
    desk.get_by_label("Kind").select_option(label="Developer")
    press(desk, "^Add and check in$")
    expect(desk.locator("[data-desk-says]")).to_contain_text("Wendy Ash is checked in.")
    expect(desk.locator(".lda-desk__bar")).to_contain_text("Wendy Ash is in")

    # The roll panel: how many, from how many councils, and the mix.
    desk.goto(DESK)
    expect(number_of(desk, "here")).to_have_text(str(there + 1))
    room = desk.locator("[data-desk-live=room]")
    expect(room).to_contain_text(re.compile(rf"{there + 1} people are here, from \d+ councils\."))
    expect(room.locator(".lda-desk__mix li", has_text="Developer")).to_contain_text(re.compile(r"\d+ of \d+"))

    # An organisation that nobody knows is asked back about, and nothing typed is lost.
    fill_in(desk, "Ned Nowhere")
    desk.get_by_label(re.compile("^Organisation")).fill("Atlantis Borough")
    press(desk, "^Add and check in$")
    expect(desk.locator("main")).to_contain_text("We know no organisation of this name.")
    expect(desk.get_by_label("Name", exact=True)).to_have_value("Ned Nowhere")
    expect_accessible(desk, TEMPLATE)


def test_a_desk_without_network_keeps_its_presses_and_sends_each_once(visit):
    desk, other = visit("facilitator", width=390), visit("facilitator", width=390)
    desk.goto(DESK + "?group=here")
    there = int(number_of(desk, "here").inner_text())
    says = desk.locator("[data-desk-says]")

    desk.context.set_offline(True)
    press(desk, "^Left the room: Alan Wilson$")
    expect(says).to_contain_text("1 press is kept on this phone")
    fill_in(desk, "Olive Offline")
    desk.get_by_label(re.compile("^Organisation")).fill("Atlantis Borough")
    press(desk, "^Add and check in$")
    expect(says).to_contain_text("Offline. 2 presses are kept on this phone")
    kept = desk.locator("[data-desk-list] li")
    expect(kept).to_have_text(
        [re.compile(r"Alan Wilson left, \d\d:\d\d"), re.compile(r"Olive Offline walked in, \d\d:\d\d")]
    )
    expect(desk.locator(".lda-desk__bar")).to_contain_text("2 kept on this phone")
    row = desk.locator(".lda-rows--desk > li", has_text="Alan Wilson")
    expect(row).to_contain_text("Kept on this phone: left")
    expect_accessible(desk, TEMPLATE)
    other.goto(DESK)
    expect(number_of(other, "here")).to_have_text(str(there))
    assert len(desk.evaluate(KEPT)) == 1

    desk.context.set_offline(False)
    expect(says).to_have_text("2 presses sent. Nothing is kept on this phone any more.")
    expect(desk.locator("[data-desk-refused]")).to_contain_text("Olive Offline is in without organisation")
    assert desk.evaluate(KEPT) == []
    expect(kept).to_have_count(0)
    expect(number_of(desk, "here")).to_have_text(str(there + 1))
    expect(row).to_contain_text("left at")
    other.goto(DESK + "?q=olive")
    expect(other.locator(".lda-rows--desk > li")).to_have_count(1)


def test_a_press_that_gets_no_answer_is_kept_and_counts_once_when_it_is_sent_again(visit):
    desk = visit("facilitator", width=390)
    desk.goto(DESK)
    there = int(number_of(desk, "here").inner_text())
    lost = []

    def lose_the_answer(route):
        lost.append(route.fetch().status)
        route.abort()

    desk.route("**/check-in/marks/", lose_the_answer, times=1)
    fill_in(desk, "Tess Twice")
    press(desk, "^Add and check in$")
    expect(desk.locator("[data-desk-says]")).to_have_text("1 press sent. Nothing is kept on this phone any more.")
    assert lost == [200]
    expect(number_of(desk, "here")).to_have_text(str(there + 1))


def test_what_was_never_sent_by_the_end_of_the_day_is_named_and_wiped(visit):
    desk = visit("facilitator", width=390)
    desk.goto(DESK)
    left = (
        "() => localStorage.setItem('lda-desk-yesterday', JSON.stringify({ends: '2020-01-02T00:00:00Z', "
        "title: 'Day one', marks: [{client_id: 'x', what: 'in', name: 'Nora Notsent', at: '2020-01-01T09:31:00Z'}]}))"
    )
    desk.evaluate(left)
    desk.reload()
    expect(desk.locator("[data-desk-says]")).to_contain_text(
        "1 press is wiped from this phone without having been sent"
    )
    expect(desk.locator("[data-desk-refused]")).to_contain_text("Day one: Nora Notsent came, 09:31. Never sent.")
    assert desk.evaluate(KEPT) == []
    expect_accessible(desk, TEMPLATE)
