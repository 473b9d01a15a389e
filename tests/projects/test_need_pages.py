"""The register of needs as it is read: the list with its filters, and the pages of needs that are closed."""

import csv
import io

import pytest

from projects.models import NeedSupport
from tests.factories.councils import OrganisationFactory, ServiceFactory
from tests.factories.projects import NeedFactory, PrototypeFactory

NEEDS = "/needs/"


def support(need, *councils):
    for council in councils:
        NeedSupport.objects.create(need=need, council=council, joined_by=need.raised_by)


def titles(response):
    return [line.title for line in response.context["found"].lines]


# The list ---------------------------------------------------------------------------------------------------


def test_a_need_says_how_many_councils_and_tiers_have_it(client, harlow, surrey, luton):
    need = NeedFactory(council=harlow)
    support(need, surrey, luton, OrganisationFactory(kind="london_borough"))

    assert "4 councils, 3 tiers" in client.get(NEEDS).content.decode()
    page = client.get(need.get_absolute_url()).content.decode()
    assert "1 county, 1 district, 2 single-tier councils" in page


def test_the_needs_of_most_councils_come_first_or_the_newest(client, harlow, surrey):
    shared, newest = NeedFactory(title="Shared", council=harlow), NeedFactory(title="Newest")
    support(shared, surrey)

    assert titles(client.get(NEEDS)) == ["Shared", "Newest"]
    assert titles(client.get(NEEDS + "?sort=newest")) == [newest.title, "Shared"]


def test_filters_ask_for_service_kind_region_state_and_words(client, harlow, surrey):
    service = ServiceFactory()
    mine = NeedFactory(title="Mine", council=harlow, service=service, what="Find the hydrant")
    NeedFactory(title="Other", council=surrey, state="withdrawn")

    for query in (
        f"service={service.slug}",
        "kind=district",
        f"region={harlow.region}",
        "state=open",
        "q=hydrant+find",
        "q=HYDRANT",
    ):
        assert titles(client.get(f"{NEEDS}?{query}")) == [mine.title], query
    support(mine, surrey)
    assert set(titles(client.get(NEEDS + "?kind=county"))) == {"Mine", "Other"}


@pytest.mark.parametrize(
    "query",
    [
        "page=9999",
        "page=-1",
        "page=x",
        "kind=dragon",
        "service=no-such-service",
        "service=%00",
        "region=Atlantis",
        "state=%F0%9F%9A%80",
        "sort=drop",
        "utm_source=mail",
        "q=",
        "format=pdf",
    ],
)
def test_nonsense_in_the_address_is_ignored(client, db, query):
    need = NeedFactory()

    response = client.get(f"{NEEDS}?{query}")

    assert response.status_code == 200
    assert titles(response) == [need.title]


def test_an_empty_register_and_an_empty_result_say_what_to_do_next(client, db):
    assert "No needs yet" in client.get(NEEDS).content.decode()
    NeedFactory()
    assert "No need matches" in client.get(NEEDS + "?q=unicorns").content.decode()


def test_the_csv_has_the_same_filters_and_no_formulas(client, harlow):
    NeedFactory(title="=HYPERLINK(1)", council=harlow)
    NeedFactory(title="Left out", state="withdrawn")

    response = client.get(NEEDS + "?state=open&format=csv")

    assert response["Content-Type"].startswith("text/csv")
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert lines[1] == ["# Filters: State: Open"]
    assert [line[0] for line in lines[5:]] == ["'=HYPERLINK(1)"]


# Closed needs keep their address ------------------------------------------------------------------------------


def test_a_withdrawn_need_keeps_its_address_and_says_why(client, db):
    need = NeedFactory(state="withdrawn", state_reason="Solved by the county")

    page = client.get(need.get_absolute_url())

    assert page.status_code == 200
    assert "Solved by the county" in page.content.decode()
    assert "My council has this too" not in page.content.decode()


def test_a_merged_need_keeps_its_address_and_leads_on(client, db):
    other = NeedFactory(title="The living one")
    need = NeedFactory(state="merged", merged_into=other)

    page = client.get(need.get_absolute_url()).content.decode()

    assert f'href="{other.get_absolute_url()}"' in page
    assert "The living one" in page


def test_a_need_that_never_was_is_not_found(client, db):
    assert client.get("/needs/no-such-need/").status_code == 404
    assert client.get("/needs/no-such-need/join/").status_code == 302


def test_names_are_for_people_who_are_signed_in(client, db):
    need = NeedFactory(raised_by__name="Amina Shah")
    PrototypeFactory().needs.add(need)

    assert "Amina Shah" not in client.get(need.get_absolute_url()).content.decode()
