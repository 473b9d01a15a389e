"""Kinds and regions of councils stand in one list each, whatever asks for them."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from councils.kinds import COUNCIL_KINDS, REGIONS, Kind, many_in_words
from councils.models import Organisation
from councils.queries import counts_by_kind, counts_by_kind_on
from search.asking import SearchQuery
from search.sources.programme import by_kind
from tests.councils.test_imports import HEADER

pytestmark = pytest.mark.django_db
END_OF_2014 = dt.date(2014, 12, 31)
END_OF_2024 = dt.date(2024, 12, 31)


def test_the_search_and_the_lists_know_the_same_regions(rf):
    query = rf.get("/search/", {"q": "bins", "region": [*REGIONS, "Zqxv Region"]}).GET
    Organisation.objects.filter(region="Wales").delete()  # a region is one, whoever lies in it today

    asked = SearchQuery.from_query(query)

    assert set(asked.filters["region"]) <= set(REGIONS)
    assert "Zqxv" not in str(asked.filters)
    assert SearchQuery.from_query(rf.get("/search/?q=bins&region=Wales").GET).filters["region"] == ("Wales",)


def test_every_council_of_the_register_lies_in_one_of_the_regions():
    assert set(Organisation.objects.councils().values_list("region", flat=True)) == set(REGIONS)


@pytest.mark.parametrize(("nation", "region"), [("England", "Atlantis"), ("Atlantis", "London"), ("England", "")])
def test_a_list_with_another_region_or_nation_is_refused(tmp_path, nation, region):
    path = tmp_path / "list.csv"
    path.write_text(f"{HEADER}Poseidonis,Poseidonis Council,unitary,{nation},{region},,,,,\n", encoding="utf-8")

    with pytest.raises(CommandError, match="no nation and region"):
        call_command("import_councils", path)

    assert not Organisation.objects.filter(name="Poseidonis").exists()


def test_several_of_a_kind_are_named_in_one_way(harlow, luton):
    assert [many_in_words(kind) for kind in COUNCIL_KINDS] == [
        "counties", "districts", "unitaries", "metropolitan districts", "London boroughs", "city corporations",
        "Scottish councils", "Welsh councils", "Northern Irish councils",
    ]  # fmt: skip
    assert many_in_words(Kind.PROFESSIONAL_BODY) == "professional bodies"
    assert by_kind([harlow, harlow, luton]) == "2 districts, 1 unitary"


def test_councils_of_several_days_are_counted_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        counted = counts_by_kind_on({END_OF_2014, END_OF_2024})

    assert counted == {END_OF_2014: counts_by_kind(END_OF_2014), END_OF_2024: counts_by_kind(END_OF_2024)}
    assert list(counted[END_OF_2014]) == [kind.value for kind in COUNCIL_KINDS]
    assert counts_by_kind_on(set()) == {}
