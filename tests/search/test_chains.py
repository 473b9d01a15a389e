"""Results of one chain are told apart by what they are, and stand under the best of them where a page has several."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser

from search import queries
from search.asking import SearchQuery
from tests.factories.assets_registry import AssetFactory
from tests.factories.projects import NeedFactory, ProjectFactory, PrototypeFactory
from tests.factories.publishing import publish_case_study
from tests.pages import words

pytestmark = [pytest.mark.sql, pytest.mark.django_db, pytest.mark.usefixtures("short_directory")]


@pytest.fixture
def chain(harlow, follow):
    """A prototype, its project, the project's asset and a case study, all of one name, and a need."""
    prototype = PrototypeFactory(title="Quibble calculator", summary="S.", discovery__title="Other")
    project = ProjectFactory(
        title="Quibble calculator",
        summary="S.",
        prototype=prototype,
        discovery=prototype.discovery,
        lead_council=harlow,
    )
    asset = AssetFactory(name="Quibble calculator", summary="S.", project=project, owner=harlow)
    publish_case_study(harlow, title="Quibble calculator in Harlow", summary="S.", asset=asset)
    NeedFactory(title="A quibble", what="S.", council=harlow)
    follow()
    return prototype, project, asset


def tops(page: str) -> list[str]:
    """The kinds of the results that stand for themselves."""
    return re.findall(r'<p class="lda-result__kind">([\w ]+)', page)


def beneath(page: str) -> list[str]:
    """The kinds of the results that stand beneath another."""
    return re.findall(r'<span class="lda-result__kind">([\w ]+)', page)


def test_a_chain_stands_as_one_result_with_the_others_beneath_it(client, chain):
    page = client.get("/search/?q=quibble").content.decode()

    assert sorted(kind.strip() for kind in tops(page) + beneath(page)) == [
        "Asset",
        "Case study",
        "Need",
        "Project",
        "Prototype",
    ]
    assert len(tops(page)) == 2
    assert len(beneath(page)) == 3
    assert "Part of the same work:" in words(client.get("/search/?q=quibble"))


def test_grouping_changes_no_total_no_count_and_no_file(client, chain):
    page = client.get("/search/?q=quibble").content.decode()

    assert "<b>5 results</b>" in page
    table = client.get("/search/?q=quibble&format=csv").content.decode()
    assert table.lower().count("quibble calculator") == 4


def test_the_best_of_a_chain_comes_first_and_chains_keep_the_order_of_their_best(client, chain):
    flat = [result.hit.key for result in queries.search(AnonymousUser(), SearchQuery(q="quibble")).results]
    chained = [key for key in flat if not key.startswith("need")]
    page = client.get("/search/?q=quibble").content.decode()

    order = [key.partition(":")[0] for key in flat if key == chained[0] or key.startswith("need")]
    kinds = {"asset": "Asset", "page": "Case study", "project": "Project", "prototype": "Prototype", "need": "Need"}
    assert [kind.strip() for kind in tops(page)] == [kinds[name] for name in order]
    assert [kind.strip() for kind in beneath(page)] == [kinds[key.partition(":")[0]] for key in chained[1:]]


@pytest.mark.parametrize("narrowed", ["&sort=newest", "&kind=project", "&sort=alike&like=harlow"])
def test_where_an_order_or_a_kind_was_chosen_each_stands_for_itself(client, chain, narrowed):
    page = client.get(f"/search/?q=quibble{narrowed}").content.decode()

    assert len(tops(page)) == (1 if "kind" in narrowed else 5)
    assert beneath(page) == []


def test_an_asset_of_no_project_and_its_case_study_are_one_chain(client, harlow, follow):
    asset = AssetFactory(name="Quibble list", owner=harlow)
    other = AssetFactory(name="Quibble map", owner=harlow)
    publish_case_study(harlow, title="The quibble list", asset=asset)
    follow()

    page = client.get("/search/?q=quibble").content.decode()

    assert other.get_absolute_url() in page
    assert len(tops(page)) == 2
    assert len(beneath(page)) == 1


def test_what_one_may_not_find_stands_beneath_nothing(client, signed_in, chain, follow, amina, harlow):
    _, project, _ = chain
    AssetFactory(name="Quibble draft", state="draft", published_at=None, project=project, owner=harlow)
    follow()

    assert "Quibble draft" not in words(client.get("/search/?q=quibble"))
    mine = signed_in(amina).get("/search/?q=quibble").content.decode()
    assert len(beneath(mine)) == 4
