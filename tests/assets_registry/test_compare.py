"""Up to four assets side by side, from an address that says all of it; the shortlist that leads there."""

import csv
import io
import re

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils.html import escape

from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from councils.kinds import Tier
from councils.models import Membership
from take_up import shortlist
from take_up.models import Adoption
from take_up.queries import take_up, take_ups_with_adopters
from take_up.queries.compare import compare
from take_up.queries.usable import can_use
from take_up.queries.verdict import answer
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory
from tests.factories.take_up import AdoptionFactory
from tests.pages import plain_words, words

pytestmark = [pytest.mark.sql, pytest.mark.django_db]

SHORTLIST = "/assets/shortlist/"
SECRET = "Zqxv of nobody yet"


@pytest.fixture
def bins(luton):
    return AssetFactory(name="Bin days", slug="bins", owner=luton, licence="MIT", tier=Tier.LOWER)


@pytest.fixture
def care(surrey):
    kind = Asset.Kind.RESEARCH
    return AssetFactory(name="Care research", slug="care", owner=surrey, licence="", kind=kind, tier=Tier.UPPER)


@pytest.fixture
def draft(surrey):
    return AssetFactory(name=SECRET, slug="zqxv", owner=surrey, state=Asset.State.DRAFT, published_at=None)


def address(*assets, **more):
    query = [f"asset={getattr(each, 'slug', each)}" for each in assets]
    return f"/assets/compare/?{'&'.join(query + [f'{name}={value}' for name, value in more.items()])}"


def rows_of(*assets, council=None):
    return {row.about: row for row in compare(assets, council).rows}


def said(row):
    return [cell.in_words for cell in row.cells]


def table_of(response):
    lines = response.content.decode("utf-8-sig").splitlines()
    head = [line.strip('"').removeprefix("# ") for line in lines if line.lstrip('"').startswith("#")]
    return head, list(csv.DictReader(io.StringIO("\n".join(lines[len(head) :]))))


# The comparison ----------------------------------------------------------------------------------------------


def test_a_row_that_differs_says_so_in_words_and_one_that_does_not_does_not(client, bins, care):
    page = plain_words(client.get(address(bins, care)))

    assert re.search(r"Licence <strong[^>]*>Differs|Licence Differs", page)
    assert not re.search(r"Phase (<strong[^>]*>)?Differs", page)
    assert "lines differ" in page


def test_what_nobody_recorded_is_not_known_and_never_a_yes(bins, care):
    rows = rows_of(bins, care)

    assert said(rows["Licence"])[1].startswith("Not known: ")
    assert said(rows["Effort"])[0].startswith("Not known: ")
    assert said(rows["Services"]) == ["Not known", "Not known"]
    assert said(rows["Version"]) == ["Not known", "Not known"]
    assert said(rows["Last release"])[0].startswith("Not known: ")


def test_a_line_that_is_not_asked_of_a_kind_is_no_yes_either(bins, care):
    assert said(rows_of(bins, care)["Hosting"])[1] == "Not asked of this kind: user research"


def test_only_what_differs_can_be_shown_and_the_whole_again(client, bins, care):
    page = client.get(address(bins, care, only="differs"))

    assert "Phase" not in [str(row[0]).strip() for row in page.context["rows"]]
    assert all("Differs" in str(row[0]) for row in page.context["rows"])
    assert escape(address(bins, care)) in page.content.decode()


def test_figures_and_sentences_are_those_of_the_page_of_each_asset(client, harlow, bins, care):
    AdoptionFactory(asset=bins, council=harlow)
    AdoptionFactory(asset=bins, council=OrganisationFactory(), may_be_listed=False)
    AdoptionFactory(asset=care, council=harlow, status=Adoption.Status.PILOTING, live_since=None)
    rows = rows_of(bins, care, council=harlow)

    for number, asset in enumerate((bins, care)):
        used = take_up(asset)
        lines = can_use(asset, harlow, used)
        assert said(rows["Used by"])[number] == str(used)
        assert answer(asset, harlow, used).sentence in said(rows["Can Harlow use it?"])[number]
        for line in lines:
            assert said(rows[line.about])[number].endswith(line.reason)
        assert str(used) in plain_words(client.get(f"{asset.get_absolute_url()}?council=harlow"))


def test_adopters_of_the_council_s_own_kind_have_a_row(harlow, bins, care):
    AdoptionFactory(asset=bins, council=harlow)

    district = said(rows_of(bins, care, council=harlow)["Districts that use it"])

    assert re.fullmatch(r"1 of \d+", district[0])
    assert district[1] == "Not meant for districts"
    assert "Districts that use it" not in rows_of(bins, care)


def test_the_take_up_of_several_is_the_take_up_of_each(harlow, bins, care):
    AdoptionFactory(asset=bins, council=harlow)

    found = take_ups_with_adopters([bins, care])

    assert found == {bins.pk: take_up(bins), care.pk: take_up(care)}


