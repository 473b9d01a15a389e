"""The pack: a member finds it on the meeting, reads it as one document, prints it and checks its hash."""

import hashlib
import re

from playwright.sync_api import Page, expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press


def open_pack(page: Page) -> str:
    """The address of the pack of the latest meeting that has one, opened by way of the list of meetings."""
    page.goto("/board/meetings/")
    for address in page.locator(".lda-row__title a").evaluate_all("links => links.map(link => link.pathname)"):
        page.goto(address)
        if page.get_by_role("button", name="Read the pack").count():
            press(page, "Read the pack")
            break
    return re.search(r"/board/packs/[\d-]+/", page.url).group(0)


def test_a_member_reads_the_pack_prints_it_and_checks_its_hash(visit):
    member = visit("board")
    address = open_pack(member)
    main = member.locator("main")
    expect(main).to_contain_text("Asked of you:")
    expect(member.get_by_role("heading", name=re.compile("^Changed since"))).to_be_visible()
    agenda = member.get_by_role("table", name="Agenda")
    expect(agenda.get_by_role("row").nth(1)).to_contain_text("Open actions")
    agenda.get_by_role("link", name="Open actions").click()
    expect(member).to_have_url(re.compile("#actions$"))
    expect(member.get_by_role("table", name="Open actions")).to_be_visible()
    expect_accessible(member, "steering/pack.html")

    frozen = member.request.get(f"{address}content.json").body()
    digest = hashlib.sha256(frozen).hexdigest()
    expect(main.locator("code").first).to_have_text(" ".join(re.findall("....", digest)))

    member.emulate_media(media="print")
    expect(member.get_by_text("To check it,")).to_be_hidden()
    expect(member.get_by_text("Later edits change nothing here.")).to_be_visible()


def test_a_later_update_of_a_project_does_not_alter_it(visit):
    reader = visit("")
    address = open_pack(reader)
    before = reader.locator(".lda-pack").inner_html()

    facilitator = visit("facilitator")
    facilitator.goto("/projects/planning-notices-people-read/")
    facilitator.get_by_label("How does it stand, in one line?").fill("It moves on.")
    press(facilitator, "^Post update$")
    expect(facilitator.locator("main")).to_contain_text("It moves on.")

    reader.goto(address)
    assert reader.locator(".lda-pack").inner_html() == before


def test_on_a_phone_and_without_scripts_it_is_read_as_well(visit):
    for width in (390, 320):
        reader = visit("", width=width, scripts=False)
        address = open_pack(reader)
        expect(reader.locator("main")).to_contain_text("Asked of you:")
        assert address.startswith("/board/packs/")
        assert reader.get_by_role("table", name="Portfolio").bounding_box()["width"] <= width


def test_the_secretariat_looks_at_the_draft_and_is_told_why_it_is_not_published(visit):
    secretariat = visit("secretariat", scripts=False)
    address = open_pack(secretariat)
    secretariat.goto(f"{address}draft/")
    secretariat.get_by_label("What does this version correct?").fill("A title was wrong.")
    press(secretariat, "Publish the corrected pack")

    main = secretariat.locator("main")
    expect(main).to_contain_text(re.compile("This meeting is over|Version 2 of the pack is published"))
    looking = visit("secretariat")
    looking.goto(f"{address}draft/")
    expect_accessible(looking, "steering/pack_draft.html")
