"""C2: an officer writes a case study by ten questions, is asked for what was before, and sends it to the publisher."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import press


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)])
def test_a_case_study_is_written_in_ten_questions_and_sent(visit, width, scripts):
    page, title = visit("officer", width=width, scripts=scripts), f"Texts on bin day, {width}"
    page.goto("/case-studies/")
    press(page, "^Write a case study$")
    press(page, "^Start$")
    press(page, "^Continue$")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Give it a title.")
    page.get_by_label("Title").fill(title)
    page.locator("select[name=service]").select_option(label="Household waste collection")
    press(page, "^Continue$")
    page.get_by_label("The problem").fill("Nobody knew when the crew would come back.")
    press(page, "^Continue$")
    page.get_by_label("What you did").fill("We made:\n- a list in the cab\n- a text to the street")
    press(page, "^Finish later$")

    on = visit("officer", width=width, scripts=scripts)  # on another device
    on.goto("/account/")
    press(on, f"^{title}$")
    expect(on.get_by_role("heading", level=1)).to_have_text("Who took part?")
    press(on, "^Continue$")
    on.locator("[name=measure]").fill("Calls about flats")
    on.locator("form summary").first.click()
    press(on, "^Digital take-up, Household waste collection")
    expect(on.locator("[name=before]")).to_have_value("37")
    expect(on.locator("main")).to_contain_text("Filled in from your council’s own returns for")
    press(on, "^go back to what you typed$")
    expect(on.locator("[name=measure]")).to_have_value("Calls about flats")
    for name, typed in {"measure": "Calls about bins", "unit": "calls a month", "after": "268"}.items():
        on.locator(f"[name={name}]").fill(typed)
    press(on, "^Continue$")
    expect(on.locator(".govuk-error-summary")).to_contain_text("What was it before?")
    answers = {"before": "410", "before_n": "3", "after_n": "3"}
    answers |= {"before_on_day": "31", "before_on_month": "3", "before_on_year": "2025"}
    answers |= {"after_on_day": "31", "after_on_month": "3", "after_on_year": "2026"}
    for name, typed in answers.items():
        on.locator(f"[name={name}]").fill(typed)
    for _ in range(6):  # cost, trouble, advice and picture are left out; the summary is made of what was said
        press(on, "^Continue$")

    main = on.locator("main")
    expect(on.get_by_role("heading", level=1)).to_have_text("Check and send")
    expect(main).to_contain_text("from 410 to 268 calls a month")
    expect(main.locator(".lda-draft li")).to_have_text(["a list in the cab", "a text to the street"])
    expect(main).to_contain_text("Level 2, now")
    press(on, "^Send to ")
    expect(main).to_contain_text(re.compile("With .*Priya Nair since today"))
