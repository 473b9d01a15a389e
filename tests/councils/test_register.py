"""The register holds every UK principal council in force at any time since 2013, and counts them on any day."""

import datetime as dt

import pytest

from councils.kinds import Tier
from councils.models import EmailDomain, Organisation, Service
from councils.queries import base_for, counts_by_kind
from councils.register import COUNCIL_COLUMNS, REFERENCE, load_councils, read_table

END_OF_2014 = dt.date(2014, 12, 31)
pytestmark = [pytest.mark.sql, pytest.mark.django_db]


def test_counts_353_english_councils_at_the_end_of_2014():
    counts = counts_by_kind(END_OF_2014)

    assert counts == {
        "county": 27,
        "district": 201,
        "unitary": 56,
        "london_borough": 32,
        "city_corporation": 1,
        "metropolitan": 36,
        "scottish": 32,
        "welsh": 22,
        "northern_irish": 26,
    }
    assert base_for(Tier.ALL, END_OF_2014) == 353


def test_counts_317_english_councils_today(on_day):
    with on_day(2026, 11, 22):
        counts = counts_by_kind()

        assert (counts["county"], counts["district"], counts["unitary"]) == (21, 164, 63)
        assert (counts["metropolitan"], counts["london_borough"] + counts["city_corporation"]) == (36, 33)
        assert base_for(Tier.ALL) == 317


def test_a_service_has_the_base_of_its_tier():
    assert base_for(Tier.LOWER, END_OF_2014) == 353 - 27
    assert base_for(Tier.UPPER, END_OF_2014) == 353 - 201
    assert base_for(Tier.COUNTY, END_OF_2014) == 27


def test_the_living_council_has_the_plain_address():
    ended, living = Organisation.objects.filter(name="North Yorkshire").order_by("kind")

    assert (ended.slug, living.slug) == ("north-yorkshire-county", "north-yorkshire")
    assert list(ended.successors.all()) == [living]


def test_a_council_of_several_successors_points_at_each():
    dorset = Organisation.objects.get(slug="dorset-county")

    assert [s.slug for s in dorset.successors.order_by("slug")] == ["bournemouth-christchurch-and-poole", "dorset"]


def test_a_list_may_be_loaded_again_without_a_change():
    before = Organisation.objects.count(), EmailDomain.objects.count()

    changes = load_councils(Organisation, EmailDomain, read_table(REFERENCE / "councils.csv", COUNCIL_COLUMNS))

    assert str(changes) == "0 added, 0 changed, 0 ended"
    assert (Organisation.objects.count(), EmailDomain.objects.count()) == before == (455, before[1])


def test_domains_are_lower_case_and_services_have_a_tier():
    assert all(d == d.lower() for d in EmailDomain.objects.values_list("domain", flat=True))
    assert Service.objects.get(lgsl=1756).providing_tier == Tier.UPPER
