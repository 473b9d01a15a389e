"""A vote in the room: its ballot, its roll, whoever comes early or late, a run-off, an outcome, a project."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import DAY, prepare_vote, press

FIGURES = {
    "Transactions a year": "120,000",
    "Cost of one today, in £": "7.40",
    "Saved on each that moves, in £": "2.60",
    "Take-up assumed, in %": "30",
    "One-off cost, in £": "90,000",
}


def tick_and_check(page: Page, ballot: str, *titles: str) -> None:
    page.goto(ballot + "cast/")
    for title in titles:
        page.get_by_label(re.compile(f"^{title}")).check()
    press(page, "Check my vote")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your vote")


def tick_and_cast(page: Page, ballot: str, *titles: str) -> None:
    tick_and_check(page, ballot, *titles)
    press(page, "Count my vote")
    expect(page.locator("main")).to_contain_text("Your vote is counted")


def in_the_room(facilitator: Page) -> int:
    facilitator.goto(DAY + "check-in/")
    return int(facilitator.locator(".lda-desk__tabs a", has_text="here").locator("strong").inner_text())


def open_vote(facilitator: Page, question: str, *, most: str = "") -> tuple[str, int]:
    """The address of a vote that is not secret, and how many are on its roll."""
    room = in_the_room(facilitator)
    ballot = prepare_vote(facilitator, question, most=most, is_secret=False)
    press(facilitator, "Open the vote")
    expect(facilitator.locator("main")).to_contain_text(f"0 of {room}")
    return ballot, room


def close_vote(facilitator: Page, ballot: str) -> None:
    facilitator.goto(ballot)
    press(facilitator, "Close the vote")
    expect(facilitator.locator("main")).to_contain_text("the result is not shown yet")


def show_result(facilitator: Page, ballot: str) -> None:
    facilitator.goto(ballot)
    press(facilitator, "Look at the result, you alone")
    press(facilitator, "Show the result")
    expect(facilitator.get_by_role("link", name="Run this vote")).to_be_visible()


def publish(facilitator: Page, outcome: str) -> None:
    """Publish an outcome from its form, after a look at it and at the mail to those who could vote."""
    facilitator.get_by_label("What was decided?").fill(outcome)
    facilitator.get_by_label("Why?").fill("Most of the room voted for it.")
    facilitator.get_by_label("Who acts next?").fill("Harlow writes the business case.")
    press(facilitator, "See it before it is published")
    expect(facilitator.locator("main")).to_contain_text("this mail")
    expect_accessible(facilitator, "voting/outcome.html")
    press(facilitator, "^Publish, and mail it to")


def test_a_ballot_is_built_and_opens_only_when_every_prototype_is_ready(visit):
    facilitator = visit("facilitator")
    facilitator.goto("/discoveries/proving-who-you-are/prototype/")
    facilitator.get_by_label("Title", exact=True).fill("A call back instead of a form")
    facilitator.get_by_label("What is it?").fill("Somebody rings and asks three questions.")
    press(facilitator, "Add the prototype")
    facilitator.goto(DAY + "brought-forth/")
    facilitator.get_by_label("A call back instead of a form").check()
    press(facilitator, "Save")

    facilitator.goto("/votes/new/")
    press(facilitator, "Co-Design Day: proving who you are")
    facilitator.get_by_label("Question").fill("Which two are worth a business case?")
    expect(facilitator.get_by_label(re.compile("A call back .*still lacks an outline business case"))).to_be_checked()
    facilitator.get_by_label("How many may one person tick or rank?").fill("2")
    facilitator.get_by_label("How many are chosen?").fill("2")
    facilitator.get_by_label(re.compile("^Per council")).check()
    press(facilitator, "Prepare the vote")
    main = facilitator.locator("main")
    expect(main).to_contain_text("A call back instead of a form lacks an outline business case")
    expect(facilitator.get_by_role("button", name="Open the vote")).to_have_count(0)
    expect(main).to_contain_text("Tick up to 2")
    expect(main).to_contain_text(re.compile("per council", re.I))
    expect(main).to_contain_text(re.compile("run-off", re.I))
    expect_accessible(facilitator, "voting/draft.html")
    ballot = facilitator.url

    press(facilitator, "A call back instead of a form")
    press(facilitator, "Add the figures")
    for label, number in FIGURES.items():
        facilitator.get_by_label(label).fill(number)
    press(facilitator, "Save the figures")
    facilitator.goto(ballot)
    expect(facilitator.get_by_role("button", name="Open the vote")).to_be_visible()

    phone = visit("facilitator", width=390)
    phone.goto(ballot + "cast/")
    expect(phone.locator("main")).to_contain_text("Preview. This is what people will see.")
    expect(phone.get_by_role("button", name="Check my vote")).to_have_count(0)
    expect_accessible(phone, "voting/cast.html")


def test_people_are_checked_in_by_name_and_a_walk_in_is_added(visit):
    facilitator = visit("facilitator")
    there = in_the_room(facilitator)
    search = facilitator.get_by_label("Name, council, e-mail address or code")
    search.fill("zebra")
    press(facilitator, "^Find$")
    expect(facilitator.locator("main")).to_contain_text("Nobody of that name is signed up")
    press(facilitator, "Add a walk-in")

    facilitator.get_by_label("Name", exact=True).fill("Wilma Walker")
    facilitator.get_by_label(re.compile("^E-mail address")).fill("wilma.walker@harlow.gov.uk")
    facilitator.get_by_label(re.compile("^Organisation")).fill("Harlow (district)")
    press(facilitator, "Add and check in")
    expect(facilitator.locator(".lda-desk__bar")).to_contain_text(re.compile(r"Wilma Walker is in, (\w{3} )?\d\d:\d\d"))
    assert in_the_room(facilitator) == there + 1
    search.fill("Wilma")
    press(facilitator, "^Find$")
    expect(facilitator.locator(".lda-row")).to_have_count(1)
    expect(facilitator.locator(".lda-row")).to_contain_text(re.compile(r"Harlow.* in since (\w{3} )?\d\d:\d\d"))
    expect_accessible(facilitator, "events/check_in.html")

    # Somebody who left again, and came back; by plain posts as well.
    at_the_desk = visit("facilitator", scripts=False)
    other_door = visit("facilitator", width=390)
    at_the_desk.goto(DAY + "check-in/?q=Wilma")
    press(at_the_desk, "Undo check-in of Wilma Walker")
    assert in_the_room(at_the_desk) == there
    for page in (at_the_desk, other_door):
        page.goto(DAY + "check-in/?q=Wilma")
    press(at_the_desk, "(Check|Let) in Wilma Walker")
    expect(at_the_desk.locator(".lda-message--success")).to_contain_text("Wilma Walker is checked in.")
    # A phone at the other door still offers her: its whole row is the button, and the answer says since when she is in.
    row = other_door.locator(".lda-rows--desk .lda-row")
    button = row.get_by_role("button", name=re.compile("(Check|Let) in Wilma Walker"))
    assert button.bounding_box()["height"] >= 44
    row.click(position={"x": 20, "y": 20})
    expect(other_door.locator(".lda-message--success")).to_contain_text(
        re.compile(r"Wilma Walker is in since (\w{3} )?\d\d:\d\d")
    )
    expect_accessible(other_door, "events/check_in.html")
    assert in_the_room(at_the_desk) == there + 1


def test_an_open_vote_is_changed_until_the_close_published_and_turned_into_a_project(visit):
    facilitator = visit("facilitator")
    ballot, room = open_vote(facilitator, "Which way of proving who you are should we pursue?")
    officer, lead = visit("officer", width=390), visit("lead")
    county = visit("county", width=390, scripts=False)
    tick_and_cast(officer, ballot, "Ask once")
    tick_and_cast(county, ballot, "The counter check")
    for place, template in (("", "detail"), ("cast/", "cast"), ("record/", "record")):
        lead.goto(ballot + place)
        expect_accessible(lead, f"voting/{template}.html")
    tick_and_cast(lead, ballot, "Ask once", "A wallet of proofs")
    # One may change one's mind until it closes: by plain posts as well, and it counts once.
    tick_and_cast(county, ballot, "Ask once")
    expect(facilitator.locator("main")).to_contain_text(f"3 of {room}")
    close_vote(facilitator, ballot)
    show_result(facilitator, ballot)

    reader = visit()
    reader.goto(ballot + "results/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Ask once has most votes")
    expect(reader.locator("main")).to_contain_text(re.compile("per council", re.I))

    facilitator.goto(DAY)
    press(facilitator, "Publish the outcome.* Which way of proving")
    publish(facilitator, "Ask once is built first. Harlow leads.")
    press(facilitator, "Turn Ask once into a project")
    expect_accessible(facilitator, "voting/project.html")
    facilitator.get_by_label("Lead council").select_option(label="Harlow")
    press(facilitator, "Make the project")

    expect(facilitator.get_by_role("heading", level=1)).to_have_text("Ask once")
    expect(facilitator.locator(".lda-story").first).to_contain_text("Chosen by 3 of 3")


def test_too_many_ticks_are_refused_beside_them(visit):
    facilitator = visit("facilitator")
    ballot, _ = open_vote(facilitator, "Which one, and only one?", most="1")
    officer = visit("officer", width=390)
    officer.goto(ballot + "cast/")
    officer.get_by_label(re.compile("^The counter check")).check()
    officer.get_by_label(re.compile("^A wallet of proofs")).check()
    expect(officer.locator("[data-ballot-count]")).to_contain_text("2 of 1 ticked, untick 1")
    press(officer, "Check my vote")
    expect(officer.locator(".govuk-error-summary")).to_be_focused()
    expect(officer.locator("#options-error")).to_be_visible()
    expect(officer.get_by_label(re.compile("^A wallet of proofs"))).to_be_checked()
    expect_accessible(officer, "voting/cast.html")
    officer.get_by_label(re.compile("^A wallet of proofs")).uncheck()
    press(officer, "Check my vote")
    press(officer, "Count my vote")
    expect(officer.locator("main")).to_contain_text("Your vote is counted")
    close_vote(facilitator, ballot)


def test_who_checked_in_time_and_sent_too_late_reads_so_and_a_run_off_is_held_and_its_outcome_published(visit):
    facilitator = visit("facilitator")
    ballot, room = open_vote(facilitator, "Which one first?")
    officer, county = visit("officer"), visit("county")
    tick_and_cast(officer, ballot, "Ask once")
    tick_and_cast(county, ballot, "The counter check")
    lead = visit("lead", scripts=False)  # whose page hears nothing of the close
    tick_and_check(lead, ballot, "Ask once")
    close_vote(facilitator, ballot)

    press(lead, "Count my vote")
    expect(lead.get_by_role("heading", level=1)).to_have_text("Voting has closed")
    expect(lead.locator("main")).to_contain_text(re.compile(r"closed .*\d\d:\d\d"))
    too_late = visit("lead")
    too_late.goto(ballot + "cast/")
    expect_accessible(too_late, "voting/too_late.html")

    show_result(facilitator, ballot)
    reader = visit()
    reader.goto(ballot + "results/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Two prototypes are tied")
    expect_accessible(reader, "voting/results.html")

    facilitator.goto(ballot)
    press(facilitator, "Prepare the run-off")
    expect(facilitator.locator(".lda-rows .lda-row")).to_have_count(2)
    expect_accessible(facilitator, "voting/draft.html")
    run_off = facilitator.url
    press(facilitator, "Open the vote")
    expect(facilitator.locator("main")).to_contain_text(f"0 of {room}")
    tick_and_cast(officer, run_off, "Ask once")
    close_vote(facilitator, run_off)
    show_result(facilitator, run_off)
    press(facilitator, "Publish the outcome")
    publish(facilitator, "Ask once goes first; Harlow writes the business case by March.")

    reader.goto(run_off + "results/")
    expect(reader.locator("main")).to_contain_text("Harlow writes the business case by March.")
    expect(reader.locator(".lda-tally table")).to_contain_text("People")
    expect(reader.locator(".lda-tally table")).to_contain_text("Councils")
    expect(reader.locator(".lda-tally svg").first).to_be_visible()
    expect(reader.locator("main")).to_contain_text("How it was counted")
    expect_accessible(reader, "voting/results.html")


BEHIND_THE_BAR = """() => {
  const bar = document.querySelector(".lda-ballot__bar"), focused = document.activeElement;
  if (bar.contains(focused) || !document.querySelector("[data-ballot]").contains(focused)) return "";
  return focused.getBoundingClientRect().bottom > bar.getBoundingClientRect().top + 1 ? focused.outerHTML : "";
}"""


def test_the_focus_is_seen_kept_at_the_close_and_the_tally_stands_still_when_told(visit):
    facilitator = visit("facilitator")
    ballot, room = open_vote(facilitator, "Which one is heard and seen?", most="1")
    officer = visit("officer", width=390)
    officer.set_viewport_size({"width": 390, "height": 844})
    officer.goto(ballot + "cast/")
    for key in ("Tab", "Shift+Tab"):
        for _ in range(40):
            officer.keyboard.press(key)
            assert not officer.evaluate(BEHIND_THE_BAR)
    press(officer, "Check my vote")
    officer.locator(".govuk-error-summary a").click()
    expect(officer.locator("#id_options_0")).to_be_focused()

    watching, reading = visit("county"), visit()
    for page in (watching, reading):
        page.goto(ballot)
        expect(page.locator("[role=status] [data-live-status]")).to_have_text("Live.")
    watching.get_by_role("button", name="Pause updates").click()
    expect(watching.locator("[data-live-status]")).to_have_text("Paused.")
    tick_and_cast(officer, ballot, "Ask once")
    expect(reading.locator("main")).to_contain_text(f"1 of {room}")
    expect(watching.locator("main")).to_contain_text(f"0 of {room}")
    watching.get_by_role("button", name="Go on with updates").click()
    expect(watching.locator("main")).to_contain_text(f"1 of {room}")

    watching.get_by_role("button", name="Vote now").focus()
    reading.get_by_role("link", name="Record", exact=True).focus()
    close_vote(facilitator, ballot)
    # Who stood on what is gone now is led to the heading; everybody else stays where they were.
    expect(watching.get_by_role("heading", level=1)).to_be_focused()
    expect(watching.get_by_role("button", name="Vote now")).to_have_count(0)
    expect(reading.locator("[data-live-announce]")).to_have_text("Voting has closed.")
    expect(reading.get_by_role("link", name="Record", exact=True)).to_be_focused()
    # Nothing on the page says any more that it is open, and nothing yet how it ended.
    line = reading.locator(".lda-vote__line")
    expect(line).to_contain_text(re.compile(r"^Closed\s.*\sClosed at \d\d:\d\d\.", re.S), use_inner_text=True)
    expect(reading.get_by_role("heading", name="How it stands")).to_have_count(0)
    expect(reading.locator("main")).not_to_contain_text("Ask once")
    show_result(facilitator, ballot)
    expect(reading.get_by_role("heading", name="Result: Ask once has most votes")).to_be_visible()
    expect(reading.get_by_role("link", name="Record", exact=True)).to_be_focused()


def test_who_is_early_or_late_sees_the_page_become_the_ballot_and_a_ballot_left_open_says_it_is_closed(visit):
    facilitator = visit("facilitator")
    ballot = prepare_vote(facilitator, "Which one do we wait for?")
    early, by_hand = visit("officer", width=390), visit("county", width=390, scripts=False)
    for page in (early, by_hand):
        page.goto(ballot + "cast/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Voting has not opened yet")
    expect_accessible(early, "voting/wait.html")
    expect(early.locator("[data-live-status]")).to_have_text("Live.")

    press(facilitator, "Open the vote")
    expect(early.get_by_role("button", name="Check my vote")).to_be_visible()
    press(by_hand, "^Refresh$")
    expect(by_hand.get_by_role("button", name="Check my vote")).to_be_visible()

    # Somebody who comes now is not on the roll yet, and need do nothing once they are.
    late = visit("publisher", width=390)
    facilitator.goto(DAY + "check-in/")
    facilitator.get_by_label("Name", exact=True).fill("Petra Publisher")
    facilitator.get_by_label(re.compile("^E-mail address")).fill("publisher@demo.example")
    press(facilitator, "Add and check in")
    expect(facilitator.locator(".lda-desk__bar")).to_contain_text("is in")
    late.goto(ballot)
    press(late, "wait on this page")
    expect(late.get_by_role("heading", level=1)).to_have_text("You are not on the roll yet")
    expect_accessible(late, "voting/wait.html")
    facilitator.goto(ballot + "roll/")
    press(facilitator, "Add to the roll Priya Nair")
    expect(late.get_by_role("button", name="Check my vote")).to_be_visible()

    # Who ticks and is overtaken by the close reads so where the button was.
    early.get_by_label(re.compile("^Ask once")).check()
    close_vote(facilitator, ballot)
    expect(early.locator("[data-live-ended]")).to_contain_text(
        "Voting has closed. What was not sent is not counted.", use_inner_text=True
    )
    expect(early.get_by_role("button", name="Check my vote")).to_be_hidden()
    expect(early.get_by_label(re.compile("^Ask once"))).to_be_checked()
    expect_accessible(early, "voting/cast.html")
    press(early, "Go to the vote")
    expect(early.locator("main")).to_contain_text("Nobody sees how the votes fall before the result is shown.")


FIRST_SCREEN = 844


def test_whoever_may_vote_is_led_to_the_open_vote_from_home_and_from_the_days_page(visit):
    facilitator = visit("facilitator")
    open_vote(facilitator, "Which one do people find?")
    officer = visit("officer", width=390)
    officer.set_viewport_size({"width": 390, "height": FIRST_SCREEN})
    for place in ("/", DAY):
        officer.goto(place)
        box = officer.get_by_role("button", name=re.compile("^Vote now")).first.bounding_box()
        assert box["y"] + box["height"] <= FIRST_SCREEN, place
    # Each open vote of the day has a bar of its own.
    bar = officer.locator(".lda-vote-now", has_text="Which one do people find?")
    expect(bar).to_have_count(1)
    expect_accessible(officer, "events/detail.html")
    bar.get_by_role("button", name=re.compile("^Vote now")).click()
    officer.get_by_label(re.compile("^Ask once")).check()
    press(officer, "Check my vote")
    press(officer, "Count my vote")
    expect(officer.locator("main")).to_contain_text("Your vote is counted")
    # The day's page leads to it no more, though it may to another vote that is open.
    officer.goto(DAY)
    expect(officer.locator("main")).to_contain_text("Which one do people find?")
    expect(officer.locator(".lda-vote-now", has_text="Which one do people find?")).to_have_count(0)
    facilitator.goto(DAY)
    press(facilitator, "Close the vote.* Which one do people find")
    expect(facilitator).to_have_url(re.compile("/votes/.*#run-it$"))
    press(facilitator, "^Close the vote")
    expect(facilitator.locator("main")).to_contain_text("the result is not shown yet")
