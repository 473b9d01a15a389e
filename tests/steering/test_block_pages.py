"""What blocks projects on its pages: the list, a block with its ladder, the project's panel, and what is done there."""

import csv
import datetime as dt
import io
from html import unescape

import pytest

from projects.blocks.operations import merge_block
from projects.models import Block
from steering.queries.blocks import blocks_over, blocks_with_the_board
from tests.factories.councils import DepartmentFactory
from tests.factories.projects import BlockFactory, ProjectFactory
from tests.steering.test_board import text_of

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
TODAY = dt.date(2026, 11, 26)
Level = Block.Level


@pytest.fixture(autouse=True)
def today(on_day):
    with on_day(TODAY.year, TODAY.month, TODAY.day):
        yield


def words(answer) -> str:
    return unescape(text_of(answer.content.decode()))


def open_for(days: int, title: str, *councils, **given) -> Block:
    block = BlockFactory(title=title, raised_on=TODAY - dt.timedelta(days=days), **given)
    block.councils.set(councils)
    return block


def titles(client, query: str = "") -> list[str]:
    rows = csv.reader(io.StringIO(client.get(f"/board/blockers/?format=csv&{query}").content.decode("utf-8-sig")))
    body = [row for row in rows if row and not row[0].startswith("#")]
    return [row[0] for row in body[1:]]


def test_open_ones_stand_first_the_furthest_up_and_the_longest_open_on_top(client):
    open_for(5, "Young")
    open_for(9, "Old")
    open_for(1, "High", level=Level.BOARD)
    open_for(50, "Gone", removed_on=TODAY, outcome="Cleared.")

    assert titles(client) == ["High", "Old", "Young", "Gone"]


def test_the_list_narrows_by_state_level_project_and_who_can_remove(client):
    gds = DepartmentFactory(name="GDS", slug="gds")
    project = ProjectFactory(running=True, slug="permits")
    open_for(5, "Ours", project=project)
    open_for(5, "Theirs", level=Level.DEPARTMENT, who_can_remove=gds)
    open_for(5, "Gone", removed_on=TODAY, outcome="Cleared.")

    assert titles(client, "state=removed") == ["Gone"]
    assert titles(client, "level=department") == ["Theirs"]
    assert titles(client, "remover=gds") == ["Theirs"]
    assert titles(client, "project=permits") == ["Ours"]
    assert titles(client, "year=2026") == ["Gone"]


def test_a_merged_block_is_told_once_and_found_by_each_of_its_projects(client, sunita):
    one, two = open_for(5, "One"), open_for(9, "Two")
    merge_block(one, into=two, by=sunita)

    assert titles(client) == ["Two"]
    assert titles(client, f"project={one.project.slug}") == ["Two"]


def test_the_page_says_with_whom_it_is_for_how_long_and_who_waits(client, harlow, surrey):
    block = open_for(47, "No legal gateway", harlow, surrey, level=Level.BOARD)

    page = words(client.get(block.get_absolute_url()))

    assert "The board has been asked to remove it since 10 October 2026." in page
    assert "Days open 47" in page
    assert "2 councils wait Harlow , Surrey" in page
    assert "after 90 days open" in page


def test_the_tabs_count_what_the_filters_count_and_every_block_is_among_all(client):
    open_for(5, "Ours")
    open_for(9, "Theirs", level=Level.BOARD)
    open_for(9, "Gone", level=Level.BOARD, removed_on=TODAY, outcome="Cleared.")

    answer = client.get("/board/blockers/")

    tabs = {tab["text"]: tab["count"] for tab in answer.context["levels"]}
    assert (tabs["All"], tabs["With the board"], tabs["With the project"], tabs["Removed"]) == (3, 1, 1, 1)
    assert sum(tabs.values()) == 2 * tabs["All"], "the tabs beside it sum to all"
    counts = {each.value: each.count for each in answer.context["found"].counts.options["level"]}
    assert (counts["board"], counts["project"]) == (1, 1)


def test_an_open_block_names_its_project_in_the_list_and_that_no_council_is_named(client):
    block = open_for(5, "No gateway", project__title="Parking permits")

    listed, page = words(client.get("/board/blockers/")), words(client.get(block.get_absolute_url()))

    assert "Parking permits 5 days open, with the project" in listed
    assert "No council is named; who can remove it: not known yet" in listed
    assert "Councils that wait No council is named" in page


def test_a_merged_block_says_its_own_days_and_who_can_remove_the_main_one(client, sunita):
    gds = DepartmentFactory()
    main, merged = open_for(47, "Main", who_can_remove=gds), open_for(5, "Merged")
    merge_block(merged, into=main, by=sunita)

    page = words(client.get(merged.get_absolute_url()))

    assert "Days open 5" in page
    assert f"Who can remove it {gds}" in page


def test_after_90_days_without_a_name_the_page_asks_for_one(client):
    block = open_for(91, "No legal gateway", level=Level.BOARD)

    assert "nobody has said who can remove it" in words(client.get(block.get_absolute_url()))


def test_strangers_see_no_names_and_no_forms(client):
    block = open_for(3, "No legal gateway")
    block.steps.create(level=Level.PROJECT, on=TODAY, by=block.raised_by)

    page = client.get(block.get_absolute_url()).content.decode()

    assert block.raised_by.name not in page
    assert '<form method="post" action="/board/blockers/' not in page


