"""The year in numbers, as somebody who checks the printed report follows it."""

import re

import pytest
from playwright.sync_api import expect

SEVEN = (95, 88, 73, 68, 58, 52, 33)


@pytest.mark.parametrize(("width", "scripts"), [(1280, False), (390, True)])
def test_the_figures_of_2014_are_those_of_the_report_each_with_its_base_and_its_rows(visit, width, scripts):
    page = visit(pictures=False, width=width, scripts=scripts)
    page.goto("/figures/?year=2014")
    main = page.locator("main")

    expect(main.get_by_text("100 feedback forms from 1,838 delegates: a response of 5.4%.")).to_be_visible()
    said = page.get_by_role("table", name=re.compile("The seven outcomes"))
    answers = [row.get_by_role("cell").all_inner_texts() for row in said.get_by_role("row").all()[1:]]
    assert answers == [[f"{share}%", str(share), "100"] for share in SEVEN]

    for number in ("41", "1,838"):
        page.goto("/figures/?year=2014")
        main.get_by_role("link", name=re.compile(f"^{number}")).first.click()
        expect(page).to_have_url(re.compile(r"/events/\?when=past&year=2014"))
        expect(main).to_contain_text("41 events")


@pytest.mark.parametrize(("width", "scripts"), [(390, False), (1280, True)])
def test_the_figures_as_they_stood_in_october_are_those_that_were_printed_then(visit, width, scripts):
    page = visit(pictures=False, width=width, scripts=scripts)
    page.goto("/figures/?year=2014")
    control = page.get_by_label("Counted up to")
    if not control.is_visible():  # folded away on a phone
        page.locator("summary", has_text="Which period").click()
    control.select_option(label="31 October 2014")
    page.get_by_role("button", name="Show", exact=True).click()

    expect(page).to_have_url(re.compile("as_at=2014-10-31"))
    if width == 390:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    figures = page.locator(".lda-figures")
    expect(figures).to_contain_text("28")
    expect(figures).to_contain_text("1,400")
