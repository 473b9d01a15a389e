"""How like two councils are, and why; what is not known weighs nothing; figures come from a file with a source."""

from dataclasses import asdict

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from audit.models import AuditEvent
from councils.kinds import Kind
from councils.likeness import ASPECTS, DEFAULT, PREFIX, Weights, aspects_of, band_of, like
from councils.models import CouncilFigures, Organisation, Service
from tests.factories.councils import OrganisationFactory, SystemFactory

pytestmark = [pytest.mark.django_db]
FIGURES = "gss,population,rurality,source,as_at\n"


@pytest.fixture
def exeter():
    return Organisation.objects.get(slug="exeter")


@pytest.fixture
def waste():
    return Service.objects.get(name="Household waste collection")


@pytest.fixture
def table(tmp_path):
    def write(text):
        path = tmp_path / "figures.csv"
        path.write_text(FIGURES + text, encoding="utf-8")
        return path

    return write


def figures(council, **fields):
    return CouncilFigures.objects.create(council=council, source="A table", as_at="2013-06-30", **fields)


def likeness(council, other, **weights):
    [found] = like(council, [other], Weights(**{**asdict(DEFAULT), **weights}))
    return found


def test_every_aspect_has_a_weight():
    assert tuple(ASPECTS) == tuple(asdict(DEFAULT))


def test_a_result_says_why_in_words(exeter, waste):
    other = OrganisationFactory(region="South West")
    for council in (exeter, other):
        SystemFactory(council=council, product="Roundsman", service=waste)

    assert likeness(exeter, other).in_words == "district, South West, same system for household waste collection"


def test_each_aspect_that_is_the_same_gives_its_weight(harlow, luton):
    district, neighbour = OrganisationFactory(), OrganisationFactory(region="South West")

    assert (likeness(harlow, district).points, likeness(harlow, district).possible) == (6, 6)
    assert (likeness(harlow, neighbour).points, likeness(harlow, neighbour).possible) == (3, 6)
    assert likeness(harlow, luton).reasons == ("East of England",)


def test_more_than_half_of_what_counts_makes_alike(harlow):
    same, of_its_kind = OrganisationFactory(), OrganisationFactory(region="South West")

    assert likeness(harlow, same).is_alike
    assert not likeness(harlow, of_its_kind).is_alike


def test_a_weight_of_nought_counts_neither_for_nor_against_and_gives_no_reason(harlow, luton):
    found = likeness(harlow, luton, type=0)

    assert (found.points, found.possible, found.in_words) == (3, 3, "East of England")


def test_figures_that_nobody_imported_weigh_nothing(harlow):
    assert set(aspects_of(harlow)) == {"type", "region"}
    assert likeness(harlow, OrganisationFactory(), population=5, rurality=5).possible == 6


def test_figures_known_of_one_council_alone_weigh_nothing(harlow):
    other = OrganisationFactory()
    figures(harlow, population=80_000, rurality="Urban")

    assert likeness(harlow, other).possible == 6

    figures(other, population=90_000, rurality="Rural")
    found = likeness(harlow, other)
    assert (found.points, found.possible) == (7, 8)
    assert found.in_words.endswith("50,000 to 99,999 people")


def test_without_systems_of_ones_own_they_weigh_nothing_and_with_some_they_count_against(harlow):
    other = OrganisationFactory()
    SystemFactory(council=other, product="Roundsman")
    assert likeness(harlow, other).possible == 6

    SystemFactory(council=harlow, product="Another")
    assert (likeness(harlow, other).points, likeness(harlow, other).possible) == (6, 9)


def test_systems_are_matched_however_they_are_spelt_and_only_once_confirmed(harlow):
    other = OrganisationFactory()
    SystemFactory(council=harlow, product="Roundsman")
    SystemFactory(council=other, product="ROUNDSMAN Ltd", waiting=True)
    assert not likeness(harlow, other).same_systems

    other.systems.all().delete()
    SystemFactory(council=other, product="ROUNDSMAN Ltd")
    assert [each.product for each in likeness(harlow, other).same_systems] == ["ROUNDSMAN Ltd"]


def test_the_most_alike_come_first_then_by_name(harlow):
    SystemFactory(council=harlow, product="Roundsman")
    far = OrganisationFactory(name="Aaa", region="South West")
    near = [OrganisationFactory(name=name) for name in ("Zed", "Bee")]
    same = OrganisationFactory(name="Zzz")
    SystemFactory(council=same, product="Roundsman")

    found = [each.council.name for each in like(harlow, [far, *near, same])]

    assert found == ["Zzz", "Bee", "Zed", "Aaa"]


