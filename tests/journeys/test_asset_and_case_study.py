"""What comes of a project: its asset taken up, its case study published and found."""

import re
import time
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.shared_draft import read_by_a_director
from tests.journeys.steps import press

PUBLICCODE = """publiccodeYmlVersion: "0"
name: Pothole finder
url: https://code.example.org/harlow/pothole-finder
platforms: [web]
developmentStatus: beta
softwareType: standalone/web
description:
  en:
    shortDescription: Tells a crew where a pothole is, from a photograph.
    longDescription: >
      A resident takes a photograph and the pothole finder reads the place from it, asks one question about
      its size, and sends both to the crew. It was made by a district and a county together, and needs nothing
      but a web server and the council's own map.
    features: [reads the place, asks one question]
legal:
  license: MIT
maintenance:
  type: internal
  contacts: [{name: Digital team}]
localisation:
  localisationReady: false
  availableLanguages: [en]
"""


def test_an_asset_is_registered_from_its_file_published_adopted_and_counted(visit):
    officer = visit("officer")
    officer.goto("/assets/register/")
    officer.get_by_text("Paste or upload a publiccode.yml").click()
    officer.get_by_label("publiccode.yml").fill(PUBLICCODE)
    press(officer, "Read the file")
    expect(officer.get_by_label("Name", exact=True)).to_have_value("Pothole finder")
    officer.get_by_label("A picture").set_input_files(
        {"name": "pothole.png", "mimeType": "image/png", "buffer": drawn()}
    )
    press(officer, "Save and send to your publisher")
    expect(officer.get_by_text("Say what the picture shows, for people who cannot see it.").last).to_be_visible()
    officer.get_by_label("A picture").set_input_files(
        {"name": "pothole.png", "mimeType": "image/png", "buffer": drawn()}
    )
    officer.get_by_label("What the picture shows").fill("A pothole with a ruler beside it")
    press(officer, "Save and send to your publisher")
    expect(officer.get_by_role("heading", level=1)).to_have_text("Pothole finder")
    asset = officer.url
    picture = officer.get_by_role("img", name="A pothole with a ruler beside it")
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 60

    if (submit := officer.get_by_role("button", name=re.compile("Send|Submit"))).count():
        submit.first.click()
    publisher = visit("publisher")
    publisher.goto(asset)
    press(publisher, "Publish|Pass on|Send")
    editor = visit("editor")
    editor.goto(asset)
    if (approve := editor.get_by_role("button", name=re.compile("Approve|Publish"))).count():
        approve.first.click()
    officer.goto(asset)
    expect(officer.locator("main")).to_contain_text(re.compile(r"0 of \d+"))
    expect(officer.get_by_role("img", name="A pothole with a ruler beside it")).to_be_visible()

    press(officer, "We use this")
    officer.get_by_label("Live", exact=True).check()
    for part, number in (("Day", "1"), ("Month", "6"), ("Year", "2024")):
        officer.get_by_label(part, exact=True).fill(number)
    press(officer, "Save")
    expect(officer.locator("body")).to_contain_text("This waits for the lead of Harlow")
    lead = visit("lead", scripts=False)
    lead.goto("/")
    row = lead.locator(".lda-week > li").filter(has_text="Pothole finder")
    expect(row).to_contain_text("Amina Shah says that Harlow")
    row.get_by_role("button", name="Confirm").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text("This week for Harlow")
    expect(lead.locator(".lda-week > li").filter(has_text="Pothole finder").get_by_role("button")).to_have_count(0)

    officer.goto(asset)
    expect(officer.locator("main")).to_contain_text(re.compile(r"1 of \d+"))
    found_within_seconds(officer, "pothole finder", "Pothole finder")


