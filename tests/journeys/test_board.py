"""The steering board: its portfolio, what is overdue, and a decision that unlocks step 4."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

OVERDUE = "Potholes, whoever owns the road"


def test_the_board_finds_what_comes_next_what_waits_and_what_changed(visit):
    member = visit("board")
    member.goto("/board/")
    expect(member.get_by_role("heading", name=re.compile("^Next meeting: .*14:00 to 16:00"))).to_be_visible()
    expect(member.locator("main")).to_contain_text("DCLG hosts and so takes the chair; the last was at LGA on")
    expect(member.locator("main")).to_contain_text("7 of 9 bodies have said they come. Quorum 5.")
    waits = member.locator(".lda-waits")
    for word in ("Decide", "Review", "Late"):
        expect(waits.get_by_text(word, exact=False).first).to_be_visible()
    expect(waits).to_contain_text(f"{OVERDUE} No update since")
    expect(member.get_by_role("heading", name=re.compile("^Changed since"))).to_be_visible()
    expect(member.locator("main")).to_contain_text("nothing else moved")
    expect_accessible(member, "steering/board.html")

    waits.get_by_role("link", name="Accept the business case: Planning notices people read").click()
    expect(member.locator("main")).to_contain_text(re.compile(r"Have the need\s*4 of \d+ councils"))


def test_the_portfolio_says_steps_gates_and_rating_in_words_and_what_is_overdue(visit):
    member = visit("board")
    member.goto("/board/")
    table = member.get_by_role("table", name=re.compile("^Projects with their four steps"))
    for column in ("Project, lead", "1 Discovery", "2 Co-Design", "3 Co-develop", "4 Take-up", "Rating and its reason"):
        expect(table.get_by_role("columnheader", name=column)).to_be_visible()
    waiting = table.get_by_role("row").filter(has_text="Planning notices people read")
    expect(table.get_by_role("row").nth(1)).to_have_text(waiting.inner_text(), use_inner_text=True)
    for heard in (
        r"Step 1 done \d+ \w+ \d{4}",
        "Gate: chosen",
        r"Step 3 now since \d+ \w+",
        "Gate: to decide",
        "Step 4 to come",
    ):
        expect(waiting.get_by_role("cell", name=re.compile(heard))).to_be_visible()
    late = table.get_by_role("row").filter(has_text=OVERDUE)
    expect(late).to_contain_text(re.compile(r"Red\s*No update for \d+ days, one every 2 weeks was promised."))
    expect(late).to_contain_text("Surrey")
    expect(member.get_by_role("link", name="Only the 6 outcomes of 2014")).to_be_visible()
    projects = table.get_by_role("row").count()

    press(member, "Only those whose update is late")
    expect(member).to_have_url(re.compile(r"overdue=1"))
    assert table.get_by_role("row").count() < projects
    table.get_by_role("link", name=OVERDUE).click()
    expect(member.get_by_role("heading", level=1)).to_have_text(OVERDUE)


def test_on_a_phone_a_project_is_a_card_with_its_rating_beside_its_reason_and_nothing_beyond_the_edge(visit):
    for width in (390, 320):
        reader = visit("", width=width)
        reader.goto("/board/")
        assert reader.evaluate("document.documentElement.scrollWidth") <= width
        card = reader.get_by_role("row").filter(has_text=OVERDUE)
        name, rating = card.get_by_role("link", name=OVERDUE), card.get_by_text("Red", exact=True)
        bar = card.get_by_role("cell", name=re.compile("Step 1 done"))
        tops = [part.bounding_box()["y"] for part in (name, rating, bar)]
        assert tops == sorted(tops)
        expect_accessible(reader, "steering/board.html")


def hold_a_meeting_today(secretariat):
    """Write down a meeting of today at which all bodies were; refused where there is one already."""
    secretariat.goto("/board/meetings/new/")
    secretariat.get_by_label("Where?").fill("Marsham Street, London")
    there = secretariat.get_by_role("group", name="Which bodies were there?")
    for box in there.get_by_role("checkbox").all():
        box.check()
    press(secretariat, "Write it down")


def stand(secretariat, **letters):
    """Say in the form how each body stood: for, but those that are named."""
    for row in secretariat.locator(".lda-matrix__line").all():
        body = row.locator("legend").inner_text()
        row.get_by_label(letters.get(body.replace(" ", "_"), "For"), exact=True).check(force=True)


def test_the_board_accepts_a_case_and_the_project_may_launch(visit):
    facilitator = visit("facilitator")
    facilitator.goto("/projects/planning-notices-people-read/")
    expect(facilitator.get_by_role("button", name="Launch")).to_have_count(0)

    secretariat = visit("secretariat")
    hold_a_meeting_today(secretariat)
    secretariat.goto("/board/")
    press(secretariat, "Accept the business case: Planning notices people read")
    main = secretariat.locator("main")
    for figure in ("Transactions a year", "One-off cost", "20% less", "Have the need"):
        expect(main).to_contain_text(figure)
    press(secretariat, "Record the decision")
    expect_accessible(secretariat, "steering/decide.html")
    press(secretariat, "See the mail before it is recorded")
    expect(secretariat.locator(".govuk-error-summary")).to_be_focused()
    expect(main).to_contain_text("Say how SOLACE stood, or that it took no part.")
    expect_accessible(secretariat, "steering/decide.html")
    secretariat.get_by_label("Accept the business case", exact=True).check()
    secretariat.get_by_label("The decision, word for word").fill("The board accepts the business case.")
    stand(secretariat, SOLACE="Abstained", SOCITM="Abstained")
    secretariat.get_by_label(re.compile("^Option 1")).fill("One template for every council")
    review = dt.date.today() + dt.timedelta(days=182)
    looked_at_again = secretariat.get_by_role("group", name="When is it looked at again?")
    for part, number in (("Day", review.day), ("Month", review.month), ("Year", review.year)):
        looked_at_again.get_by_label(part, exact=True).fill(str(number))
    press(secretariat, "See the mail before it is recorded")
    expect(main).to_contain_text("get this mail")
    expect(main).to_contain_text("The board accepts the business case.")
    expect_accessible(secretariat, "steering/decide.html")
    press(secretariat, "Record the decision, and mail it to")
    expect(main).to_contain_text(re.compile(r"DEC-20\d\d-\d\d"))
    expect(main).to_contain_text("7 for, 0 against, 2 abstained")
    expect(main).to_contain_text("7 of 9")
    expect(main.get_by_role("row").filter(has_text="SOLACE")).to_contain_text("Abstained")
    expect(main).to_contain_text("One template for every council")
    expect(main).to_contain_text(f"{review:%-d %B %Y}")
    expect_accessible(secretariat, "steering/decision.html")

    facilitator.reload()
    expect(facilitator.locator("main")).to_contain_text("Accepted")
    press(facilitator, "Launch")
    expect(facilitator.locator("main")).to_contain_text("4 Launch and take-up")


def test_on_a_phone_each_body_that_was_there_is_a_card_and_conditions_are_met_later(visit):
    secretariat = visit("secretariat", width=390)
    hold_a_meeting_today(secretariat)
    secretariat.goto("/board/decisions/new/?project=potholes-whoever-owns-the-road")
    main = secretariat.locator("main")
    expect(main).to_contain_text("9 of 9 bodies were at the meeting")
    assert secretariat.locator(".lda-matrix__line").count() == 9
    assert secretariat.evaluate("document.documentElement.scrollWidth") <= 390
    expect_accessible(secretariat, "steering/decide.html")
    secretariat.get_by_label("Accept what was proposed on conditions").check()
    secretariat.get_by_label("What was decided, in a line?").fill("Whether Surrey goes on alone")
    secretariat.get_by_label("The decision, word for word").fill("Surrey may go on alone.")
    secretariat.get_by_label("On which conditions?").fill("The next update comes in time.")
    stand(secretariat)
    press(secretariat, "Record the decision")
    expect(main).to_contain_text("9 for, 0 against, 0 abstained")
    press(secretariat, "Record that the conditions are met")
    expect_accessible(secretariat, "steering/conditions.html")
    secretariat.get_by_label("What shows that they are met?").fill("It came.")
    press(secretariat, "Record that they are met")
    expect(main).to_contain_text("It came.")
    press(secretariat, "Record that it was carried out")
    expect_accessible(secretariat, "steering/implementation.html")


def test_who_sat_when_and_the_register_and_an_assessment_are_read_and_written(visit):
    secretariat = visit("secretariat")
    for address, template in (
        ("/board/seats/?as_at=2014-01-01", "steering/seats.html"),
        ("/board/seats/new/", "steering/seat_form.html"),
        ("/board/seats/lga/end/", "steering/seat_end.html"),
        ("/board/decisions/?dissent=1", "steering/decisions.html"),
        ("/board/assessments/potholes-whoever-owns-the-road/new/", "steering/assess.html"),
    ):
        secretariat.goto(address)
        expect_accessible(secretariat, template)
    for line in secretariat.locator(".lda-matrix__line").all():
        line.get_by_label("Green", exact=True).check(force=True)
    amber = secretariat.locator(".lda-matrix__line").nth(2)
    amber.get_by_label("Amber", exact=True).check(force=True)
    amber.get_by_role("textbox").fill("No telephone yet.")
    press(secretariat, "Record the assessment")
    main = secretariat.locator("main")
    expect(main).to_contain_text("mends what is amber within three months")
    expect(main).to_contain_text("Point 3, Provide a joined up experience across all channels: No telephone yet.")
    expect_accessible(secretariat, "steering/assessment.html")


@pytest.mark.parametrize(("width", "scripts"), [(390, True), (1280, False)])
def test_between_meetings_the_board_is_asked_by_email_and_only_those_missing_are_reminded(visit, width, scripts):
    secretariat = visit("secretariat", width=width, scripts=scripts)
    secretariat.goto("/board/motions/new/")
    secretariat.get_by_label("What is asked, in a line?").fill("Meet in Leeds in March")
    secretariat.get_by_label("The decision, word for word").fill("The board meets in Leeds in March.")
    until = dt.date.today() + dt.timedelta(days=5)
    last_day = secretariat.get_by_role("group", name="Until which day do the bodies vote?")
    for part, number in (("Day", until.day), ("Month", until.month), ("Year", until.year)):
        last_day.get_by_label(part, exact=True).fill(str(number))
    press(secretariat, "Ask the board")
    main = secretariat.locator("main")
    expect(main).to_contain_text("0 of 9 bodies")
    assert secretariat.evaluate("document.documentElement.scrollWidth") <= width
    if scripts:
        expect_accessible(secretariat, "steering/motion.html")
    asked = secretariat.url

    member = visit("board", width=width, scripts=scripts)
    member.goto(asked)
    expect(member.locator("main")).to_contain_text("You vote for LGA")
    press(member, "Vote now")
    member.get_by_label(re.compile("^For")).check()
    press(member, "Check my vote")
    press(member, "Count my vote")
    expect(member.locator("main")).to_contain_text("Your vote is counted")

    secretariat.goto(asked)
    press(secretariat, "Remind 8 representatives")
    expect(main).to_contain_text("A reminder is on the way to 8 representatives")


def test_on_a_phone_the_result_of_a_vote_that_has_closed_becomes_a_decision_with_its_number(visit):
    title = "Decide by e-mail between meetings"
    secretariat = visit("secretariat", width=390)
    secretariat.goto("/board/")
    main = secretariat.locator("main")
    row = secretariat.locator(".lda-waits > li").filter(has_text=title)
    expect(row).to_contain_text("the result is not recorded yet")
    row.get_by_role("link", name=re.compile("^Record the result")).click()
    expect(main).to_contain_text("You alone see this until you show it.")
    assert secretariat.evaluate("document.documentElement.scrollWidth") <= 390
    expect_accessible(secretariat, "steering/conclude.html")
    press(secretariat, "Show the result and record the decision")
    expect(main).to_contain_text(re.compile(r"DEC-\d{4}-\d\d"))
    number = re.search(r"DEC-\d{4}-\d\d", main.inner_text()).group(0)

    reader = visit("", width=390, scripts=False)
    reader.goto("/board/decisions/")
    expect(reader.locator("main")).to_contain_text(number)
    expect(reader.locator("main")).to_contain_text(title)
    reader.goto("/board/")
    waits = reader.locator(".lda-waits")
    expect(waits).not_to_contain_text("the result is not recorded yet")
    expect(waits.locator("li").filter(has_text=title)).to_contain_text(f"{number} {title}")  # to be carried out
