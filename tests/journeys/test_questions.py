"""A form of questions works on a phone, by keyboard, and without scripts."""

import itertools

from playwright.sync_api import Locator, expect

from tests.journeys.axe import expect_accessible
from tests.journeys.pages import ASKS
from tests.journeys.steps import press

FORM = ASKS + "sign-up/"
ONLY_IF = "Only if you answered “Yes” to “Do you handle blue badge applications yourself?”."


def places_of(marks: Locator) -> list[dict[str, float]]:
    return [mark.bounding_box() for mark in marks.all()]


def test_a_matrix_is_a_card_a_statement_on_a_phone_and_a_line_of_a_table_on_a_desk(visit):
    phone, desk = visit("county", width=390, scripts=False), visit("county")
    phone.goto(FORM)
    desk.goto(FORM)

    cards = places_of(phone.locator(".lda-matrix__line"))
    assert len(cards) == 3
    assert all(above["y"] + above["height"] < below["y"] for above, below in itertools.pairwise(cards))
    assert max(card["x"] + card["width"] for card in cards) <= 390
    expect(phone.locator(".lda-matrix__head")).to_be_hidden()
    card = phone.get_by_role("group", name="Sending the badge")
    marks = places_of(card.get_by_role("radio"))  # two beside each other, since the words are short
    assert len({round(mark["x"]) for mark in marks}) == 2
    assert len({round(mark["y"]) for mark in marks}) == 2
    expect(card.get_by_text("In part")).to_be_visible()

    line = desk.get_by_role("group", name="Sending the badge")
    assert len({round(mark["y"]) for mark in places_of(line.get_by_role("radio"))}) == 1
    expect(desk.locator(".lda-matrix__head")).to_contain_text("In part")
    desk.set_viewport_size({"width": 390, "height": 900})
    expect_accessible(desk, "events/sign_up.html")

    line.get_by_role("radio", name="Well").focus()
    desk.keyboard.press("Space")
    desk.keyboard.press("ArrowDown")
    expect(line.get_by_role("radio", name="In part")).to_be_checked()


def test_one_endless_word_of_an_organiser_makes_no_page_wider_than_a_phone(visit):
    phone = visit("county", width=390)
    phone.goto(FORM)

    phone.evaluate("""for (const part of document.querySelectorAll("main :is(legend, label, .govuk-hint)"))
        part.textContent = "x".repeat(300)""")

    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_is_asked_only_after_an_answer_waits_for_it_and_without_scripts_says_when_it_counts(visit):
    desk, phone = visit("publisher"), visit("publisher", width=390, scripts=False)
    desk.goto(FORM)
    sums = desk.get_by_label("About how many a week?")
    expect(sums).to_be_hidden()
    desk.get_by_role("group", name="Do you handle").get_by_label("Yes").check()
    expect(sums).to_be_visible()

    phone.goto(FORM)
    expect(phone.get_by_text(ONLY_IF)).to_be_visible()
    phone.get_by_role("group", name="Which of these").get_by_label("Developer").check()
    phone.get_by_role("group", name="Do you handle").get_by_label("No", exact=True).check()
    phone.get_by_label("About how many a week?").fill("many")
    phone.get_by_role("group", name="Sending the badge").get_by_label("Badly").check()
    press(phone, "Take a place")

    expect(phone.get_by_role("heading", level=1)).to_have_text("You have a place")
    expect(phone.locator("main")).to_contain_text("Sending the badge: Badly")
    expect(phone.locator("main")).not_to_contain_text("many")
    press(phone, "Give my place back")
    press(phone, "Give it back")
