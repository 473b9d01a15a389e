"""Stars of councils' websites: as published, by year, beside those that the source compares with; nothing invented."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from core.errors import Refused
from councils.models import Organisation, StarsComparator, WebsiteStars
from councils.stars import load_comparators, load_stars
from tests.pages import plain_words

pytestmark = pytest.mark.django_db
SOURCE = "Better Connected 2013"


@pytest.fixture
def told(surrey):
    """Surrey's stars of two years, compared with four counties whose own are not known."""
    load_stars(row(surrey, year=str(year), stars=stars) for year, stars in ((2012, "4"), (2013, "2")))
    others = Organisation.objects.filter(slug__in=["east-sussex", "kent", "west-sussex", "hampshire"])
    load_comparators(row(surrey, comparator=other.gss_code) for other in others)


def row(council, **more: str) -> dict[str, str]:
    return {"gss": council.gss_code, "source": SOURCE, **more}


def test_a_council_shows_its_stars_by_year_and_the_change_in_words(client, told, surrey):
    page = plain_words(client.get(surrey.get_absolute_url()))

    assert "4 stars of 4 in 2012, 2 in 2013: 2 fewer (−2)." in page
    assert f"Source: {SOURCE}." in page


def test_the_four_it_is_compared_with_stand_beside_it_and_theirs_are_not_on_record(client, told, surrey):
    table = plain_words(client.get(surrey.get_absolute_url())).partition("beside the councils it was compared with")[2]
    table = table.partition("</table>")[0]

    for name in ("East Sussex", "Kent", "West Sussex", "Hampshire"):
        assert name in table
    assert table.count("not on record") == 8


def test_a_council_without_stars_shows_nothing_of_them(client, told):
    kent = Organisation.objects.get(slug="kent")

    assert "Better Connected" not in client.get(kent.get_absolute_url()).content.decode()


def test_as_many_as_before_and_more_are_said_too(client, surrey):
    load_stars([row(surrey, year="2013", stars="2"), row(surrey, year="2014", stars="2")])
    assert "2 stars of 4 in 2013, 2 in 2014: as many as before." in plain_words(client.get(surrey.get_absolute_url()))

    load_stars([row(surrey, year="2014", stars="3")])
    assert "2 stars of 4 in 2013, 3 in 2014: 1 more (+1)." in plain_words(client.get(surrey.get_absolute_url()))


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        ({"stars": "5"}, "no number of stars"),
        ({"stars": "0"}, "no number of stars"),
        ({"year": "next"}, "no year"),
        ({"gss": "E00000000"}, "no council has this GSS code"),
        ({"source": ""}, "needs a source"),
    ],
)
def test_a_row_that_is_wrong_is_refused_before_any_is_written(surrey, wrong, because):
    right = row(surrey, year="2012", stars="4")

    with pytest.raises(Refused, match=because):
        load_stars([right, right | {"year": "2013"} | wrong])

    assert not WebsiteStars.objects.exists()


def test_the_same_table_again_changes_nothing(told, surrey):
    changes = load_stars([row(surrey, year="2012", stars="4")])

    assert (changes.added, changes.changed) == ([], [])


def test_the_database_takes_one_to_four_stars_with_a_source_and_no_council_beside_itself(surrey):
    for stars, source in ((5, SOURCE), (0, SOURCE), (3, "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            WebsiteStars.objects.create(council=surrey, year=2012, stars=stars, source=source)
    with pytest.raises(IntegrityError), transaction.atomic():
        StarsComparator.objects.create(council=surrey, comparator=surrey, source=SOURCE)


def test_a_table_is_read_by_a_command_and_a_wrong_one_changes_nothing(tmp_path, surrey):
    table = tmp_path / "stars.csv"
    table.write_text(f"gss,year,stars,source\n{surrey.gss_code},2012,4,{SOURCE}\n")
    call_command("import_website_stars", table, verbosity=0)
    assert WebsiteStars.objects.get().stars == 4

    table.write_text(f"gss,year,stars,source\n{surrey.gss_code},2013,nine,{SOURCE}\n")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("import_website_stars", table, verbosity=0)
    assert WebsiteStars.objects.count() == 1
