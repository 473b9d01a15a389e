"""A wave to be run here asks what the wave before it asked, without who somebody is, and nobody sees it yet."""

import datetime as dt

import pytest

from core import clock
from core.errors import Refused
from questions.queries import asked
from surveys.fieldwork.preparing import LEFT_OUT, prepare_wave
from surveys.models import AskedRow, Fieldwork, PrintedCell, Wave
from surveys.waves.operations import import_survey
from surveys.waves.places import Faults
from tests.surveys.files import OURS

pytestmark = pytest.mark.django_db


@pytest.fixture
def last_wave(db):
    import_survey(OURS)
    return Wave.objects.get(year=2014)


def in_a_month():
    return clock.now() + dt.timedelta(days=30)


def test_a_wave_has_the_questions_of_the_one_before_without_who_somebody_is(last_wave):
    fieldwork = prepare_wave(2015, after=last_wave, closes_at=in_a_month(), by=None)

    before, now = asked(last_wave.questions), asked(fieldwork.wave.questions)
    assert [each.key for each in now] == [each.key for each in before if each.key not in LEFT_OUT]
    assert fieldwork.wave.questions.is_sealed
    assert fieldwork.plan["barriers"] == ["level", "council-type"]
    assert fieldwork.plan["priorities"] == fieldwork.plan["seniority"] == fieldwork.plan["digital-today"] == []


def test_a_row_that_was_dropped_stays_dropped_and_one_that_was_not_published_is_asked_again(last_wave):
    AskedRow.objects.filter(wave=last_wave, row__key="funds").update(continuity="dropped", reason="Too long.")

    fieldwork = prepare_wave(2015, after=last_wave, closes_at=in_a_month(), by=None)

    rows = {each.row.key: each for each in AskedRow.objects.filter(wave=fieldwork.wave).select_related("row")}
    assert rows["funds"].continuity == "dropped"
    assert (rows["equal-access"].continuity, rows["equal-access"].is_published) == ("same", True)


@pytest.mark.parametrize("year", [2014, 2013, 2100])
def test_a_year_that_has_a_wave_or_comes_before_is_refused(last_wave, year):
    with pytest.raises(Refused):
        prepare_wave(year, after=last_wave, closes_at=in_a_month(), by=None)


def test_the_year_of_a_void_wave_can_have_another(last_wave):
    void = prepare_wave(2015, after=last_wave, closes_at=in_a_month(), by=None)
    Fieldwork.objects.filter(pk=void.pk).update(
        state="void", opened_at=clock.now(), closed_at=clock.now(), void_reason="Nine people answered."
    )

    again = prepare_wave(2015, after=last_wave, closes_at=in_a_month(), by=None)

    assert Fieldwork.objects.get() == again
    assert Wave.objects.filter(year=2015).count() == 1


def test_a_sum_of_pounds_has_a_most_that_its_form_says(last_wave):
    fieldwork = prepare_wave(2015, after=last_wave, closes_at=in_a_month(), by=None)

    pounds = next(each for each in asked(fieldwork.wave.questions) if each.key == "savings-pounds")
    assert pounds.most == 999_999_999
    assert "At most £999,999,999." in pounds.help


def test_files_never_overwrite_a_wave_that_is_run_here(files):
    import_survey(files.folder)
    Fieldwork.objects.create(wave=Wave.objects.get(year=2014), closes_at=in_a_month())
    before = set(PrintedCell.objects.values_list("pk", "value"))
    files.change("2014.json", lambda wave: wave["tables"]["barriers"]["rows"].update(skills="41"))

    with pytest.raises(Faults) as refused:
        import_survey(files.folder)

    assert "The survey of 2014 is run here" in str(refused.value)
    assert set(PrintedCell.objects.values_list("pk", "value")) == before


def test_a_file_of_a_void_year_is_refused_in_words_that_are_true_of_it(files):
    import_survey(files.folder)
    Fieldwork.objects.create(
        wave=Wave.objects.get(year=2014), closes_at=in_a_month(), state="void", plan={"barriers": []},
        opened_at=clock.now(), closed_at=clock.now(), void_reason="Nine people answered.",
    )  # fmt: skip

    with pytest.raises(Faults, match="was run here and is void: none of its answers was opened"):
        import_survey(files.folder)