def test_each_asset_stands_once_in_the_order_asked_for(client, bins, care):
    page = client.get(address(care, bins, care))

    assert [each.slug for each in page.context["assets"]] == ["care", "bins"]
    assert page.context["lost"] == ""


def test_more_than_four_are_chosen_from(client):
    five = AssetFactory.create_batch(5)

    page = client.get(address(*five))

    assert "A table has room for four assets" in words(page)
    assert page.content.decode().count('type="checkbox"') == 5
    assert page.content.decode().count(" checked>") == 4
    assert "comparison" not in page.context


def test_a_withdrawn_asset_says_so_on_each_line(client, bins, care):
    Asset.objects.filter(pk=care.pk).update(state=Asset.State.WITHDRAWN)
    care.refresh_from_db()
    rows = rows_of(bins, care)

    assert said(rows["State of the entry"]) == ["Published", "Withdrawn"]
    assert said(rows["Licence"])[1] == said(rows["Can a council use it?"])[1] == "Withdrawn by or for its owner"


@pytest.mark.parametrize(
    ("query", "words_of_it"),
    [
        ("asset=not+a+slug", "asset “not a slug”"),
        ("asset=bins&only=zebra", "only “zebra”"),
        ("asset=bins&format=pdf", "format “pdf”"),
        ("asset=bins&council=nowhere", "We know no council “nowhere”"),
        ("asset=" + "x" * 5000, "asset “xxx"),
        ("asset=%00&asset=bins", "One asset alone"),
        ("", "Nothing to compare"),
    ],
)
def test_what_is_not_understood_is_said(client, bins, query, words_of_it):
    response = client.get(f"/assets/compare/?{query}")

    assert response.status_code == 200
    assert words_of_it in plain_words(response)


def test_four_cost_as_many_queries_as_one(client, asked, harlow):
    four = AssetFactory.create_batch(4)
    for asset in four:
        AdoptionFactory(asset=asset, council=harlow)
    counts = []
    for assets in (four[:1], four):
        with asked() as statements:
            client.get(address(*assets, council="harlow"))
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 8


# Secrets -----------------------------------------------------------------------------------------------------


def test_the_same_address_shows_the_same_table_to_a_stranger(signed_in, amina, bins, care):
    link = address(bins, care, council="harlow")

    mine, theirs = signed_in(amina).get(link), Client().get(link)

    assert mine.context["rows"] == theirs.context["rows"]


def seven_kinds(request):
    return [None, *(request.getfixturevalue(name) for name in ("ben", "amina", "grace", "fatima", "boris", "anna"))]


def test_a_draft_is_counted_and_never_named_to_seven_kinds_of_reader(request, bins, draft):
    for person in seven_kinds(request):
        client = Client()
        if person:
            client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        assert not visible_assets(person or AnonymousUser()).filter(pk=draft.pk).exists()
        for more in ({}, {"only": "differs"}, {"format": "csv"}, {"council": "harlow"}):
            response = client.get(address(bins, draft, **more))
            page = response.content.decode()
            assert "1 of these 2 is not public" in page, (person, more)
            assert SECRET not in page, (person, more)
            assert "zqxv" not in page.lower(), (person, more)
        assert client.get("/assets/zqxv/shortlist/").status_code == 404
        assert client.post("/assets/zqxv/shortlist/").status_code == 404
        assert SECRET not in client.get(SHORTLIST).content.decode()


def test_a_draft_and_an_address_of_no_asset_are_told_alike(client, bins, draft):
    secret = client.get(address(bins, draft)).content.decode()

    assert secret == client.get(address(bins, "of-no-asset")).content.decode()


def test_those_who_may_see_a_draft_see_it(signed_in, carlos, draft):
    assert SECRET in signed_in(carlos).get(address(draft)).content.decode()


def test_a_council_that_is_not_to_be_named_is_named_to_nobody_but_itself(signed_in, amina, harlow, bins, care):
    AdoptionFactory(asset=bins, council=harlow, may_be_listed=False)

    link = address(bins, care, council="harlow")

    theirs, mine = Client().get(link), signed_in(amina).get(link)
    assert "Harlow uses it" not in plain_words(theirs)
    assert "Harlow has said" not in plain_words(theirs)
    assert "Harlow has said: Bin days, live. Only your council sees this line." in plain_words(mine)
    assert mine.context["rows"] == theirs.context["rows"]


# The file ----------------------------------------------------------------------------------------------------


def test_the_file_says_what_it_is_its_day_and_its_licence(client, bins, care, draft):
    head, rows = table_of(client.get(address(bins, care, draft, format="csv")))

    assert head[0] == "Assets side by side"
    assert "assets: Bin days and Care research" in head[1]
    assert "1 of these 3 is not public" in head[1]
    assert re.fullmatch(r"As at: \d{4}-\d\d-\d\d \d\d:\d\d \w+", head[2])
    assert head[3] == "Licence: Open Government Licence v3.0"
    assert [row["Name"] for row in rows] == ["Bin days", "Care research"]
    assert rows[1]["Licence"].startswith("Not known")
    assert rows[0]["Illustrative"] == "no"


