"""One search finds every kind of record, and says why each result is there."""

import csv
import re
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache

from core.pagination import page_of
from councils.models import Organisation, Service
from search.sources.programme import by_kind
from take_up.models import Adoption
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.events import EventFactory
from tests.factories.projects import DiscoveryFactory, NeedFactory, ProjectFactory, PrototypeFactory
from tests.factories.take_up import AdoptionFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
SERVICES_AND_NEEDS = {
    "household-waste-collection": ["Missed bin collections", "Refuse crews", "Waste in flats"],
    "bulky-waste-collection": ["Bulky waste collection"],
    "garden-waste": ["Garden waste collection day"],
    "council-tax": ["Bin collections on the council tax bill"],
}


def read(client, query: str) -> str:
    page = client.get(f"/search/?{query}")
    assert page.status_code == 200
    return page.content.decode()


def test_a_result_says_why_it_is_there(client, follow, news):
    news("Missed collections", "Bank holidays move 60,000 bin days.")
    follow()

    page = read(client, "q=bin+collections")

    assert "<b>1 result</b>" in page
    assert "Missed <mark>collections</mark>" in page
    assert "60,000 <mark>bin</mark> days" in page
    assert "Also matching <b>waste</b>" in page


def test_what_was_only_looked_for_did_not_match(client, follow):
    follow()

    page = read(client, "q=bin+zzzz")

    assert "<b>0 results</b>" in page
    assert "Also looked for <b>waste</b>" in page


def test_what_holds_no_word_says_so(client, follow):
    follow()

    for typed in ("x" * 150, "!!!"):
        assert "There is no word to look for in what you typed." in read(client, f"q={typed}")
    assert "There is no word" not in read(client, "q=")


def test_every_kind_is_found_at_once_and_counted_on_its_tab(client, follow, found, news):
    NeedFactory(title="Quibble need")
    DiscoveryFactory(title="Quibble discovery")
    PrototypeFactory(title="Quibble prototype")
    ProjectFactory(title="Quibble project")
    EventFactory(title="Quibble day")
    AssetFactory(name="Quibble asset")
    news("Quibble news")
    OrganisationFactory(official_name="Quibble District Council")
    follow()

    titles = found("q=quibble")

    assert len(titles) == 8
    page = read(client, "q=quibble")
    for tab in ("Needs", "Discoveries", "Prototypes", "Projects", "Events", "Assets", "News", "Councils"):
        assert f'{tab} <span class="lda-tabs__count">1</span>' in page
    assert found("q=quibble&kind=need") == ["Quibble need"]


def test_each_result_leads_to_its_record(client, follow):
    need = NeedFactory(title="Quibble need")
    asset = AssetFactory(name="Quibble asset")
    follow()

    page = read(client, "q=quibble")

    assert f'href="{need.get_absolute_url()}"' in page
    assert f'href="{asset.get_absolute_url()}"' in page


def test_a_new_address_holds_at_once_since_it_comes_from_the_row(client, follow):
    need = NeedFactory(title="Quibble need")
    follow()
    need.slug = "another-address"
    need.save()

    assert 'href="/needs/another-address/"' in read(client, "q=quibble")


def test_filters_narrow_and_their_counts_leave_out_themselves(client, follow, found):
    waste = Service.objects.get(slug="household-waste-collection")
    NeedFactory(title="Quibble district", service=waste)
    NeedFactory(title="Quibble county", council=OrganisationFactory(kind="county", region="South East"))
    follow()

    assert found("q=quibble&council_type=county") == ["Quibble county"]
    assert found("q=quibble&service=household-waste-collection") == ["Quibble district"]
    assert len(found("q=quibble&council_type=county&council_type=district")) == 2
    page = read(client, "q=quibble&council_type=county")
    assert 'value="district"' in page
    assert "Remove filter: </span>County" in page


def test_an_asset_is_found_by_the_councils_that_use_it_live(follow, found, harlow):
    AdoptionFactory(asset=AssetFactory(name="Quibble asset"), council=harlow)
    AdoptionFactory(asset=AssetFactory(name="Piloted"), council=harlow, status=Adoption.Status.PILOTING)
    AdoptionFactory(asset=AssetFactory(name="Unnamed use"), council=harlow, may_be_listed=False)
    follow()

    assert "Quibble asset" in found("q=harlow&kind=asset")
    assert not {"Unnamed use", "Piloted"} & set(found("q=harlow&kind=asset"))


def test_a_typing_error_still_finds_and_says_so(client, follow, found):
    NeedFactory(title="Renew a parking permit")
    follow()

    assert found("q=prking+permit") == ["Renew a parking permit"]
    assert "Nothing matches <b>prking permit</b>" in read(client, "q=prking+permit")