def test_a_phone_answers_first_and_asks_the_owner_by_a_form(visit):
    officer = visit("officer", width=390)
    officer.set_viewport_size({"width": 390, "height": 844})
    officer.goto("/assets/discovery-day-in-a-box/")
    answer = officer.get_by_role("heading", name=re.compile(r"^Harlow probably can ?: \d yes ?, \d to check$"))
    expect(answer).to_be_visible()
    expect(officer.locator("[data-main-action]")).to_have_text("We use this")
    expect(officer.locator("[data-main-action]")).to_be_in_viewport(ratio=1)
    settled = officer.get_by_text(re.compile(r"^\d yes: licence, tier and \d more$"))
    expect(officer.get_by_text("you may use, change and share it")).not_to_be_visible()
    settled.click()
    expect(officer.get_by_text("you may use, change and share it")).to_be_visible()

    press(officer, "^Ask DCLG")
    officer.get_by_label("Your question").fill("How many rooms did you need?")
    press(officer, "Send the question")
    expect(officer.locator("body")).to_contain_text("We have sent your question to the secretariat.")
    expect(officer.get_by_role("heading", level=1)).to_have_text("Discovery Day in a box")

    officer.goto("/assets/deferred-payment-calculator/?council=Surrey+(county)")
    expect(
        officer.get_by_role("heading", name=re.compile(r"^Surrey probably can ?: 8 yes ?, 1 to check ?, 1 not known$"))
    ).to_be_visible()


def test_a_stranger_asks_for_a_council_without_scripts(visit):
    reader = visit(scripts=False)
    reader.goto("/assets/deferred-payment-calculator/")
    expect(reader.get_by_role("heading", name=re.compile("^Counties and single-tier councils "))).to_be_visible()
    reader.get_by_label("Name of the council").fill("Harlow")
    press(reader, "Find out")
    expect(reader.get_by_role("heading", name=re.compile("^Not meant for districts"))).to_be_visible()
    expect(reader.get_by_text("you may use, change and share it")).to_be_visible()  # unfolded
    press(reader, "Ask for another council")
    expect(reader.get_by_label("Name of the council")).to_be_visible()


def drawn() -> bytes:
    written = BytesIO()
    Image.new("RGB", (60, 40), "gray").save(written, "PNG")
    return written.getvalue()


def test_a_case_study_is_shown_to_a_director_goes_through_its_three_steps_and_is_found(visit):
    read_by_a_director(visit, width=1280, scripts=True)
    read_by_a_director(visit, width=390, scripts=False)
    officer = visit("officer")
    officer.goto("/account/")
    press(officer, "Planning notices people open")
    submit_for_moderation(officer)

    publisher = visit("publisher")
    approve(publisher)
    editor = visit("editor")
    approve(editor)

    reader = visit()
    reader.goto("/case-studies/")
    press(reader, "Planning notices people open")
    expect(reader.locator("main")).to_contain_text("Evidence 2")
    found_within_seconds(reader, "planning notices", "Planning notices people open")
    found = reader.locator(".lda-result").filter(has_text="Planning notices people open")
    expect(found.locator("mark").first).to_contain_text(re.compile("planning|notices", re.I))
    expect(found).to_contain_text("Case study")


def submit_for_moderation(page: Page) -> None:
    press(page, "More actions")
    press(page, "Submit for approval")
    expect(page.locator("body")).to_contain_text(re.compile("With .* since today"))


def approve(page: Page) -> None:
    page.goto("/")
    press(page, "Read and decide Planning notices people open")
    press(page, "More actions")
    press(page, "^Approve")
    page.wait_for_load_state()
    expect(page.locator("body")).to_contain_text(re.compile("(With .*|On the site) since today"))


def found_within_seconds(page: Page, words: str, title: str) -> None:
    """The search finds it once the worker has followed the change."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        page.goto(f"/search/?q={words.replace(' ', '+')}")
        if page.get_by_role("link", name=title).count():
            break
        time.sleep(0.5)
    expect(page.get_by_role("link", name=title).first).to_be_visible()


def test_the_content_checker_looks_at_a_draft_as_it_is_written(visit):
    editor = visit("editor")
    editor.goto("/cms/pages/add/publishing/newspage/5/")
    press(editor, "Toggle checks")
    found = editor.locator("[data-content-checker-count]")
    expect(found).to_be_visible()
    expect(found).to_have_text("not run yet")

    editor.locator("#id_title").fill("Heads and shoulders")
    editor.locator("#id_published_on").fill("26/11/2026")
    editor.keyboard.press("Escape")  # its calendar
    editor.locator("#id_summary").fill("What thirty councils learned.")
    editor.locator("[contenteditable=true]").click()
    editor.keyboard.type("### A small heading first")
    # Wagtail begins to look for changes some seconds after its form has come; a script types faster than that.
    for _ in range(30):
        if found.inner_text() != "not run yet":
            break
        editor.wait_for_timeout(500)
        editor.keyboard.type(".")

    expect(found).to_have_text("1")
    expect(editor.locator("body")).to_contain_text("Incorrect heading hierarchy")
