"""The steering board: its portfolio, what is overdue, and a decision that unlocks step 4."""

import datetime as dt
import re

from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

OVERDUE = "Potholes, whoever owns the road"


def test_the_portfolio_shows_stage_freshness_and_next_decision_and_what_is_overdue(visit):
    member = visit("board")
    member.goto("/board/")
    table = member.get_by_role("region", name="Portfolio")
    for column in ("Project", "Stage", "Lead", "Freshness", "Next decision"):
        expect(table.get_by_role("columnheader", name=column)).to_be_visible()
    late = table.get_by_role("row").filter(has_text=OVERDUE)
    expect(late).to_contain_text(re.compile(r"Update overdue by \d+ days\s*promised every 2 weeks"))
    expect(late).to_contain_text("Surrey")
    expect(member.get_by_role("heading", name="Six outcomes of 2014")).to_be_visible()
    projects = table.get_by_role("row").count()

    press(member, "Only those whose update is overdue")
    expect(member).to_have_url(re.compile(r"overdue=1"))
    assert table.get_by_role("row").count() < projects
    table.get_by_role("link", name=OVERDUE).click()
    expect(member.get_by_role("heading", level=1)).to_have_text(OVERDUE)


def test_the_board_accepts_a_case_and_the_project_may_launch(visit):
    facilitator = visit("facilitator")
    facilitator.goto("/projects/planning-notices-people-read/")
    expect(facilitator.get_by_role("button", name="Launch")).to_have_count(0)

    secretariat = visit("secretariat")
    secretariat.goto("/board/")
    press(secretariat, "Accept the business case: Planning notices people read")
    main = secretariat.locator("main")
    for figure in ("Transactions a year", "One-off cost"):
        expect(main).to_contain_text(figure)
    press(secretariat, "Record the decision")
    expect_accessible(secretariat, "steering/decide.html")
    press(secretariat, "Record the decision")
    expect(secretariat.locator(".govuk-error-summary")).to_be_focused()
    expect_accessible(secretariat, "steering/decide.html")
    secretariat.get_by_label("Accept the business case").check()
    secretariat.get_by_label("The decision, word for word").fill("The board accepts the business case.")
    secretariat.get_by_label("Bodies for it").fill("7")
    secretariat.get_by_label("Bodies against it").fill("0")
    secretariat.get_by_label("Bodies that abstained").fill("2")
    review = dt.date.today() + dt.timedelta(days=182)
    looked_at_again = secretariat.get_by_role("group", name="When is it looked at again?")
    for part, number in (("Day", review.day), ("Month", review.month), ("Year", review.year)):
        looked_at_again.get_by_label(part, exact=True).fill(str(number))
    press(secretariat, "Record the decision")
    expect(main).to_contain_text(re.compile(r"DEC-20\d\d-\d\d"))
    expect(main).to_contain_text("7 of 9")
    expect(main).to_contain_text(f"{review:%-d %B %Y}")
    expect_accessible(secretariat, "steering/decision.html")

    facilitator.reload()
    expect(facilitator.locator("main")).to_contain_text("Accepted")
    press(facilitator, "Launch")
    expect(facilitator.locator("main")).to_contain_text("4 Launch and take-up")