def test_no_result_offers_filters_to_drop_and_a_need_to_raise(client, follow):
    NeedFactory(title="Blue badge renewals")
    follow()

    page = read(client, "q=blue+badge&council_type=county&kind=asset")

    assert "Look beyond assets" not in page  # that alone finds nothing
    assert "Search without any filter</a>: 1 result" in page
    page = read(client, "q=blue+badge&council_type=county")
    assert "Look at every type of council, not only County</a>: 1 result" in page
    assert '/needs/new/?title=blue%20badge"' in page
    filters_alone = read(client, "service=blue-badge&year=1999")
    assert "Nothing matches these filters" in filters_alone
    assert 'href="/needs/new/"' in filters_alone


def test_an_empty_search_counts_nothing_and_says_what_to_do(client, follow, found):
    NeedFactory(title="Blue badge renewals")
    follow()

    for query in ("", "q=", "q=!!", "q=+-+&kind=need"):
        page = read(client, query)
        assert "Type what you are looking for" in page
        assert not re.search(r"\d+ results?", page), query
    assert found("kind=need") == ["Blue badge renewals"]
    assert "Blue badge" not in client.get("/search/?format=csv").content.decode()


def test_a_value_that_is_not_understood_is_said_and_not_dropped_in_silence(client, follow):
    NeedFactory(title="Blue badge renewals")
    follow()

    page = read(client, "q=badge&region=wales&year=2014x&kind=thing&sort=evil&council_type=district&format=pdf")

    said = "region “wales”, year “2014x”, kind “thing”, order “evil”, format “pdf”"
    assert f"We did not understand these, so they are not used: {said}." in page
    assert "council type “" not in page
    assert "not understood: region “wales”" in client.get("/search/?q=a&region=wales&format=csv").content.decode()


def test_exact_words_leave_out_what_means_the_same(client, follow, found):
    NeedFactory(title="Refuse rounds", what="Crews know every street.")
    follow()

    assert found("q=bin") == ["Refuse rounds"]
    assert found("q=bin&exact=1") == []


def test_newest_first(follow, found, on_day):
    for year in (2014, 2016, 2015):
        with on_day(year, 1, 1):
            NeedFactory(title=f"Quibble of {year}")
    follow()

    assert found("q=quibble&sort=newest") == ["Quibble of 2016", "Quibble of 2015", "Quibble of 2014"]


def test_results_come_as_csv_with_the_same_filters(client, follow):
    NeedFactory(title="Quibble need")
    AssetFactory(name="Quibble asset")
    follow()

    answer = client.get("/search/?q=quibble&kind=need&format=csv")

    table = answer.content.decode()
    assert answer["Content-Type"].startswith("text/csv")
    assert "words “quibble”; kind Needs" in table
    assert "Quibble need" in table
    assert "Quibble asset" not in table


def test_the_file_says_which_results_are_made_up(client, follow, harlow):
    NeedFactory(title="Harlow need")
    NeedFactory(title="Made up for Harlow", is_illustrative=True)
    follow()

    table = client.get("/search/?q=harlow&format=csv").content.decode()

    marks = {row[1]: row[-1] for row in csv.reader(table.splitlines()) if len(row) > 1}
    assert (marks["Harlow need"], marks["Made up for Harlow"], marks["Harlow District Council"]) == ("no", "yes", "no")


def test_suggestions_are_services_titles_and_councils(client, follow, harlow):
    NeedFactory(title="Harlequin doors")
    follow()

    assert client.get("/search/suggest?q=h").json() == []
    kinds = {s["kind"]: s for s in client.get("/search/suggest?q=harl").json()}
    assert kinds["Council"]["url"] == harlow.get_absolute_url()
    assert kinds["Need"]["text"] == "Harlequin doors"
    assert len(client.get("/search/suggest?q=a").content) < 3


def test_suggestions_keep_the_words_typed_and_lead_to_as_many_results_as_they_say(client, follow, found):
    for slug, titles in SERVICES_AND_NEEDS.items():
        for title in titles:
            NeedFactory(title=title, service=Service.objects.get(slug=slug))
    follow()

    for typed in ("bin coll", "refuse", "waste"):
        rows = client.get("/search/suggest", {"q": typed}).json()
        services = [row for row in rows if row["kind"] == "Service"]
        assert 1 <= len(services) <= 2, typed
        assert rows[: len(services)] == services
        assert rows[-1]["text"] == f"Search for “{typed}”"
        assert len(rows) <= 8
        assert {row["kind"] for row in rows[len(services) : -1]} == {"Need"}
        for row in (*services, rows[-1]):
            address = urlsplit(row["url"])
            assert parse_qs(address.query)["q"] == [typed]
            titles = found(address.query)
            assert row["detail"] == f"{len(titles)} result{'s' if len(titles) != 1 else ''}"
            assert titles


