"""An editor sees what was searched for in vain, says which words mean the same, tries it, and pins a result."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_editor_makes_a_search_find_something_and_takes_it_back(visit, width, scripts):
    editor = visit("editor", width=width, scripts=scripts)
    editor.goto("/search/in-vain/")
    expect(editor.get_by_role("row", name=re.compile("^fly tipping"))).to_be_visible()
    press(editor, "^Add a synonym ?for fly tipping$")
    editor.get_by_label("Words that mean the same").fill("fly tipping\nmissed bins")
    press(editor, "^Try$")
    expect(editor.get_by_text("“fly tipping” then also matches missed bins.")).to_be_visible()
    if scripts:
        expect_accessible(editor, "search/words_form.html")
    press(editor, "^Save$")
    expect(editor.get_by_text("Saved. The next search knows these words.")).to_be_visible()

    editor.goto("/search/?q=fly+tipping")
    expect(editor.locator("main")).to_contain_text(re.compile(r"Also matching\s+missed bins"))
    expect(editor.locator(".lda-result").first).to_be_visible()

    editor.goto("/search/words/")
    press(editor, "^Change ?: fly tipping, missed bins$")
    editor.get_by_text("Remove the group").click()
    press(editor, "^Remove$")
    expect(editor.get_by_text("These words find only themselves again.")).to_be_visible()

    editor.goto("/search/pins/new/?q=potholes&like=missed+bin+reporter")
    editor.get_by_label("Shown first").select_option("Missed bin reporter (asset)")
    press(editor, "^Save$")
    editor.goto("/search/?q=pothole")
    expect(editor.locator(".lda-result").first).to_contain_text("Picked by editors")
    expect(editor.locator(".lda-result").first).to_contain_text("Missed bin reporter")
    editor.goto("/search/pins/")
    press(editor, "^Change ?: potholes$")
    editor.get_by_text("Unpin all").click()
    press(editor, "^Unpin$")
    expect(editor.get_by_text("The search orders these results by itself again.")).to_be_visible()
