"""Open data of services: one file of what is published, its dictionary, a feed; nothing for comparison only."""

import csv
import io
import json
import re
import zipfile

import pytest

from core import clock, tables
from kpis.indicators.open_data import MEANING
from kpis.models import ServiceReturn
from tests.factories.councils import MembershipFactory, OrganisationFactory, replaced_by
from tests.factories.facts import FactCardFactory
from tests.factories.indicators import ServiceReturnFactory

pytestmark = pytest.mark.django_db

HIDDEN = 987_654


@pytest.fixture
def returns():
    """One that is published, and two that are not: for comparison only, and published only before its correction."""
    shown = ServiceReturnFactory(completed=2_000)
    hidden = ServiceReturnFactory(completed=HIDDEN, council=OrganisationFactory(), for_comparison_only=True)
    ServiceReturnFactory(completed=HIDDEN, replaced_at=hidden.returned_at)
    return shown, hidden


def said(answer):
    return (answer.getvalue() if answer.streaming else answer.content).decode("utf-8-sig")


def test_every_published_return_is_a_row_and_no_other_is(client, returns):
    lines = said(client.get("/services/returns/?format=csv")).splitlines()

    [row] = csv.DictReader(line for line in lines if not line.startswith('"#') and not line.startswith("#"))
    assert (row["Service"], row["Quarter"], row["Cost per transaction"]) == (returns[0].service.name, "2014-q4", "0.20")
    assert row["People who rated it"] == ""
    assert "Licence: Open Government Licence" in "".join(lines[:6])
    assert len(json.loads(said(client.get("/services/returns/?format=json")))["rows"]) == 1


@pytest.mark.parametrize(
    "address", ["/services/returns/?format=csv", "/services/returns/?format=json", "/feeds/services.atom"]
)
def test_what_is_for_comparison_only_is_never_in_it_for_its_own_people_either(client, signed_in, address, returns):
    reader = signed_in(MembershipFactory(organisation=returns[1].council).person)

    for who in (client, reader):
        assert returns[1].council.name not in (answer := said(who.get(address)))
        assert str(HIDDEN) not in answer
        assert returns[0].council.name in answer


def test_the_page_says_what_each_column_means_and_the_list_leads_to_it(client, returns):
    page = client.get("/services/returns/").content.decode()

    assert all(column in page for column in MEANING)
    assert "1 return:" in page
    assert 'href="/services/returns/"' in client.get("/services/").content.decode()
    assert 'href="/services/returns/"' in client.get(returns[0].service.get_absolute_url()).content.decode()


def test_the_file_is_streamed_and_takes_as_many_queries_for_many_rows(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(tables, "CHUNK", 2)
    ServiceReturnFactory.create_batch(7)

    with django_assert_num_queries(1):
        answer = client.get("/services/returns/?format=csv")
        rows = said(answer).splitlines()

    assert answer.streaming
    assert len(rows) == 4 + 1 + 7


def test_the_list_of_services_is_a_file_too(client, returns):
    lines = said(client.get("/services/?format=csv")).splitlines()

    assert "Service,LGSL" in lines[4]
    assert any(line.startswith(f"{returns[0].service.name},") for line in lines)


def test_a_correction_is_an_entry_of_its_own_in_the_feed(client):
    one = ServiceReturnFactory()

    def ids():
        return re.findall(r"<id>([^<]*/returns/[^<]*)</id>", said(client.get("/feeds/services.atom")))

    [first] = ids()
    assert first.endswith(one.get_absolute_url()), "as readers have it"
    ServiceReturn.objects.update(replaced_at=clock.now())
    ServiceReturnFactory(council=one.council, service=one.service, version=2, reason="Counted again")

    assert ids() == [f"{first}#version-2"]
    assert 'id="version-2"' in client.get(one.get_absolute_url()).content.decode()


def test_a_councils_own_figures_are_a_file_without_what_is_for_comparison_only(client, signed_in, returns):
    shown, hidden = returns
    ServiceReturnFactory(council=shown.council, completed=HIDDEN, for_comparison_only=True)
    own = signed_in(MembershipFactory(organisation=shown.council).person)

    for who in (client, own):
        for form in ("csv", "json"):
            text = said(who.get(f"/councils/{shown.council.slug}/indicators/?format={form}"))
            assert shown.service.name in text
            assert str(HIDDEN) not in text
            assert hidden.council.name not in text


def test_each_table_of_services_in_numbers_is_offered_as_csv_and_as_json(client):
    one = ServiceReturnFactory()
    FactCardFactory()
    council, service = one.council.slug, one.service.slug
    one.council.top_services.create(service=one.service, position=1)
    of_service = f"/services/{service}/"
    for address in (
        "/services/", "/services/returns/", "/services/coverage/", "/facts/", f"/councils/{council}/indicators/",
        f"{of_service}?council={council}", f"{of_service}beside/{council}/", f"{of_service}returns/{council}/2014-q4/",
    ):  # fmt: skip
        page = client.get(address).content.decode()
        assert "format=csv" in page, address
        assert "format=json" in page, address


def downloaded(client, council):
    """The returns in the file of all data of a council: its rows by service, and what the README says of it."""
    answer = client.get(f"/councils/{council.slug}/data/")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    text = archive.read("service-returns.csv").decode("utf-8-sig")
    lines = csv.DictReader(line for line in text.splitlines() if not line.lstrip('"').startswith("#"))
    return {line["Service"]: line for line in lines}, archive.read("README.txt").decode()


def test_the_download_of_all_of_a_councils_data_has_its_returns_and_hidden_ones_for_its_own_people_alone(
    client, signed_in
):
    council = OrganisationFactory()
    published = ServiceReturnFactory(council=council, is_illustrative=True)
    hidden = ServiceReturnFactory(council=council, for_comparison_only=True)
    ServiceReturnFactory(council=council, service=published.service, version=2, replaced_at=published.returned_at)
    ServiceReturnFactory()

    rows, read_me = downloaded(client, council)
    assert list(rows) == [published.service.name]
    row = rows[published.service.name]
    assert (row["Cost per transaction"], row["Version"], row["Illustrative"]) == ("4.00", "1", "yes")
    assert "for comparison only" not in read_me
    stranger = MembershipFactory().person
    assert list(downloaded(signed_in(stranger), council)[0]) == [published.service.name]

    rows, read_me = downloaded(signed_in(MembershipFactory(organisation=council, role="reader").person), council)
    assert set(rows) == {published.service.name, hidden.service.name}
    assert rows[hidden.service.name]["For comparison only"] == "yes"
    assert "quarter by quarter, with what is for comparison only" in read_me
    assert published.returned_by.name not in str(rows)


def test_the_download_of_a_successor_has_what_the_councils_before_it_returned_and_published(client, signed_in):
    old, new = OrganisationFactory(), OrganisationFactory()
    replaced_by(new, old=old)
    before = ServiceReturnFactory(council=old)
    hidden = ServiceReturnFactory(council=old, for_comparison_only=True)

    desk = signed_in(MembershipFactory(organisation=new).person)

    assert list(downloaded(desk, new)[0]) == [before.service.name]
    assert hidden.service.name not in downloaded(desk, new)[0]
