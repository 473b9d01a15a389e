"""One analyst proposes the figures of a wave and another publishes them; before that no page or file says a word."""

import json
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core import clock
from core.errors import Refused
from events.models import SkillDemand
from surveys.disclosure import StillFound, attack, lines
from surveys.disclosure.release import WHY_NO_BREAKDOWN, MarginInBreakdown
from surveys.disclosure.values import TOTAL, PrintedCategory, PrintedColumn, ReleasedCell
from surveys.models import AskedRow, Fieldwork, Mention, PrintedCell, ResultsRow, SurveyRelease, Wave
from surveys.release import operations, printing
from surveys.release.frozen import release_of
from surveys.release.operations import close_fieldwork, closing
from surveys.release.printing import CODED, WHY_MERGED, TableReader, coded_table, figure_in
from surveys.results.queries import compared_table
from tests.factories.accounts import UserFactory
from tests.surveys.files import in_file
from tests.surveys.running import answer, answered_by_many, closed, councils, due, opened

pytestmark = pytest.mark.django_db
PAGES = ("/surveys/2015/", "/surveys/2015/strategy/", "/surveys/2015/strategy/?format=csv",
         "/surveys/2015/strategy/dictionary/", "/surveys/2015/savings/extrapolation/")  # fmt: skip


@pytest.fixture
def wave():
    return closed()


def coded(wave, by):
    for text, row in (("bins", "website"), ("planning", "cost"), ("a portal", "website")):
        operations.code_texts(wave, table="priorities", texts=[text], row=row, by=by)
    operations.write_coding_rule(wave, table="priorities", words="By what is to change first.", by=by)
    return wave


def published(wave, anna, other_analyst):
    operations.propose_release(coded(wave, anna), by=anna)
    return operations.confirm_release(wave, by=other_analyst)


def test_no_wave_is_published_after_a_later_one_was_counted_without_it(wave, anna, other_analyst):
    operations.propose_release(coded(wave, anna), by=anna)
    later = Wave.objects.create(year=wave.wave.year + 1, title="The next", source="Here", licence="OGL")
    running = Fieldwork.objects.create(
        wave=later,
        state="closed",
        plan={"barriers": []},
        opened_at=clock.now(),
        closes_at=clock.now(),
        closed_at=clock.now(),
        is_illustrative=wave.is_illustrative,
    )
    SurveyRelease.objects.create(fieldwork=running, frozen={}, computed_at=clock.now())

    with pytest.raises(Refused, match="was counted without these figures"):
        operations.confirm_release(wave, by=other_analyst)


def test_a_table_to_which_nobody_wrote_stays_out_of_what_is_computed(wave, anna):
    Mention.objects.all().delete()
    operations.undo_coding(wave, table="priorities", texts=["bins"], by=anna)

    assert "priorities" not in SurveyRelease.objects.get(fieldwork=wave).frozen[CODED]


def test_nobody_publishes_alone(wave, anna):
    operations.propose_release(coded(wave, anna), by=anna)

    with pytest.raises(PermissionDenied, match="somebody else"):
        operations.confirm_release(wave, by=anna)
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyRelease.objects.update(confirmed_by=anna, confirmed_at="2026-01-01T00:00Z")


def test_who_confirms_confirms_the_proposal_that_they_looked_at(wave, anna, other_analyst):
    looked_at = operations.propose_release(coded(wave, anna), by=anna).proposed_at.isoformat()
    operations.take_back_proposal(wave, by=anna)
    again = operations.propose_release(wave, by=anna).proposed_at.isoformat()

    with pytest.raises(Refused, match="proposed anew"):
        operations.confirm_release(wave, by=other_analyst, seen=looked_at)

    assert operations.confirm_release(wave, by=other_analyst, seen=again).is_published


def test_no_share_of_mentions_tells_of_a_row_that_is_withheld():
    fieldwork = opened()
    for number, council in enumerate(councils({"district": 20})):
        answer(fieldwork, number, council, texts=["Bins" if number < 12 else "Planning"], strategy="yes")
    wave = close_fieldwork(due(fieldwork))
    rows = list(ResultsRow.objects.filter(table__slug="priorities").order_by("position")[:3])
    for text, row in (("bins", rows[0]), ("planning", rows[1])):
        Mention.objects.filter(text__iexact=text).update(row=row, coded_by=UserFactory())

    found = coded_table(wave, "priorities", is_printable=True)

    assert release_of(found["release"]).column(f"priorities:{rows[2].key}").state == "withheld"
    assert found["mentions"] is None


def test_who_responded_by_level_is_printed_as_it_is_wherever_it_stands():
    reader = TableReader("seniority", [], {}, {**NOTHING, "response": {"level": {"1": 9, "2": 31, "3": 43}}}, by=())

    assert [(each.value, each.count, each.base) for each in of_levels(reader)] == [
        (11, 9, 83), (37, 31, 83), (52, 43, 83),
    ]  # fmt: skip