def test_a_name_that_a_spreadsheet_would_calculate_is_text(client, bins):
    Asset.objects.filter(pk=bins.pk).update(name="=1+1")

    assert table_of(client.get(address(bins, format="csv")))[1][0]["Name"] == "'=1+1"


# The shortlist -----------------------------------------------------------------------------------------------


def add(client, asset, **sent):
    return client.post(f"/assets/{asset.slug}/shortlist/", sent)


def test_a_reader_without_a_session_is_asked_first_and_gets_no_cookie_from_the_list(client, bins):
    page = client.get("/assets/")

    assert not client.cookies
    assert "<form method=post" not in page.content.decode().replace('"', "")
    assert f"/assets/{bins.slug}/shortlist/" in page.content.decode()
    assert "we set a cookie" in words(client.get("/assets/bins/shortlist/"))


def test_added_from_the_list_it_is_counted_at_its_head_and_the_reader_is_back_there(client, bins, care):
    assert add(client, bins, next="/assets/?kind=code").url == "/assets/?kind=code"
    page = client.get("/assets/").content.decode()

    assert "Your shortlist (1)" in page
    assert f'action="/assets/{care.slug}/shortlist/"' in page
    assert f'action="/assets/{bins.slug}/shortlist/"' not in page
    assert "On your shortlist" in client.get(bins.get_absolute_url()).content.decode()


def test_it_leads_back_to_no_other_site(client, bins):
    assert add(client, bins, next="https://example.org/").url == SHORTLIST


def test_sent_twice_it_stands_there_once(client, bins):
    add(client, bins)
    add(client, bins)

    assert shortlist.slugs_in(client.session) == ["bins"]


def test_signed_in_it_is_the_same_shortlist(client, amina, bins):
    add(client, bins)
    client.force_login(amina, backend=settings.AUTHENTICATION_BACKENDS[0])

    assert "Bin days" in client.get(SHORTLIST).content.decode()


def test_it_leads_to_a_comparison_for_the_reader_s_council(signed_in, amina, bins, care):
    client = signed_in(amina)
    add(client, bins)
    add(client, care)

    assert client.get(SHORTLIST).context["compare_url"] == address(bins, care, council="harlow")


def test_one_is_removed_and_all_are_cleared(client, bins, care):
    add(client, bins)
    add(client, care)
    client.post("/assets/bins/shortlist/remove/")
    assert shortlist.slugs_in(client.session) == ["care"]
    client.post("/assets/bins/shortlist/remove/")
    assert shortlist.slugs_in(client.session) == ["care"]

    client.post("/assets/shortlist/clear/")

    assert shortlist.slugs_in(client.session) == []
    assert "Nothing is on it" in client.get(SHORTLIST).content.decode()


def test_beyond_twenty_it_says_that_it_is_full(client):
    assets = AssetFactory.create_batch(shortlist.MOST + 1)
    for asset in assets:
        response = add(client, asset, next="/assets/")

    assert len(shortlist.slugs_in(client.session)) == shortlist.MOST
    assert "A shortlist holds 20 assets. Remove one to add" in response.content.decode()


def test_one_that_is_no_longer_public_is_counted_and_not_named(client, bins, care):
    add(client, bins)
    add(client, care)
    Asset.objects.filter(pk=bins.pk).update(state=Asset.State.DRAFT, published_at=None)

    client.get(SHORTLIST)  # which says once what was added
    page = client.get(SHORTLIST).content.decode()

    assert "1 of these 2 is not public" in page
    assert "Bin days" not in page
    assert "bins" not in client.get(SHORTLIST).context["compare_url"]


def test_a_draft_is_not_put_on_it_by_those_who_may_see_it(signed_in, carlos, draft):
    client = signed_in(carlos)

    response = client.post("/assets/zqxv/shortlist/", follow=True)

    assert "is not published" in plain_words(response)
    assert shortlist.slugs_in(client.session) == []


def test_a_post_from_another_site_adds_nothing(bins):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/assets/bins/shortlist/").status_code == 403
    assert strict.post("/assets/shortlist/clear/").status_code == 403


def test_nothing_changes_by_reading(client, bins):
    for path in ("/assets/bins/shortlist/remove/", "/assets/shortlist/clear/"):
        assert client.get(path).status_code == 405
    client.get("/assets/bins/shortlist/")

    assert shortlist.slugs_in(client.session) == []


def test_a_member_of_two_councils_asks_for_the_first(signed_in, amina, luton, bins, care):
    MembershipFactory(person=amina, organisation=luton, role=Membership.Role.READER)
    client = signed_in(amina)
    add(client, care)

    assert "council=" in client.get(SHORTLIST).context["compare_url"]