def test_it_compares_with_every_council_in_force_but_itself(harlow):
    found = {each.council.slug for each in like(harlow)}

    assert "harlow" not in found
    assert "allerdale" not in found  # it has ended
    assert len(found) == Organisation.objects.councils().in_force().count() - 1


@pytest.mark.sql
def test_it_asks_twice_however_many_there_are(harlow, django_assert_num_queries):
    for council in Organisation.objects.councils().in_force()[:40]:
        SystemFactory(council=council, product="Roundsman")

    council = Organisation.objects.get(pk=harlow.pk)
    others = list(Organisation.objects.councils().in_force())
    with django_assert_num_queries(2):
        like(council, others)
    with django_assert_num_queries(3):  # one more for those it took over from
        like(council)


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (None, ""),
        (49_999, "fewer than 50,000 people"),
        (50_000, "50,000 to 99,999 people"),
        (499_999, "300,000 to 499,999 people"),
        (500_000, "500,000 people or more"),
    ],
)
def test_the_bands_of_population(people, words):
    assert band_of(people) == words


def test_the_address_holds_the_weights_and_what_means_nothing_is_said():
    weights, strange = Weights.from_query({"weigh_type": "0", "weigh_region": "9", "weigh_systems": "x" * 5000})

    assert weights == Weights(type=0)
    assert weights.query == {f"{PREFIX}type": "0"}
    assert len(strange) == 2
    assert "weight of region “9”" in strange


# The page ----------------------------------------------------------------------------------------------------


def test_the_page_says_why_and_what_is_not_known(client, harlow):
    page = client.get("/councils/harlow/alike/").content.decode()

    assert "Councils like Harlow" in page
    assert "district, East of England" in page
    assert "6 of 6" in page
    assert page.count("Not known: weighs nothing") == 3


def test_other_weights_give_another_order_and_stay_in_the_form(client):
    page = client.get("/councils/harlow/alike/?weigh_type=0").content.decode()

    assert "district, East of England" not in page
    assert '<option value="0" selected>0 (does not count)</option>' in page
    assert "As at first" in page


def test_the_file_has_all_of_them_with_the_weights(client):
    lines = client.get("/councils/harlow/alike/?format=csv&weigh_systems=5").content.decode().splitlines()

    assert any("Systems 5" in line for line in lines[:3])
    assert len(lines) > 100


def test_a_council_that_has_ended_and_other_bodies_have_no_such_page(client):
    for slug in ("allerdale", "dclg"):
        assert client.get(f"/councils/{slug}/alike/").status_code == 404


# The import --------------------------------------------------------------------------------------------------


def test_figures_are_read_with_their_source(table, harlow, capsys):
    call_command("import_council_figures", table(f'{harlow.gss_code},"82,000",Urban,ONS mid-year,2013-06-30\n'))

    found = harlow.figures
    assert (found.population, found.rurality, found.source) == (82_000, "Urban", "ONS mid-year")
    assert "1 added, 0 changed" in capsys.readouterr().out
    assert AuditEvent.objects.filter(action="councils.figures_imported").exists()


def test_the_same_file_again_changes_nothing_and_a_dry_run_neither(table, harlow, capsys):
    path = table(f"{harlow.gss_code},82000,,ONS,2013-06-30\n")
    call_command("import_council_figures", path, "--dry-run")
    assert not CouncilFigures.objects.exists()

    call_command("import_council_figures", path)
    call_command("import_council_figures", path)
    assert "0 added, 0 changed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("E99999999,1,,ONS,2013-06-30", "no council has this GSS code"),
        ("{gss},1,,,2013-06-30", "needs a source"),
        ("{gss},,,ONS,2013-06-30", "says neither"),
        ("{gss},many,,ONS,2013-06-30", "is no number of people"),
        ("{gss},0,,ONS,2013-06-30", "is no number of people"),
        ("{gss},1,,ONS,last year", "is no date"),
        ("{gss},1,,ONS,2013-06-30\n{gss},2,,ONS,2013-06-30", "stands in the file twice"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(table, harlow, luton, row, sentence):
    good = f"{luton.gss_code},1000,,ONS,2013-06-30\n"

    with pytest.raises(CommandError, match=sentence):
        call_command("import_council_figures", table(good + row.format(gss=harlow.gss_code) + "\n"))
    assert not CouncilFigures.objects.exists()


@pytest.mark.parametrize("fields", [{"source": ""}, {"population": None}, {"population": 0}])
def test_the_database_keeps_figures_to_those_with_a_source_and_something_to_say(harlow, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        CouncilFigures.objects.create(
            **{"council": harlow, "population": 1000, "source": "ONS", "as_at": "2013-06-30", **fields}
        )


def test_no_figures_are_shipped():
    assert not CouncilFigures.objects.exists()
    assert Kind.COUNTY in {each.kind for each in Organisation.objects.councils()}