NOTHING = {"parts": {}, "columns": [], "why_no_column": [], "why_no_breakdown": []}


def of_levels(reader):
    return [reader._of_levels(f"level-{level}") for level in "123"]


def test_nothing_is_proposed_before_all_is_coded_by_a_rule_that_is_written(wave, anna):
    with pytest.raises(Refused, match="still to be coded"):
        operations.propose_release(wave, by=anna)


def test_equal_texts_are_coded_together_and_a_coding_is_undone(wave, anna):
    number = operations.code_texts(wave, table="priorities", texts=["BINS."], row="website", by=anna)
    assert number == Mention.objects.filter(text__iexact="bins").count() > 10

    operations.undo_coding(wave, table="priorities", texts=["bins"], by=anna)
    assert not Mention.objects.filter(row__isnull=False).exists()


def test_what_is_proposed_changes_only_once_the_proposal_is_taken_back(wave, anna):
    operations.propose_release(coded(wave, anna), by=anna)

    with pytest.raises(Refused, match="Take the proposal back"):
        operations.undo_coding(wave, table="priorities", texts=["bins"], by=anna)
    operations.take_back_proposal(wave, by=anna)
    operations.undo_coding(wave, table="priorities", texts=["bins"], by=anna)


def test_what_people_wrote_is_deleted_as_the_wave_is_published(wave, anna, other_analyst):
    published(wave, anna, other_analyst)

    assert not Mention.objects.exists()


def test_before_a_wave_is_published_no_page_or_file_tells_of_it(wave, anna, client, root_user):
    for address in PAGES:
        assert client.get(address).status_code == 404, address
    for address in ("/surveys/", "/surveys/2014/", "/surveys/2014/strategy/?format=csv", "/sitemap.xml"):
        assert "Annual survey 2015" not in client.get(address).content.decode(), address
    client.force_login(root_user)
    for address in PAGES:
        assert client.get(address).status_code == 404, address


def test_while_it_is_open_nobody_sees_totals_not_even_who_keeps_the_site(client, root_user):
    fieldwork = opened()
    answered_by_many(fieldwork)
    client.force_login(root_user)

    answer = client.get("/surveys/2015/running/bench/")
    page = answer.content.decode()

    assert answer.status_code == 200

    assert not SurveyRelease.objects.exists()
    assert not PrintedCell.objects.filter(wave=fieldwork.wave).exists()
    assert "%" not in re.sub(r"<style.*?</style>|<[^>]*>", "", page.split("<main")[1], flags=re.S)


def test_a_row_is_left_out_only_with_a_reason_that_its_page_prints(wave, anna, other_analyst, client):
    row = AskedRow.objects.get(wave=wave.wave, row__table__slug="strategy", row__key="intended")
    with pytest.raises(Refused, match="Say why"):
        operations.leave_out(wave, row=row, reason=" ", by=anna)
    operations.leave_out(wave, row=row, reason="It was misread by many.", by=anna)

    published(wave, anna, other_analyst)

    page = client.get("/surveys/2015/strategy/").content.decode()
    assert "It was misread by many." in page
    cells = PrintedCell.objects.filter(wave=wave.wave, row__table__slug="strategy")
    assert {each.state for each in cells} == {"not_printed"}, "the other choices would tell the one left out"
    told = page + client.get("/surveys/2015/strategy/?format=csv").content.decode()
    assert not re.search(r"about \d+ of \d+", told)
    why = {each["Row key"]: each["Why"] for each in in_file(client, "strategy") if each["State"] == "Not printed"}
    assert why.pop("intended") == "It was misread by many."
    assert {*why.values()} == {printing.WHY_TOLD}
    assert page.count(printing.WHY_TOLD) == 1


def test_no_page_of_the_bench_solves_a_programme(wave, anna, client, monkeypatch):
    coded(wave, anna)
    monkeypatch.setattr(printing, "compute_release", None)
    client.force_login(anna)

    for address in ("/surveys/2015/running/bench/", "/surveys/2015/running/bench/tables/priorities/"):
        page = client.get(address).content.decode()
        assert re.search(r"about \d+ of \d+", page), address


def test_a_skill_is_told_no_share_of_rounded_counts(anna, other_analyst):
    fieldwork = opened({"skills": []}, texts=())
    before = SkillDemand.objects.count()
    row = ResultsRow.objects.filter(table__slug="skills").first()
    for number, council in enumerate(councils({"district": 40})):
        answer(fieldwork, number, council, skills={row.key: "key" if number % 2 else "important"})

    wave = close_fieldwork(due(fieldwork))
    operations.propose_release(wave, by=anna)
    operations.confirm_release(wave, by=other_analyst)

    assert PrintedCell.objects.get(wave=wave.wave, row=row, measure__key="key").value == 50
    assert SkillDemand.objects.count() == before


