"""A publisher says what councils decide by, adds a version with notes, and links an asset; everybody reads it."""

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import press

ASSET = "/assets/bin-day-texts/"


@pytest.mark.parametrize("width", [390, 1280])
def test_an_asset_gets_its_details_a_version_and_a_link(visit, width):
    publisher = visit("publisher")
    publisher.set_viewport_size({"width": width, "height": 900})
    number = f"0.{width}"

    publisher.goto(ASSET + "details/")
    publisher.get_by_label("In the cloud").check()
    publisher.get_by_label("A demonstration").fill("http://localhost/show")
    press(publisher, "Save")
    expect(publisher.get_by_label("A demonstration")).to_have_value("http://localhost/show")
    publisher.get_by_label("A demonstration").fill("https://show.example.org/texts")
    press(publisher, "Save")
    expect(publisher.get_by_role("link", name="https://show.example.org/texts")).to_be_visible()

    publisher.goto(ASSET + "versions/add/")
    publisher.get_by_label("Version").fill(number)
    for part, value in (("Day", "2"), ("Month", "3"), ("Year", "2015")):
        publisher.get_by_label(part, exact=True).fill(value)
    publisher.get_by_label("What changed").fill("It asks before it stops.")
    press(publisher, "Save")
    expect(publisher.get_by_role("heading", name=f"{number}, 2 March 2015")).to_be_visible()

    publisher.goto(ASSET + "links/")
    publisher.get_by_label("dependent on another").check()
    publisher.get_by_label("The other asset").fill("waste standards and api")
    press(publisher, "Add the link")
    publisher.goto(ASSET)
    expect(publisher.get_by_role("heading", name="Depends on")).to_be_visible()
    publisher.goto(ASSET + "links/")
    press(publisher, "Remove ?: Depends on Waste standards and API")
    expect(publisher.get_by_role("heading", name="Depends on")).to_have_count(0)
