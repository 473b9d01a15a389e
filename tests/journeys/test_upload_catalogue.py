"""An officer uploads a list of assets, watches it come in, and reads what is wrong line by line."""

import pytest
from playwright.sync_api import expect

from tests.assets_registry.test_uploads import ROW, table
from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press


@pytest.mark.parametrize("width", [390, 1280])
def test_a_list_is_uploaded_and_its_faults_are_told_by_line(visit, width):
    officer = visit("officer")
    officer.set_viewport_size({"width": width, "height": 900})
    good = {**ROW, "name": f"Bins {width}", "url": f"https://git.example.org/harlow/bins-{width}"}
    bad = {**good, "url": f"https://git.example.org/harlow/bad-{width}", "legal/license": "free for all"}

    officer.goto("/assets/register/")
    officer.get_by_role("link", name="Upload a list of assets").click()
    officer.get_by_label("The file").set_input_files(
        {"name": f"list-{width}.csv", "mimeType": "text/csv", "buffer": table(good, bad)}
    )
    expect_accessible(officer, "assets_registry/upload.html")
    press(officer, "Upload and import")

    expect(officer.get_by_text("Done: 2 entries read.")).to_be_visible()
    expect(officer.get_by_text("licence is not an SPDX expression")).to_be_visible()
    expect(officer.get_by_text("You may leave this page")).to_have_count(0)
    expect_accessible(officer, "assets_registry/upload_progress.html")

    officer.goto("/assets/upload/")
    officer.get_by_role("link", name=f"list-{width}.csv").click()
    expect(officer.get_by_role("link", name="upload it again")).to_be_visible()
