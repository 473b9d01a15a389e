"""The way of whoever writes for the site: in from home, through the pages' admin, and onto the site."""

import re
import secrets

from playwright.sync_api import Page, expect

from portal.demo.scenes import calls
from tests.journeys.axe import faults, overflow
from tests.journeys.steps import press

NEWS = f"Eight councils test one form for lost bins {secrets.token_hex(2)}"


def in_the_box(page: Page, label: str):
    """What is asked within the box that chooses a picture."""
    return page.get_by_role("dialog").get_by_label(label)


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


def test_a_contributor_brings_a_picture_of_their_own_to_a_case_study(visit):
    officer = visit("officer")
    officer.goto("/case-studies/new/editor/")
    officer.locator("#id_title").fill(f"Fewer calls about bins {secrets.token_hex(2)}")
    officer.locator("#id_picture-chooser .unchosen button").click()
    officer.get_by_role("tab", name="Upload").click()
    picture = {
        "name": "IMG_2041.png",
        "mimeType": "image/png",
        "buffer": calls(before=410, after=1 + secrets.randbelow(400)),
    }
    in_the_box(officer, "File").set_input_files(picture)
    expect(in_the_box(officer, "What it shows")).to_have_value("")
    in_the_box(officer, "What it shows").fill("IMG_2041.png")
    officer.get_by_role("dialog").get_by_role("button", name="Upload").click()
    expect(officer.get_by_role("dialog")).to_contain_text("Say in a sentence what the picture shows")
    in_the_box(officer, "File").set_input_files(picture)
    in_the_box(officer, "What it shows").fill("Two bars, the second of them a third shorter")
    officer.get_by_role("dialog").get_by_role("button", name="Upload").click()
    expect(officer.get_by_role("dialog")).to_have_count(0)
    expect(officer.locator("#id_picture-chooser img")).to_have_js_property("complete", True)
    press(officer, "Save draft")
    expect(officer.locator("body")).to_contain_text("With its authors: nobody has been asked")
    expect(officer.locator("#id_picture-chooser img")).to_be_visible()
    forget_saving_twice(officer)

    other = visit("county")
    other.goto("/case-studies/new/editor/")
    other.locator("#id_picture-chooser .unchosen button").click()
    found = other.get_by_role("dialog")
    expect(found).to_contain_text("Calls about missed bins fell by a third in Luton")
    expect(found).not_to_contain_text("IMG_2041")
