"""What is always true of a wave stands in the database."""

import pytest
from django.db import IntegrityError, transaction

from surveys.models import AskedRow, AskedTable, Measure, PrintedCell, TypeResponse, Wave, WaveNote
from surveys.waves.operations import import_survey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_survey(files):
    import_survey(files.folder)


def refused(constraint, change):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        change()
    assert constraint in str(error.value)


@pytest.mark.parametrize(
    ("constraint", "rows", "values"),
    [
        (
            "a_printed_cell_alone_has_a_value",
            PrintedCell,
            {"state": "withheld", "numerator": None, "denominator": None},
        ),
        ("a_printed_cell_alone_has_a_value", PrintedCell, {"value": None}),
        ("a_count_of_a_cell_has_its_base", PrintedCell, {"numerator": 3, "denominator": None}),
        ("a_count_of_a_cell_has_its_base", PrintedCell, {"numerator": 11, "denominator": 10}),
        ("a_row_left_out_or_changed_says_why", AskedRow, {"is_published": False}),
        ("a_row_left_out_or_changed_says_why", AskedRow, {"continuity": "changed"}),
        ("a_changed_question_says_how", AskedTable, {"continuity": "changed"}),
        ("no_more_councils_answer_than_are", TypeResponse, {"answered": 23}),
        ("a_wave_names_source_and_licence", Wave, {"licence": ""}),
        ("somebody_answered_a_wave", Wave, {"respondents": 0}),
        ("a_note_says_something", WaveNote, {"words": ""}),
    ],
)
def test_what_no_row_may_say(constraint, rows, values):
    refused(constraint, lambda: rows.objects.update(**values))


def test_a_table_has_one_headline_and_a_cell_stands_once():
    headline = Measure.objects.get()
    other = {"table": headline.table, "key": "no", "words": "No", "position": 2, "is_headline": True}
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.create(**other)

    cell = PrintedCell.objects.first()
    cell.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        cell.save(force_insert=True)
