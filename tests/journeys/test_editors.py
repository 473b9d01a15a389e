"""The way of whoever writes for the site: in from home, through the pages' admin, and onto the site."""

import re
import secrets

from playwright.sync_api import Page, expect

from tests.journeys.axe import faults, overflow
from tests.journeys.steps import press

NEWS = f"Eight councils test one form for lost bins {secrets.token_hex(2)}"


def forget_saving_twice(page: Page) -> None:
    """Wagtail saves in the background too, and refuses what a script's press overtakes; nobody is shown that."""
    page.problems[:] = [line for line in page.problems if not re.match("400 .*/cms/pages/", line)]


def test_news_goes_from_the_secretariats_home_page_to_the_site(visit):
    secretary = visit("secretariat")
    secretary.goto("/")
    press(secretary, "^Write news$")
    secretary.locator("#id_title").fill(NEWS)
    secretary.locator("#id_published_on").fill("2026-11-26")
    secretary.keyboard.press("Escape")  # its calendar
    secretary.locator("#id_summary").fill("From Monday a lost bin is reported in the same words in eight councils.")
    secretary.locator("[contenteditable=true]").click()
    secretary.keyboard.type("Ring nobody. Tell the page.")
    # The editor hands over what was typed a moment later than a script presses the button.
    expect(secretary.locator("[name=body-0-value]")).to_have_value(re.compile("Tell the page"))
    expect(secretary.locator("body")).not_to_contain_text(re.compile("Promote|Is illustrative|Slug"))
    press(secretary, "More actions")
    expect(secretary.get_by_role("button", name="Publish")).to_have_count(0)
    press(secretary, "Submit for approval")
    expect(secretary.locator("body")).to_contain_text(re.compile("With Ed.* since today"))
    forget_saving_twice(secretary)

    editor = visit("editor2")
    editor.goto("/")
    press(editor, "^Pages and news$")
    expect(editor.get_by_role("heading", level=1)).to_have_text("Pages and news")
    assert faults(editor) == []
    editor.set_viewport_size({"width": 390, "height": 844})
    assert overflow(editor) == []
    editor.set_viewport_size({"width": 1280, "height": 900})
    press(editor, f"Read and decide {NEWS}")
    press(editor, "More actions")
    press(editor, "^Approve and publish")
    expect(editor.locator("body")).to_contain_text("On the site since today")

    reader = visit()
    reader.goto("/news/")
    press(reader, NEWS)
    expect(reader.locator("main")).to_contain_text("Ring nobody.")
