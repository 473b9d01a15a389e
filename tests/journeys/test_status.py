"""B1: how projects stand is read with its reason; whoever is late is asked from the list and answers by one button."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import latest_mail, press

PERMITS, ADDRESS = "Parking permits that renew themselves", "/projects/parking-permits-that-renew-themselves/"
LINE = "Bristol and Exeter renew by themselves."
SAID = f"{LINE} Norwich waits for its supplier."
BECAUSE = "Two more councils wait for the same supplier, and nobody has its date yet."


def set_rhythm(facilitator: Page, days: int) -> None:
    facilitator.goto(f"{ADDRESS}edit/")
    facilitator.get_by_label("Days between updates").fill(str(days))
    press(facilitator, "Save changes")
    expect(facilitator.locator("main")).to_contain_text("Changed.")


def say_as_before(facilitator: Page) -> None:
    """Say again, with the same rating, what the facilitator of the demo programme said last."""
    facilitator.goto(ADDRESS)
    facilitator.get_by_label("How does it stand, in one line?").fill(SAID)
    facilitator.get_by_label("Amber", exact=True).check()
    facilitator.get_by_label("Why not as suggested?").fill(BECAUSE)
    press(facilitator, "^Post update$")
    expect(facilitator.locator("main")).to_contain_text("Posted.")


def test_the_portfolio_says_what_the_owner_set_and_what_the_portal_suggests(visit):
    for width in (1280, 390):
        reader = visit("", width=width)
        reader.goto("/board/")
        row = reader.get_by_role("row").filter(has_text=PERMITS)
        expect(row).to_contain_text("Amber, set by a facilitator")
        expect(row).to_contain_text("The portal suggests red:")
        assert reader.evaluate("document.documentElement.scrollWidth") <= width
        press(reader, "Only the dormant")
        expect(reader.get_by_role("row").filter(has_text="Potholes, whoever owns the road")).to_be_visible()

        reader.goto(ADDRESS)
        expect(reader.locator("#months")).to_contain_text(LINE)
        expect(reader.locator("#months")).to_contain_text("No update")
        assert reader.evaluate("document.documentElement.scrollWidth") <= width


def test_whoever_is_late_is_asked_from_the_list_and_says_without_an_account_that_the_line_still_holds(visit):
    facilitator, secretariat = visit("facilitator"), visit("secretariat")
    set_rhythm(facilitator, 1)
    try:
        secretariat.goto("/board/?overdue=1")
        expect(secretariat.get_by_role("row").filter(has_text=PERMITS)).to_contain_text("Red")
        row = secretariat.get_by_role("row").filter(has_text=PERMITS)
        row.get_by_role("button", name=re.compile("^Ask its owner for an update")).click()
        expect(secretariat.locator("main")).to_contain_text("are asked for an update")
        expect(secretariat).to_have_url(re.compile("overdue=1"))
        expect(secretariat.get_by_role("row").filter(has_text=PERMITS)).to_contain_text("Its owner was asked today.")
        link = latest_mail(secretariat, "lead.bristol@delegates.demo.example", r"(/still-accurate/[^/\s]+/)")

        reader = visit("", width=390)
        reader.goto(link)
        expect(reader.get_by_role("heading", level=1)).to_have_text(re.compile("Is this still accurate?"))
        expect(reader.locator("main")).to_contain_text(LINE)
        expect_accessible(reader, "projects/still_accurate.html")
        secretariat.goto(ADDRESS)
        expect(secretariat.locator("#latest")).not_to_contain_text("Still accurate: ")

        owner = visit("", scripts=False)
        owner.goto(link)
        press(owner, "^Still accurate$")
        expect(owner.locator("main")).to_contain_text("The line still holds")
        owner.goto(link)
        expect(owner.locator("main")).to_contain_text("Nothing is asked for any more")
        secretariat.goto(ADDRESS)
        expect(secretariat.locator("#latest")).to_contain_text(f"Still accurate: {LINE}")
    finally:
        set_rhythm(facilitator, 28)
        say_as_before(facilitator)
