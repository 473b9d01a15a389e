"""What channel shift saves, put into a business case; how far the campaign reaches, entered by an editor."""

from playwright.sync_api import expect

from tests.journeys.steps import press


def test_calls_that_move_to_the_web_are_worked_out_and_the_caveat_goes_along(visit):
    page = visit(scripts=False)
    page.goto("/services/channel-shift/")
    page.get_by_label("Move 1: how many visits a year").fill("10,000")
    page.get_by_label("Move 1: from").select_option(label="Face to face")
    press(page, "Work it out")

    expect(page.locator(".lda-figures")).to_contain_text("£84,700")
    expect(page.locator(".lda-figures")).to_contain_text("Per visit, not per completed transaction.")
    expect(page.locator("main")).to_contain_text("10,000 × (£8.62 − £0.15) = £84,700")


def test_an_editor_enters_a_month_and_everybody_reads_it_with_its_source(visit):
    editor = visit("editor", scripts=False)
    editor.goto("/figures/reach/")
    press(editor, "Enter a number")
    editor.get_by_label("What was counted").select_option(label="Newsletter opened")
    for box, words in (("Day", "3"), ("Month", "2"), ("Year", "2015")):
        editor.get_by_label(box, exact=True).fill(words)
    editor.get_by_label("The number", exact=True).fill("8,2oo")
    editor.get_by_label("Where it comes from").fill("The mailing service, 2 March 2015")
    press(editor, "Enter it")
    expect(editor.get_by_label("The number", exact=True)).to_have_value("8,2oo")
    editor.get_by_label("The number", exact=True).fill("8,200")
    press(editor, "Enter it")

    expect(editor.locator("main")).to_contain_text("The mailing service, 2 March 2015")
    expect(editor.locator("main")).to_contain_text("about 8,200")