def test_who_leads_a_project_raises_a_block_on_its_page(signed_in, grace, harlow, short_directory):
    project = ProjectFactory(running=True, lead_council=harlow)
    client = signed_in(grace)
    assert f'href="/projects/{project.slug}/blocks/new/"' in client.get(project.get_absolute_url()).content.decode()

    given = {"title": "No legal gateway", "what": "It is not allowed.", "who_can_remove": "", "councils": [harlow.pk]}
    answer = client.post(f"/projects/{project.slug}/blocks/new/", given, follow=True)

    assert "after 14 days it goes to the secretariat" in words(answer)
    assert Block.objects.get().councils.get() == harlow
    assert "No legal gateway" in words(client.get(project.get_absolute_url()))


def test_what_is_missing_is_said_beside_the_field_and_what_was_typed_stays(signed_in, grace, harlow, short_directory):
    project = ProjectFactory(running=True, lead_council=harlow)

    answer = signed_in(grace).post(f"/projects/{project.slug}/blocks/new/", {"title": "No gateway", "what": ""})

    assert answer.status_code == 422
    assert "Say what it stops, and why." in words(answer)
    assert 'value="No gateway"' in answer.content.decode()


def test_nobody_else_may_open_the_form(signed_in, ben):
    project = ProjectFactory(running=True)

    assert signed_in(ben).get(f"/projects/{project.slug}/blocks/new/").status_code == 403


def test_the_secretariat_asks_a_department_and_without_a_name_hears_what_is_missing(signed_in, sunita):
    block, gds = open_for(31, "No legal gateway", level=Level.BOARD), DepartmentFactory(name="GDS")
    client = signed_in(sunita)

    refused = client.post(f"{block.get_absolute_url()}pass-up/", {"pass_up-words": "Please.", "pass_up-body": ""})
    done = client.post(
        f"{block.get_absolute_url()}pass-up/", {"pass_up-words": "Please.", "pass_up-body": gds.pk}, follow=True
    )

    assert refused.status_code == 422
    assert "by name" in words(refused)
    assert 'value="Please."' in refused.content.decode()
    assert "It is with GDS now." in words(done)


def test_removed_the_page_says_how_and_after_how_many_days(signed_in, sunita):
    block = open_for(47, "No legal gateway")

    answer = signed_in(sunita).post(
        f"{block.get_absolute_url()}remove/", {"remove-outcome": "The gateway is clear."}, follow=True
    )

    assert "Removed after 47 days." in words(answer)
    assert "The gateway is clear." in words(answer)


def test_the_secretariat_merges_what_is_alike_and_splits_it_off_again(signed_in, sunita):
    one, two = open_for(5, "No legal gateway for drivers"), open_for(9, "Legal gateway for drivers missing")
    client = signed_in(sunita)
    assert two.title in words(client.get(one.get_absolute_url()))

    merged = client.post(f"{two.get_absolute_url()}merge/", {"into": one.slug}, follow=True)
    assert merged.redirect_chain[-1][0] == one.get_absolute_url()
    assert "Days open 9" in words(merged)

    client.post(f"{two.get_absolute_url()}split/")
    assert "Days open 5" in words(client.get(one.get_absolute_url()))


def test_the_form_for_merging_offers_candidates_and_a_box_for_any_other(signed_in, sunita):
    block, alike = open_for(5, "No legal gateway for drivers"), open_for(9, "Legal gateway for drivers missing")
    lower = open_for(2, "Drivers have no legal gateway")
    Block.objects.filter(pk__in=[block.pk, alike.pk]).update(level="board")
    other = open_for(7, "Something else", level="board", what="Printers jam.")
    client, merge = signed_in(sunita), f"{block.get_absolute_url()}merge/"

    page = client.get(block.get_absolute_url())
    offered = [slug for slug, _ in page.context["merge_form"].fields["into"].choices]
    assert (offered, page.context["lower"]) == ([alike.slug, "other"], [lower])

    for sent, said in (
        ({}, "Say which block says the same."),
        ({"into": "other"}, "Give the address of the other block."),
        ({"into": "other", "other": "no-such"}, "There is no block at this address."),
        ({"into": alike.slug, "other": other.slug}, "You chose a block above."),
        ({"into": other.slug}, "Choose one of these blocks, or another by its address."),
    ):
        assert said in words(client.post(merge, sent))
    assert Block.objects.get(pk=block.pk).merged_into is None

    client.post(f"{lower.get_absolute_url()}merge/", {"into": "other", "other": block.slug})
    assert Block.objects.get(pk=lower.pk).merged_into == block
    client.post(merge, {"into": "other", "other": other.get_absolute_url()})
    assert Block.objects.get(pk=block.pk).merged_into == other


def test_the_longest_open_are_first_and_of_one_day_those_with_more_councils(harlow, surrey):
    for number in range(3):
        open_for(40 + number, f"Block {number}")
    open_for(42, "With councils", harlow, surrey)
    open_for(90, "Gone", removed_on=TODAY, outcome="Cleared.")

    assert [block.title for block in blocks_over(TODAY)][:2] == ["With councils", "Block 2"]
    assert "Gone" in [block.title for block in blocks_over(TODAY - dt.timedelta(days=1))]


def test_what_blocks_a_project_that_has_ended_waits_for_nothing():
    block = open_for(40, "Legal gateway", level="board")
    assert list(blocks_with_the_board(TODAY)) == [block]
    type(block.project).objects.update(stage="stopped", ended_on=TODAY, lesson="Too early.")

    assert blocks_over(TODAY) == []
    assert not blocks_with_the_board(TODAY)
    assert blocks_over(TODAY - dt.timedelta(days=1)) == [block]


def test_those_open_for_30_days_are_named_from_that_day_on():
    open_for(30, "Long enough")
    open_for(29, "Not yet")

    assert [block.title for block in blocks_over(TODAY)] == ["Long enough"]
