"""The order “councils like mine”: results of the councils most like one first, with why, the same from every engine."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from councils.models import Organisation
from projects.models import Need
from search import queries
from search.alike import nearness
from search.asking import SearchQuery
from search.engines.embedded import EmbeddedEngine
from search.port import Hit
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import OrganisationFactory, SystemFactory
from tests.factories.projects import NeedFactory
from tests.search import samples

pytestmark = pytest.mark.django_db
ADDRESS = "q=bins&sort=alike&like=harlow"


@pytest.fixture
def bins(harlow, surrey, follow):
    """Three things called bins: a county's, a district's elsewhere, and a neighbour's that runs the same system."""
    SystemFactory(council=harlow, product="Roundsman", used_for="Rounds")
    exeter = Organisation.objects.get(slug="exeter")
    near = OrganisationFactory(name="Nearbrook")
    SystemFactory(council=near, product="Roundsman", used_for="Rounds")
    AssetFactory(name="Bins bins bins bins", owner=surrey)
    AssetFactory(name="Bins elsewhere", owner=exeter)
    NeedFactory(title="Bins nearby", council=near)
    follow()
    return near


def test_results_of_the_councils_most_alike_come_first_across_kinds(found, bins):
    assert found(ADDRESS) == ["Bins nearby", "Bins elsewhere", "Bins bins bins bins"]
    assert found("q=bins")[0] == "Bins bins bins bins"


def test_each_result_says_why(client, bins):
    page = client.get(f"/search/?{ADDRESS}").content.decode()

    assert "Nearbrook: district, East of England, same system for rounds" in page
    assert "Exeter: district<" in page
    assert "Surrey: " not in page
    assert ">Councils like Harlow</a> first" in page


def test_the_order_changes_no_total_and_no_count(bins):
    by_relevance, alike = (
        queries.search(AnonymousUser(), SearchQuery.from_query(QueryDict(address))).page
        for address in ("q=bins", ADDRESS)
    )

    assert (alike.total, alike.kinds, alike.facets) == (by_relevance.total, by_relevance.kinds, by_relevance.facets)
    assert {hit.key for hit in alike.hits} == {hit.key for hit in by_relevance.hits}


def test_the_weights_of_the_address_decide(found, bins):
    weights = "&".join(f"weigh_{name}=0" for name in ("region", "systems"))
    page = found(f"{ADDRESS}&{weights}")

    assert set(page[:2]) == {"Bins nearby", "Bins elsewhere"}


def test_an_engines_score_and_order_decide_nothing(bins):
    near = nearness(SearchQuery(q="bins", sort="alike", like="harlow"))
    keys = [f"asset:{row.pk}" for row in Organisation.objects.get(slug="exeter").assets.all()]
    keys += [f"need:{row.pk}" for row in Need.objects.filter(council=bins)]
    hits = [Hit(key, key.partition(":")[0], (("Bins", False),), ()) for key in keys]

    owners = {key: place.owner for key, place in queries.places(keys, AnonymousUser()).items()}
    assert near.ordered(hits, owners) == near.ordered(reversed(hits), owners)
    assert near.ordered(hits, owners)[0].kind == "need"


def test_of_equally_like_councils_the_newest_comes_first(harlow):
    near = nearness(SearchQuery(sort="alike", like="harlow"))
    hits = [Hit(f"news:{n}", "news", (), (), day=day) for n, day in ((1, 5), (2, 9), (3, 5))]

    assert [hit.key for hit in near.ordered(hits, {})] == ["news:2", "news:1", "news:3"]


def test_pages_follow_one_another_without_gap_or_repetition(found, harlow, follow):
    for number in range(25):
        AssetFactory(name=f"Bins {number}", owner=harlow)
    follow()

    first, second = found(ADDRESS), found(f"{ADDRESS}&page=2")

    assert len(first) == 20
    assert len(set(first + second)) == 25


def test_a_reader_is_offered_the_order_of_their_own_council_and_a_stranger_none(signed_in, client, amina, bins):
    assert "councils like" not in client.get("/search/?q=bins").content.decode()

    page = signed_in(amina).get("/search/?q=bins").content.decode()
    [address] = re.findall(r'href="([^"]*sort=alike[^"]*)">councils like Harlow first', page)
    assert "like=harlow" in address
    assert "Nearbrook: district" in signed_in(amina).get("/search/?q=bins&sort=alike").content.decode()


@pytest.mark.parametrize("named", ["", "&like=atlantis", "&like=" + "x" * 5000])
def test_without_a_council_it_is_said_and_sorted_by_relevance(client, found, bins, named):
    page = client.get(f"/search/?q=bins&sort=alike{named}").content.decode()

    assert "council “" in page
    assert found(f"q=bins&sort=alike{named}")[0] == "Bins bins bins bins"


def test_filters_keep_the_order(client, bins):
    page = client.get(f"/search/?{ADDRESS}&weigh_type=1").content.decode()

    assert '<input type="hidden" name="like" value="harlow">' in page
    assert '<input type="hidden" name="weigh_type" value="1">' in page


def test_the_file_says_the_order_and_why(client, bins):
    lines = client.get(f"/search/?{ADDRESS}&format=csv").content.decode().splitlines()

    assert any("order: councils like Harlow first" in line for line in lines[:3])
    assert any("Bins nearby" in line and "same system for rounds" in line for line in lines)


def test_every_source_that_names_a_councils_column_has_one(follow):
    """Each kind of a council's row is asked for its owner without an error."""
    rows = [make() for make in (samples.need, samples.project, samples.asset, samples.event, samples.page)]
    names = ("need", "project", "asset", "event", "page")

    keys = [f"{name}:{row.pk}" for name, row in zip(names, rows, strict=True)]
    assert all(place.owner for place in queries.places(keys, AnonymousUser()).values())


def test_the_embedded_engine_answers_it_as_the_port_does(bins):
    asked = SearchQuery(q="bins", sort="alike", like="harlow").reading()
    answer = queries.search_with(EmbeddedEngine(), AnonymousUser(), asked, near=nearness(asked))

    assert [result.hit.kind for result in answer.results] == ["need", "asset", "asset"]


def test_the_page_of_the_councils_like_it_is_led_to_with_the_weights(client, bins):
    assert (
        'href="/councils/harlow/alike/?weigh_region=0"'
        in client.get(f"/search/?{ADDRESS}&weigh_region=0").content.decode()
    )
    assert 'href="/councils/harlow/alike/"' in client.get(f"/search/?{ADDRESS}").content.decode()
