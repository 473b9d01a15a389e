"""What a council's profile says of its services: how many are measured, the figures of the largest, its own facts."""

import datetime as dt

import pytest

from kpis.indicators.operations import choose_top_services
from kpis.models import ServiceReturn
from tests.factories.councils import DepartmentFactory, MembershipFactory, OrganisationFactory, ServiceFactory
from tests.factories.facts import FactCardFactory
from tests.factories.indicators import ServiceReturnFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def harlow():
    council = OrganisationFactory()
    services = [ServiceFactory(name=f"Permits of kind {place}") for place in range(1, 6)]
    choose_top_services(council, by=MembershipFactory(organisation=council).person, services=services)
    for each in services[1:]:
        ServiceReturnFactory(council=council, service=each, is_illustrative=True)
    return council


def panel_of(client, council):
    page = client.get(council.get_absolute_url()).content.decode()
    return page.split('id="services-in-figures"')[1].split("</section>")[0]


def test_it_says_how_many_are_measured_and_shows_the_first_three_with_day_source_and_origin(client, harlow):
    said = panel_of(client, harlow)

    assert "Figures of 4 of its top 5 services are published" in said
    assert "Digital take-up <strong>80.0%</strong>" in said
    assert "User satisfaction" not in said  # not collected
    assert [f"kind {place}<" in said for place in range(1, 6)] == [False, True, True, True, False]
    for words in ("As at 31 December 2014.", "the council’s own returns", "Illustrative"):
        assert words in said


def test_what_is_for_comparison_only_stands_there_for_its_own_people_alone(client, signed_in, harlow):
    harlow.service_returns.update(for_comparison_only=True)

    assert "of its top" not in panel_of(client, harlow)
    signed_in(MembershipFactory(organisation=harlow, role="reader").person)
    assert "4 of its top 5 services are measured" in panel_of(client, harlow)
    assert "For comparison only." in panel_of(client, harlow)


def test_the_profile_asks_one_query_for_them(client, asked, harlow):
    with asked() as found:
        client.get(harlow.get_absolute_url())

    assert sum("kpis_servicereturn" in each for each in found) == 1


def facts_on(client, council):
    return client.get(council.get_absolute_url()).content.decode().partition('id="facts-it-gave"')[2]


def test_it_shows_the_facts_that_the_council_said_itself_each_with_unit_question_day_and_source(client, harlow):
    own, basis = f"{harlow.name} Council, Annual report", "All visits of April 2014"
    card = FactCardFactory(
        printed="41,200", unit="visits a month", source=own, said_on=dt.date(2014, 5, 6), basis=basis
    )
    FactCardFactory(printed="more than 30,000", bound="over", source=own, succeeds=None, said_on=dt.date(2013, 5, 6))
    FactCardFactory(printed="570m", source="A paper of others")
    FactCardFactory(printed="99,999", source=own, said_on=dt.date(2014, 1, 1), is_for_scale=True)

    said = facts_on(client, harlow).partition("</section>")[0]

    assert f'href="/facts/{card.slug}/"><strong>41,200</strong> visits a month</a>' in said
    for words in (
        card.question.title,
        "Counted: All visits of April 2014",
        "Said: 6 May 2014.",
        f"Source: {own}.",
        "more than 30,000",
    ):
        assert words in said
    assert "As at" not in said, "a card knows when it was said, not which day it counts"
    assert "570m" not in said
    assert "99,999" not in said


def test_a_fact_that_a_newer_one_succeeded_stands_there_no_more_and_without_any_nothing_stands_there(client, harlow):
    assert facts_on(client, harlow) == ""
    old = FactCardFactory(printed="41,200", source=f"{harlow.official_name}: site", said_on=dt.date(2013, 5, 6))
    FactCardFactory(printed="52,000", source=old.source, succeeds=old, said_on=dt.date(2014, 5, 6))

    said = facts_on(client, harlow)

    assert "52,000" in said
    assert "41,200" not in said


def test_the_profile_asks_one_query_for_its_facts(client, asked, harlow):
    FactCardFactory.create_batch(4, source=f"{harlow.official_name}, Annual report")

    with asked() as found:
        client.get(harlow.get_absolute_url())

    assert sum("kpis_factcard" in each for each in found) == 1


def test_of_a_council_with_nothing_but_hidden_figures_no_page_says_that_nothing_was_returned_or_collected(
    client, signed_in, harlow
):
    harlow.service_returns.update(for_comparison_only=True)
    service = harlow.service_returns.first().service
    dashboard, one = f"/councils/{harlow.slug}/indicators/", f"/services/{service.slug}/?council={harlow.slug}"
    stranger = [client.get(address).content.decode() for address in (dashboard, one)]
    harlow_returned = list(harlow.service_returns.all())
    harlow.service_returns.all().delete()
    without = [client.get(address).content.decode() for address in (dashboard, one)]

    assert _words(stranger) == _words(without), "that there are hidden ones is not told"
    for page in stranger:
        assert "Figures of none of its top 5 services are published" in page
        assert "Nothing published" in page
        for untrue in ("measured", "returned yet", ">Not collected<", "is not counted yet"):
            assert untrue not in page.partition("<main")[2].partition("How it is worked out")[0], untrue

    ServiceReturn.objects.bulk_create(harlow_returned)
    signed_in(MembershipFactory(organisation=harlow, role="reader").person)
    own = [client.get(address).content.decode() for address in (dashboard, one)]
    assert all("4 of its top 5 services are measured" in page for page in own)
    assert "Nothing returned yet" in own[0]
    assert "Nobody else sees them here" in own[1]


def _words(pages):
    return [page.partition("<main")[2].partition("</main>")[0] for page in pages]


@pytest.mark.parametrize(
    "not_shown",
    [{"said_on": dt.date(2099, 1, 1)}, {"is_for_scale": True}, {"succeeded": True}, {"source": "A paper of others"}],
    ids=["of a day to come", "for scale", "succeeded", "of others"],
)
def test_each_thing_that_is_no_fact_of_its_own_today_stands_not_there(client, harlow, not_shown):
    own = {"source": f"{harlow.official_name}, Annual report", "said_on": dt.date(2014, 5, 6)}
    FactCardFactory(printed="stands", **own)
    is_succeeded = not_shown.get("succeeded")
    card = FactCardFactory(printed="hidden", **(own if is_succeeded else own | not_shown))
    if is_succeeded:
        FactCardFactory(printed="newer", succeeds=card, **own)

    said = facts_on(client, harlow)

    assert "stands" in said
    assert "hidden" not in said


def test_the_three_said_last_stand_there(client, harlow):
    own = f"{harlow.official_name}, Annual report"
    for day in (3, 1, 4, 2):
        FactCardFactory(printed=f"number {day}", source=own, said_on=dt.date(2014, 5, day))

    said = facts_on(client, harlow)

    assert [said.find(f"number {day}") > 0 for day in (1, 2, 3, 4)] == [False, True, True, True]
    assert said.index("number 4") < said.index("number 3") < said.index("number 2")


def test_what_is_no_council_has_neither_panel(client):
    department = DepartmentFactory()
    FactCardFactory(printed="41,200", source=department.official_name)

    page = client.get(department.get_absolute_url()).content.decode()

    assert "facts-it-gave" not in page
    assert "services-in-figures" not in page
