"""The board reads what became of promises; a missed one is explained by its owner (journey B5)."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

LEDGER = "/board/promises/"
MISSED = "Calls about missed bins, a month"
REPORTED = "Renewals that still need papers, in a hundred"


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, True), (390, False)])
def test_the_ledger_leads_to_a_missed_promise_and_its_owner_explains_it(visit, width, scripts):
    member = visit("board", width=width, scripts=scripts)
    member.goto(LEDGER)
    for words in ("claimed a year", "confirmed a year", "not checked"):
        expect(member.locator(".lda-figure", has_text=words)).to_contain_text(re.compile(r"£[\d,]+"))
    expect(member.get_by_text("Explanation asked of").first).to_be_visible()
    if scripts:
        expect_accessible(member, "take_up/promises.html")
    member.goto(f"{LEDGER}?q=calls+about+missed+bins")
    press(member, f"^{MISSED}")
    expect(member.get_by_role("heading", name=MISSED)).to_be_visible()
    expect(member.get_by_text("After 12 months")).to_be_visible()
    if scripts:
        expect_accessible(member, "take_up/promise.html")

    owner = visit("officer", width=width, scripts=scripts)
    owner.goto(member.url)
    press(owner, "^(Explain it|Change the explanation)$")
    why = f"Two rounds began late, at {width} pixels {'with' if scripts else 'without'} scripts."
    owner.get_by_label("Why was it missed, and what follows from that?").fill(why)
    press(owner, "^Publish the explanation$")

    member.reload()
    expect(member.get_by_text(why)).to_be_visible()
    expect(member.get_by_text("Explanation asked of")).to_have_count(0)


def test_what_a_council_measured_counts_once_an_analyst_has_checked_it(visit):
    analyst = visit("analyst")
    analyst.goto(f"{LEDGER}?q=still+need+papers")
    press(analyst, f"^{REPORTED}")
    if analyst.get_by_role("button", name="It holds").count():  # after the first run it is checked
        press(analyst, "^It holds")
        expect(analyst.get_by_text("Checked. It counts from now.")).to_be_visible()
    expect(analyst.get_by_text("measured and checked", exact=True)).to_be_visible()
