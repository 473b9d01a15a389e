"""A search for the name of a service or of a council is answered with a line that leads there."""

import datetime as dt
import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from councils.models import Service
from tests.factories.councils import OrganisationFactory
from tests.factories.projects import NeedFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(client):
    """A function: the lines above the results, as text, each with its address."""

    def lines(query: str) -> list[tuple[str, str]]:
        page = client.get("/search/", {"q": query}).content.decode()
        block = re.search(r'<ul class="govuk-list lda-search__named">(.*?)</ul>', page, re.DOTALL)
        items = re.findall(r"<li>(.*?)</li>", block[1], re.DOTALL) if block else []
        links = [unescape(re.search(r'href="([^"]*)"', item)[1]) for item in items]
        return [(" ".join(strip_tags(item).split()), link) for item, link in zip(items, links, strict=True)]

    return lines


@pytest.fixture
def waste(follow):
    """Three needs of household waste collection, none of which says so."""
    NeedFactory.create_batch(3, title="Quibble need", service=Service.objects.get(slug="household-waste-collection"))
    follow()


def test_a_service_comes_first_with_as_many_results_as_it_leads_to(client, waste, named):
    [(line, address)] = named("household waste collections")

    assert line == "Service: Household waste collection – 3 results for this service"
    assert "<b>3 results</b>" in client.get(address).content.decode()


def test_a_service_is_found_by_what_means_the_same(follow, named):
    NeedFactory(title="Quibble need", service=Service.objects.get(slug="council-tax"))
    follow()

    assert [line for line, _ in named("ctax")] == ["Service: Council tax – 1 result for this service"]


def test_a_part_of_a_name_or_a_service_without_results_is_no_answer_of_its_own(waste, named):
    assert named("household waste") == []
    assert named("council tax") == []


def test_a_council_comes_first_by_either_name(follow, named, harlow):
    follow()

    for name in ("harlow", "Harlow District Council"):
        assert (harlow.get_absolute_url()) in [address for _, address in named(name)]


def test_a_council_is_found_by_its_former_name(client, follow, named, found):
    council = OrganisationFactory(
        name="Quibbleshire", official_name="Quibbleshire Council", former_names="Benchley;North Chair"
    )
    follow()

    assert named("north chair") == [
        ("Council: Quibbleshire Council – formerly North Chair", council.get_absolute_url())
    ]
    assert found("q=benchley") == ["Quibbleshire Council"]


@pytest.mark.parametrize("typed", ["kings chair and bench", "King's Chair & Bench", "KING’S CHAIR BENCH"])
def test_case_signs_accents_and_small_words_make_no_other_name(follow, named, typed):
    council = OrganisationFactory(name="King’s Chair and Bench", official_name="Borough Council of Benchley")
    OrganisationFactory(name="Bench", official_name="Bench Council")
    follow()

    assert named(typed) == [(f"Council: {council.official_name} – {council.place}", council.get_absolute_url())]


def test_a_name_is_no_form_of_another_word(follow, named):
    OrganisationFactory(name="Benching", official_name="Benching Council")
    follow()

    assert named("bench") == []
    assert len(named("benching")) == 1


def test_a_council_that_has_ended_says_who_took_over(follow, named):
    old = OrganisationFactory(name="Benchley", official_name="Benchley District Council", ends_on=dt.date(2019, 3, 31))
    old.successors.add(OrganisationFactory(name="Quibbleshire", official_name="Quibbleshire Council"))
    follow()

    [(line, address)] = named("Benchley")
    assert line == "Council: Benchley District Council – until 31 March 2019, now Quibbleshire"
    assert address == old.get_absolute_url()


def test_a_council_is_named_where_nothing_else_is_found(client, follow, named):
    follow()
    council = OrganisationFactory(name="Zzyzxbury", official_name="Zzyzxbury Council")  # not indexed yet

    assert [address for _, address in named("zzyzxbury")] == [council.get_absolute_url()]


def test_where_records_are_found_but_no_council_no_names_are_looked_through(client, follow, asked):
    NeedFactory(title="Quibble need")
    follow()

    client.get("/search/?q=quibble")
    with asked() as statements:
        assert "<b>1 result</b>" in client.get("/search/?q=quibble").content.decode()

    assert not [each for each in statements if "former_names" in each]


def test_a_narrowed_search_has_no_such_line(client, waste):
    page = client.get("/search/?q=household+waste+collection&kind=need").content.decode()

    assert "for this service" not in page


def test_raising_a_need_carries_the_words_over_and_shows_similar_ones(client, signed_in, amina, follow):
    NeedFactory(title="Report a xylophone left in the street")
    follow()

    page = client.get("/search/?q=xylophone+in+the+park&kind=asset").content.decode()
    address = re.search(r'href="(/needs/new/\?title=[^"]*)"', page)[1]
    form = signed_in(amina).get(address).content.decode()

    assert 'value="xylophone in the park"' in form
    assert "Report a xylophone" in form