def test_nobody_can_work_out_an_answer_from_what_pages_and_files_print(wave, anna, other_analyst, client):
    """The attack of the release reads lines; pages and files print nothing beside them."""
    published(wave, anna, other_analyst)
    release = release_of(SurveyRelease.objects.get().frozen)
    assert attack(lines(release)) == []
    allowed = {(line["percent"], line["count"], line["base"]) for line in lines(release)}

    rows = in_file(client, "strategy")

    said = {(each["Value"], each["Numerator"], each["Denominator"]) for each in rows if each["State"] == "Printed"}
    assert len(said) > 10
    assert said <= allowed
    assert next(each for each in rows if each["Measure key"] == "council-type:welsh")["State"] == "Withheld"
    page = client.get("/surveys/2015/strategy/").content.decode()
    assert "only 4 people responded" in page, "why Welsh councils have no column"
    everything = page + json.dumps(rows)
    assert not [council.name for council in councils() if council.name in everything]


@pytest.mark.parametrize("how", ["no columns could be found", "totals alone"])
def test_a_breakdown_that_the_rules_took_away_is_withheld_and_not_called_unprinted(
    anna, other_analyst, client, monkeypatch, how
):
    """“Not printed” is for what a report never gave."""
    tries = []

    def found_out_at_first(*plan, compute=closing.compute_release, **more):
        tries.append(1)
        if len(tries) == 1:
            raise StillFound("By the attack.")
        return compute(*plan, **more)

    if how == "totals alone":
        monkeypatch.setattr(closing, "compute_release", found_out_at_first)
    else:
        monkeypatch.setattr(MarginInBreakdown, "ways", lambda self: iter(()))
    fieldwork = opened()
    answered_by_many(fieldwork)
    published(close_fieldwork(due(fieldwork)), anna, other_analyst)

    broken_down = [row for row in in_file(client, "strategy") if ":" in row["Measure key"] and row["Row key"]]

    assert {(row["State"], row["Why"]) for row in broken_down} == {("Withheld", WHY_NO_BREAKDOWN)}


def test_of_a_group_in_which_nobody_answered_page_and_file_say_the_same(wave, anna, other_analyst, client):
    published(wave, anna, other_analyst)

    page = client.get("/surveys/2015/strategy/?group=london").content.decode()
    [line] = [row for row in in_file(client, "strategy") if row["Measure key"] == "council-type:london"]

    assert line["State"] == "Nobody answered"
    assert "<strong>Nobody answered</strong>, so there is no figure of this group." in page
    assert "<strong>Withheld</strong>" not in page


def test_an_answer_that_is_counted_with_the_one_beside_it_is_withheld():
    merged = ReleasedCell(PrintedCategory("agree", ("strongly", "slightly")), percent=40, count=20)
    column = PrintedColumn("m", TOTAL, TOTAL, (), base=50, cells=(merged,))

    assert figure_in(column, ["strongly"]).reason == WHY_MERGED
    assert figure_in(column, ["strongly"]).state == PrintedCell.State.WITHHELD
    assert figure_in(column, ["strongly", "slightly"]).value == 40
    assert figure_in(column, ["other"]).state == PrintedCell.State.NOT_PRINTED


def test_a_page_of_results_asks_the_database_little(wave, anna, other_analyst, client, django_assert_max_num_queries):
    published(wave, anna, other_analyst)

    for slug in ("strategy", "priorities", "seniority"):
        with django_assert_max_num_queries(12):
            assert client.get(f"/surveys/2015/{slug}/").status_code == 200


def test_a_table_says_which_of_its_counts_are_rounded_and_which_are_exact(wave, anna, other_analyst, client):
    published(wave, anna, other_analyst)

    answers, levels = (client.get(f"/surveys/2015/{slug}/").content.decode() for slug in ("strategy", "seniority"))

    assert "Counts of answers and their bases are rounded to the nearest 5" in answers
    assert "These counts are exact: they say who responded" in levels
    assert "nearest 5" not in levels
    by_level = SurveyRelease.objects.get().frozen["response"]["level"]
    assert all(f"{number} of {sum(by_level.values())}" in levels for number in by_level.values())


def test_a_change_in_whole_points_is_said_to_be_one(wave, anna, other_analyst, client):
    published(wave, anna, other_analyst)

    told = client.get("/surveys/2015/strategy/").content.decode()
    meant = client.get("/surveys/2015/strategy/dictionary/").content.decode()

    changes = [each.change for each in compared_table(2015, "strategy").lines if each.change is not None]
    assert changes
    assert all(each == each.to_integral_value() for each in changes)
    assert "In whole points where one of the two surveys prints whole per cent." in told
    assert "in whole points where either survey prints whole per cent" in meant


def test_once_it_is_published_the_bench_says_that_the_texts_are_deleted(wave, anna, other_analyst, client):
    published(wave, anna, other_analyst)
    client.force_login(anna)

    page = client.get("/surveys/2015/running/bench/tables/priorities/").content.decode()

    assert "What people wrote is deleted. How it was coded stays." in page
    assert "/rule/" not in page
