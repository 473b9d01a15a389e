"""Services in numbers: the top 20 of 2012 with its base, and a council's figures, refused row by row, then right."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press


@pytest.mark.parametrize("width", [390, 1280])
def test_the_top_20_says_its_base_and_libraries_stand_first_by_area(visit, width):
    page = visit(width=width, scripts=False, pictures=False)
    main = page.locator("main")
    page.goto("/services/")
    main.get_by_role("link", name=re.compile("top 20")).first.click()

    expect(main).to_contain_text("18.68% of about 378 million web visits")
    expect(main).to_contain_text("Socitm said 388 million elsewhere")
    if width == 390:
        main.get_by_text(re.compile("Show the other")).first.click()
    rows = main.get_by_role("table").first.get_by_role("row")
    expect(rows).to_have_count(22)  # with the head and the total
    expect(rows.last).to_contain_text("70,602,485")
    expect(rows.nth(1)).to_contain_text("11.055,088 in the source; read as 11,055,088")
    main.get_by_role("link", name="By area").click()
    expect(rows.nth(1)).to_contain_text("Libraries")
    expect(rows.nth(1)).to_contain_text("14,516,519")
    expect(rows.nth(2)).to_contain_text("Council tax")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "scripts", "place"), [(390, False, 8), (1280, True, 9)])
def test_a_council_uploads_a_table_that_is_refused_row_by_row_and_corrects_it_there(visit, width, scripts, place):
    page = visit("officer", width=width, scripts=scripts)
    main = page.locator("main")
    lines = page.request.get("/councils/harlow/indicators/template.csv").text().splitlines()
    service, quarter = lines[-21 + place].split(",")[:2]
    head = "service,quarter,cost,completed,completed_web,started_web,ratings,satisfied"
    page.goto("/councils/harlow/indicators/")
    main.get_by_role("link", name="Upload a table").click()
    sent = f"{head}\n{service},{quarter},7622,1000,1340,2000,40,30\n"
    main.get_by_label("File of figures").set_input_files(
        {"name": "figures.csv", "mimeType": "text/csv", "buffer": sent.encode()}
    )
    press(page, "Upload")
    expect(main).to_contain_text("134%")
    if scripts:
        expect_accessible(page, "kpis/indicators/upload.html")
    main.get_by_label(re.compile("Finished on the web")).first.fill("1000")
    main.get_by_label(re.compile("Finished in all channels")).first.fill("1850")
    press(page, "Return all rows")

    page.goto(f"/services/{service}/?council=harlow")
    tiles = page.locator(".lda-figures").first
    for words in ("50.0%", "1,000 finished of 2,000 begun", "54.1%", "£4.12", "75.0%"):
        expect(tiles).to_contain_text(words)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_council_sees_itself_beside_the_middle_of_others_and_how_many_report_all_four(visit, width):
    page = visit("officer", width=width, scripts=width == 1280)
    main = page.locator("main")
    page.goto("/services/coverage/?quarter=2014-q4&service=parking-permits")
    expect(main.get_by_role("heading", level=1)).to_have_text("14 councils report all four indicators")
    main.get_by_role("link", name="Parking permits").click()
    main.get_by_label("Council", exact=True).select_option("norwich")
    press(page, "Show")
    main.get_by_role("link", name="All four figures of Norwich beside others").click()

    expect(main).to_contain_text(re.compile(r"Median: £[\d.]+, of 21 other districts, as at 1 March 2015"))
    expect(main).to_contain_text("12 for comparison only are in the median alone")
    expect(main).not_to_contain_text("Exeter")
    # Its like by weights: those of its region alone.
    for label in ("Type of council", "Systems", "Population band", "Rurality"):
        main.get_by_label(label).select_option("0")
    press(page, "Weigh again")
    expect(main.locator("section[aria-labelledby=like]")).to_contain_text("East of England")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto("/councils/harlow/indicators/")
    expect(main).to_contain_text("Beside other councils")


@pytest.mark.parametrize(("width", "scripts", "place"), [(390, False, 12), (1280, True, 13)])
def test_an_officer_fills_in_the_form_mends_what_is_wrong_and_sees_it_on_the_page_of_the_service(
    visit, width, scripts, place
):
    page = visit("officer", width=width, scripts=scripts)
    main = page.locator("main")
    page.goto("/councils/harlow/indicators/")
    press(page, "Return figures")
    fold = main.locator("details.figures-card").nth(place)
    name = fold.locator(".govuk-details__summary-text").inner_text()
    fold.locator("summary").click()
    fold.get_by_label("Finished in all channels").fill("1,85o")
    # What is typed goes along to a quarter that no other journey returns.
    oldest = main.get_by_label("Quarter").locator("option").last
    quarter = oldest.inner_text()
    main.get_by_label("Quarter").select_option(quarter)
    press(page, "Choose this quarter")
    expect(main).to_contain_text(f"What you typed stands below, now for {quarter}.")
    expect(fold.get_by_label("Finished in all channels")).to_have_value("1,85o")

    for label, number in (("Cost in pounds", "7622"), ("People who rated it", "40"), ("Of them satisfied", "50")):
        fold.get_by_label(label).fill(number)
    press(page, "Return these figures")
    summary = main.get_by_role("alert")
    expect(summary).to_contain_text(f"{name}, finished in all channels: Write it in figures")
    expect(summary).to_contain_text(f"{name}, of them satisfied: That is more than the 40 who rated it")
    if scripts:
        expect_accessible(page, "kpis/indicators/return.html")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    fold.get_by_label("Finished in all channels").fill("1,850")
    fold.get_by_label("Of them satisfied").fill("30")
    press(page, "Return these figures")
    expect(page.locator("body")).to_contain_text("1 service is up to date")

    page.goto("/services/")
    if width == 390:
        page.locator("#filters summary").first.click()
    main.get_by_label("Name", exact=True).fill(name)
    press(page, "Apply filters")
    main.get_by_role("link", name=name, exact=True).click()
    main.get_by_label("Council", exact=True).select_option("harlow")
    press(page, "^Show$")
    for words in ("£7,622 / 1,850", "£4.12", "30 / 40", "75.0%"):
        expect(main).to_contain_text(words)
