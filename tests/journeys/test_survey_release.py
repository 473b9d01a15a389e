"""S2, S3 and the third step of B6: an analyst looks at levels and codings; readers find what is withheld, and why."""

import csv
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import press


@pytest.mark.parametrize("width", [390, 1280])
def test_a_reader_asks_for_welsh_councils_and_is_told_why_they_have_no_column(visit, width):
    page = visit(width=width, scripts=False, pictures=False)
    page.goto("/surveys/2015/barriers/")
    main = page.locator("main")
    expect(main).to_contain_text("Made up: this survey and its answers show how the portal works")

    main.get_by_label("Show the answers of").select_option(label="Welsh councils")
    press(page, "Show this group")

    expect(main).to_contain_text("only 5 people responded, so it is shown together with Scottish councils")
    expect(main.get_by_text("Withheld").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_file_says_what_is_withheld_and_its_dictionary_what_that_means(visit):
    page = visit("")
    page.goto("/surveys/2015/barriers/")
    with page.expect_download() as file:
        page.get_by_role("link", name=re.compile("CSV")).first.click()
    lines = file.value.path().read_text("utf-8-sig").splitlines()

    rows = list(csv.DictReader(line for line in lines if not line.lstrip('"').startswith("#")))
    assert {"Printed", "Withheld"} <= {row["State"] for row in rows}
    assert {row["Illustrative"] for row in rows} == {"yes"}
    page.get_by_role("link", name="What each column of the file means").click()
    expect(page.locator("main")).to_contain_text("Withheld")


def test_an_analyst_changes_a_level_and_reads_why_a_row_is_left_out(visit):
    page = visit("analyst")
    page.goto("/surveys/2015/running/bench/")
    main = page.locator("main")
    expect(main).to_contain_text("People read it in two ways")
    main.get_by_role("link", name="Priorities for service redesign").click()
    expect(main).to_contain_text("Channel shift counts as self service")
    page.goto("/surveys/2015/benefits/")
    expect(page.locator("main")).to_contain_text("“Give equal access to all citizens”: People read it in two ways")

    page.goto(f"/surveys/{page.evaluate('new Date().getFullYear()')}/running/levels/")
    level = page.get_by_label(re.compile("^Level of")).first
    now = level.input_value()
    level.select_option("1" if now != "1" else "2")
    press(page, "Save these levels")
    expect(page.locator("body")).to_contain_text("1 level changed.")
