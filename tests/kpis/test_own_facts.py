"""Which fact cards are a council's own: by what it is called and when it was in force."""

import datetime as dt

import pytest

from councils.models import Organisation
from kpis.facts.offered import cards_of
from tests.factories.councils import OrganisationFactory
from tests.factories.facts import FactCardFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
WITH_A_SUCCESSOR_OF_THEIR_NAME = ["Buckinghamshire", "Dorset", "North Yorkshire", "Somerset"]


@pytest.mark.parametrize("name", WITH_A_SUCCESSOR_OF_THEIR_NAME)
def test_a_county_is_not_given_what_the_council_said_that_took_its_name(name):
    county, successor = Organisation.objects.councils().filter(name=name).order_by("ends_on")[:2]
    if county.ends_on is None:
        county, successor = successor, county
    assert county.ends_on < successor.starts_on
    assert successor.official_name == f"{name} Council"
    before = FactCardFactory(source=f"{county.official_name}, Report", said_on=dt.date(2014, 5, 6))
    since = FactCardFactory(source=f"{name} Council, Report", said_on=successor.starts_on)
    that_year = FactCardFactory(
        source=f"{name} Council, Report", said_on=successor.starts_on.replace(month=1, day=1), said_to="year"
    )

    assert set(cards_of(county)) == {before}
    assert set(cards_of(successor)) == {since, that_year}


@pytest.mark.parametrize(
    ("said_on", "said_to", "of"),
    [
        (dt.date(2020, 3, 31), "day", "old"),
        (dt.date(2020, 4, 1), "day", "new"),
        (dt.date(2020, 3, 1), "month", "old"),
        (dt.date(2020, 4, 1), "month", "new"),
        (dt.date(2019, 1, 1), "year", "old"),
        (dt.date(2020, 1, 1), "year", "old, new"),
        (dt.date(2021, 1, 1), "year", "new"),
    ],
)
def test_of_two_councils_of_one_name_a_card_is_of_the_one_in_force_when_it_was_said(said_on, said_to, of):
    same = {"name": "Westmarch", "official_name": "Westmarch Council"}
    old = OrganisationFactory(ends_on=dt.date(2020, 3, 31), kind="county", **same)
    new = OrganisationFactory(starts_on=dt.date(2020, 4, 1), kind="unitary", **same)
    FactCardFactory(source="Westmarch Council: site", said_on=said_on, said_to=said_to)

    found = {"old": cards_of(old), "new": cards_of(new)}

    assert ", ".join(name for name, cards in found.items() if cards.exists()) == of


def test_a_council_is_still_found_by_what_people_call_it():
    council = OrganisationFactory(name="Westmarch")
    FactCardFactory(source="Westmarch Council, Annual report")

    assert cards_of(council).count() == 1
