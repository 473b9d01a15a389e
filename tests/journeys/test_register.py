"""An officer registers code by the address of its repository, puts right what the standard has against its file, and
downloads the corrected file; the same repository in another spelling is already registered."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.forge import OF_A_PHONE, PAGE
from tests.journeys.steps import press

LONG = (
    "A resident takes a photograph and the pothole finder reads the place from it, asks one question about its size, "
    "and sends both to the crew. It needs nothing but a web server and the council’s own map."
)


def read(page: Page, address: str) -> None:
    page.goto("/assets/register/")
    page.get_by_label("Address of the repository").fill(address)
    press(page, "Read the repository")


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, True), (390, False)])
def test_the_problems_of_a_repository_stand_with_their_lines_and_its_languages_as_tabs(visit, width, scripts):
    officer = visit("officer", width=width, scripts=scripts)

    read(officer, "git@github.com:harlow/pothole-finder.git")

    expect(officer.get_by_role("heading", name="Read publiccode.yml: 2 problems")).to_be_visible()
    expect(officer.get_by_text("line 19")).to_be_visible()
    expect(officer.get_by_label("Licence (optional)")).to_have_value("Free for councils")
    expect(officer.get_by_role("tab" if scripts and width > 640 else "link", name="Welsh")).to_be_visible()
    expect(officer.get_by_label("In one sentence in Welsh")).to_have_value("Dweud wrth griw ble mae twll yn y ffordd.")
    assert officer.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("width", "address", "name"),
    [(1280, PAGE, "Pothole finder by repository"), (390, OF_A_PHONE, "Pothole finder by phone")],
)
def test_code_is_registered_by_address_put_right_and_downloaded(visit, width, address, name):
    officer = visit("officer", width=width)
    read(officer, address)
    officer.get_by_label("Licence (optional)").fill("EUPL-1.2")
    officer.get_by_label("Description (optional)", exact=True).fill(LONG)
    officer.get_by_label("Which service is it for?").select_option("Potholes")
    officer.get_by_label("How a council stops using it").fill("It takes its photographs along.")
    press(officer, "Save and send to your publisher")
    expect(officer.get_by_role("heading", level=1)).to_have_text(name)
    expect(officer.get_by_text("Dweud wrth griw ble mae twll yn y ffordd.")).to_be_visible()
    expect(officer.get_by_text("It takes its photographs along.").first).to_be_attached()
    expect(officer.get_by_text("Potholes").first).to_be_attached()
    asset = officer.url

    publisher = visit("publisher", width=width)
    publisher.goto(asset)
    press(publisher, "Publish")
    with publisher.expect_download() as download:
        publisher.get_by_role("link", name="Download publiccode.yml").click()
    assert "license: EUPL-1.2" in download.value.path().read_text("utf-8")

    read(officer, address.replace("github.com/harlow/pothole", "GitHub.com/Harlow/Pothole") + ".git")
    expect(officer.get_by_text("This repository is already registered: see").first).to_be_visible()
