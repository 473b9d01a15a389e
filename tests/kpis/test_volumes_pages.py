"""The page of the top 20 gives each share with its base, sums by area and type to one total, and marks misprints."""

import csv
import re

import pytest

from core.panels import panel_context
from councils.models import Service
from kpis.models import VisitCount
from kpis.volumes.operations import import_top20
from kpis.volumes.queries import visits_of

pytestmark = pytest.mark.django_db
PAGE = "/services/top-20/"


@pytest.fixture(autouse=True)
def the_top_20():
    import_top20()


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("&nbsp;", " ").split())


def test_the_page_says_the_total_the_share_and_what_it_is_a_share_of(client):
    said = text_of(client, PAGE)

    assert "20 rows with 70,602,485 visits, 18.68% of about 378 million web visits" in said
    assert "11.055,088 in the source; read as 11,055,088" in said
    assert "Three numbers are misprinted in the source" in said
    assert "Socitm said 388 million elsewhere" in said
    assert "not of the 570 million transactions a year" in said
    assert "20 Parking Report a problem 966,728 0.26%" in said


def test_by_area_and_by_type_come_to_the_same_total_and_libraries_stand_first():
    found = visits_of(2012)

    areas = {group.words: group.visits for group in found.by_area()}
    types = {group.words: group.visits for group in found.by_type()}
    assert found.base == 377_957_628
    assert sum(areas.values()) == sum(types.values()) == found.total == 70_602_485
    assert list(areas.items()) == [
        ("Libraries", 14_516_519),
        ("Council tax", 12_435_015),
        ("Rubbish and recycling", 11_694_336),
        ("Schools/youth", 7_936_529),
        ("Parking", 5_652_243),
        ("Job vacancies", 4_857_031),
        ("Housing", 4_560_776),
        ("Highways", 3_344_569),
        ("Planning", 2_783_243),
        ("Environmental health", 1_450_093),
        ("Leisure facilities", 1_372_131),
    ]
    assert list(types.values()) == [23_638_071, 12_076_390, 10_236_407, 9_854_434, 6_845_061, 5_168_879, 2_783_243]


def test_the_page_regroups_by_its_address_and_bad_words_in_it_show_the_rows(client):
    assert "Libraries 3 rows 14,516,519 3.84%" in text_of(client, f"{PAGE}?by=area")
    assert "Make an application 7 rows 23,638,071 6.25%" in text_of(client, f"{PAGE}?by=type")
    assert "20 Parking Report a problem" in text_of(client, f"{PAGE}?by=%00%27")


def test_the_file_has_every_column_of_its_dictionary(client):
    lines = client.get(f"{PAGE}?format=csv").content.decode("utf-8-sig").splitlines()
    told = client.get(f"{PAGE}dictionary/?format=csv").content.decode("utf-8-sig").splitlines()

    rows = list(csv.DictReader(line for line in lines if not line.startswith(("#", '"#'))))
    explained = [row["Column"] for row in csv.DictReader(line for line in told if not line.startswith(("#", '"#')))]
    assert list(rows[0]) == explained
    assert len({row["Key"] for row in rows}) == 20
    assert sum(int(row["Visits"]) for row in rows) == 70_602_485
    assert (rows[0]["Visits as printed"], rows[0]["Share worked out"]) == ("11.055,088", "2.92")
    assert client.get(f"{PAGE}?format=xlsx").status_code == 200


def test_a_service_says_how_often_people_came_for_its_area(amina):
    [panel] = panel_context(Service.objects.get(slug="parking-permits"), amina)["side_panels"]

    assert panel.context["visits"] == "5,652,243"
    assert (panel.context["share"], panel.context["base"]) == ("1.50%", "about 378 million")
    assert panel.context["rows"] == (
        "Three rows of the top 20: two for applications (3,274,403 and 1,411,112) and one for problems (966,728)."
    )
    assert panel_context(Service.objects.get(lgsl=160), amina)["side_panels"] == []


@pytest.mark.parametrize("by", ["", "?by=area", "?by=type", "?format=csv"])
def test_the_page_asks_as_little_of_many_rows_as_of_few(client, django_assert_max_num_queries, by):
    rows = list(VisitCount.objects.all())
    for number in range(1, 10):
        for row in rows:
            row.pk, row.position = None, number * 20 + row.position % 20 + 1
            row.key = f"2012-{row.position}"
        VisitCount.objects.bulk_create(rows)
        rows = list(VisitCount.objects.filter(position__lte=20))

    with django_assert_max_num_queries(5):
        assert client.get(f"{PAGE}{by}").status_code == 200


def test_before_anything_is_taken_in_the_page_says_so(client):
    VisitCount.objects.all().delete()

    assert "Nothing taken in yet" in text_of(client, PAGE)
    assert client.get(f"{PAGE}?format=csv").status_code == 200
