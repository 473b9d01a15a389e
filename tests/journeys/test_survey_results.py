"""A member of the board follows the survey: the barriers, the councils too few to be shown, and the sums for all."""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("width", [390, 1280])
def test_the_barriers_of_2014_stand_beside_2013_and_five_billion_is_not_reached(visit, width):
    page = visit(width=width, scripts=False, pictures=False)
    main = page.locator("main")
    page.goto("/figures/")
    main.get_by_role("link", name="the annual survey").click()
    main.get_by_role("link", name="What holds councils back").last.click()

    legacy = main.get_by_role("row", name=re.compile("Legacy systems and ICT infrastructure"))
    for words in ("72.7%", "86.0%", "+13.3"):
        expect(legacy.get_by_text(words)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    if width == 390:
        main.get_by_text("Show the other 4").click()
    welsh = main.get_by_role("row", name=re.compile("^Welsh councils"))
    expect(welsh).to_contain_text("Not printed")
    expect(welsh).to_contain_text("fewer than 10 answered")

    page.goto("/surveys/2014/savings/")
    main.get_by_role("link", name="What this comes to for all councils").click()
    expect(main).to_contain_text("64.9% × 353 = 229.097, taken as 230")
    for words in ("£322m", "£495m", "£4.95bn"):
        expect(main.locator(".lda-figures").get_by_text(words, exact=True)).to_be_visible()
    main.get_by_label("Growth a year").fill("0")
    main.get_by_role("button", name="Work it out").click()
    expect(page).to_have_url(re.compile("growth=0"))
    expect(main).to_contain_text("Not reached with these figures")
    expect(main).to_contain_text("£3.22bn at those that save")