def test_with_nothing_to_suggest_the_search_itself_still_is(client, follow):
    follow()

    assert client.get("/search/suggest?q=zzzz").json() == [
        {"text": "Search for “zzzz”", "url": "/search/?q=zzzz", "kind": "Search", "detail": ""}
    ]


def test_an_unfinished_word_finds_what_begins_with_it_and_the_page_says_so(client, follow, found):
    NeedFactory(title="Tell residents when a bin collection day changes")
    follow()

    assert found("q=bin+coll") == ["Tell residents when a bin collection day changes"]
    assert "Nothing has the word <b>coll</b> here" in read(client, "q=bin+coll")
    assert found("q=bin+coll&exact=1") == []


def test_pages_of_a_list_have_titles_of_their_own(client, follow, news, monkeypatch):
    monkeypatch.setattr("publishing.templatetags.publishing.page_of", partial(page_of, size=1))
    NeedFactory.create_batch(21, title="Quibble need")
    for number in range(2):
        news(f"Quibble news {number}")
    follow()

    for address in ("/search/?q=quibble", "/needs/?", "/news/?"):
        titles = [
            re.search(r"<title>(.*?)</title>", client.get(f"{address}&page={n}").content.decode())[1] for n in (1, 2)
        ]
        assert "page" not in titles[0]
        assert re.search(r", page 2 of \d – Local", titles[1]), titles


def test_filters_come_before_the_results_they_narrow(client, follow):
    NeedFactory(title="Quibble need")
    follow()

    for address in ("/search/?q=quibble", "/needs/", "/assets/", "/projects/", "/events/", "/councils/"):
        page = client.get(address).content.decode()
        name = "columns" if address.startswith("/search/") else "lda-listing"
        assert 0 < page.index(f'class="{name}__filters"') < page.index(f'class="{name}__main"'), address


def test_before_the_first_index_the_page_says_so_and_not_a_moment_longer(client, follow):
    page = read(client, "q=bins")

    assert "Search is being set up" in page
    assert [s["kind"] for s in client.get("/search/suggest?q=harlow").json()] == ["Search"]
    follow()
    assert "Search is being set up" not in read(client, "q=bins")
    assert [s["kind"] for s in client.get("/search/suggest?q=harlow").json()] != ["Search"]


@pytest.mark.parametrize(
    "query",
    [
        "page=999999999",
        "page=-1",
        "page=x",
        "kind=nonsense&sort=evil&year=20x&evidence=99&region=Atlantis&stage=x&service=../etc&asset_kind=0",
        "q=" + "a" * 3000,
        "q=" + "bin+" * 3000,
        "q=%00%01%E2%80%AE%F0%9F%97%91",
        "q=<script>alert(1)</script>",
        "q=%22bin&council_type=district&council_type=district",
        "year=" + "&year=".join(str(y) for y in range(1900, 2099)),
        "year=٢٠١٤&page=٢",
        "size=1000000&from=1000000&highlight=9",
    ],
)
def test_nonsense_is_ignored(client, follow, query):
    NeedFactory(title="Quibble need")
    follow()

    page = read(client, query)

    assert "<script>alert" not in page


def test_words_in_records_are_escaped(client, follow):
    NeedFactory(title="<script>quibble</script>", what="<img src=x onerror=quibble>")
    follow()

    page = read(client, "q=quibble")

    assert "<script>" not in page.replace('<script src="', "").replace('<script type="module" src="', "")
    assert "&lt;img src=x onerror=<mark>quibble</mark>&gt;" in page


def test_only_reading_is_answered(client):
    assert client.post("/search/").status_code == 405
    assert client.post("/search/suggest").status_code == 405


@pytest.mark.parametrize("how_many", [3, 30])
def test_a_page_of_results_takes_the_same_few_queries(
    client, follow, django_assert_max_num_queries, how_many, amina, signed_in
):
    NeedFactory.create_batch(how_many, what="quibble")
    AssetFactory.create_batch(how_many, summary="quibble")
    EventFactory.create_batch(how_many, summary="quibble")
    follow()
    NeedFactory(what="quibble, not indexed yet")

    with django_assert_max_num_queries(5):
        read(client, "q=quibble&council_type=district")
    cache.clear()
    signed_in(amina)
    with django_assert_max_num_queries(10):
        read(client, "q=quibble&council_type=district")


def test_kinds_of_councils_are_written_as_in_the_middle_of_a_sentence():
    kinds = ("london_borough", "district", "district", "welsh")

    assert by_kind([Organisation(kind=kind) for kind in kinds]) == "2 districts, 1 London borough, 1 Welsh council"
