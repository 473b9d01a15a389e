"""Preparing a wave: the questions and tables of the wave before, copied to be run here."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.figures import POUNDS, Figure
from core.permissions import require
from questions.models import Question, QuestionSet
from questions.operations import add_question
from questions.operations.asking import CHANGEABLE
from questions.queries import asked
from surveys.fieldwork.models import Fieldwork
from surveys.fieldwork.permissions import BECAUSE, can_run_surveys
from surveys.fieldwork.tables import NOT_IN_WAVE, full_plan
from surveys.waves.models import AskedRow, AskedTable, Continuity, Wave

# The invitation knows who somebody is, and nothing can be sent to somebody whose answers are sealed.
LEFT_OUT = ("name", "job-title", "organisation", "copy-of-report")
SOURCE = "Answers to the Alliance’s own survey of {year}"
LICENCE = "Open Government Licence v3.0"
FIRST, LAST = 2014, 2099
# More than any council spends: who types pence for pounds, or a nine too many, is asked again.
MOST_POUNDS = 999_999_999
MOST_POUNDS_WORDS = Figure(MOST_POUNDS, unit=POUNDS, places=0).with_unit
ROUNDED = "Counts are to the nearest 5 and shares in whole per cent, so that nobody’s answer can be worked out."

WHO_ANSWERED = "seniority"  # the table of who answered
BY_LEVEL_WORDS = "How many responded is always printed as it is, of each level and of each type of council."


@transaction.atomic
def prepare_wave(
    year: int, *, after: Wave, closes_at: dt.datetime, by: User | None, is_illustrative: bool = False
) -> Fieldwork:
    """A wave to be run here, with the questions, tables and rows of the wave `after` which it comes.

    Rows that were dropped stay dropped. `by` is None for the demo alone.
    """
    if by is not None:
        require(can_run_surveys(by), BECAUSE)
    list(Wave.objects.select_for_update())  # one at a time, and not while an import changes what is copied
    refuse_year(year, after)
    if closes_at <= clock.now():
        raise Refused("Choose a day to come on which the survey closes.", field="closes_at")
    if after.questions is None:
        raise Refused(f"The questions of {after.year} are not held here, so there is nothing to copy.", field="year")
    _remove_void(year, by=by)
    title = f"Annual survey {year}{' (made up)' if is_illustrative else ''}"
    wave = Wave.objects.create(
        year=year,
        title=title,
        source=SOURCE.format(year=year),
        licence=LICENCE,
        questions=_copied_questions(after.questions, title=title),
    )
    _copy_tables(after, wave)
    fieldwork = Fieldwork.objects.create(
        wave=wave, closes_at=closes_at, plan=full_plan(wave), is_illustrative=is_illustrative
    )
    log_action("surveys.wave_prepared", by=by, about=fieldwork, year=year, after=after.year)
    return fieldwork


def refuse_year(year: int, after: Wave) -> None:
    """Refuse a year that has a wave, or that does not come after the wave whose questions are copied."""
    if not FIRST <= year <= LAST or year <= after.year:
        raise Refused(f"Enter a year from {max(FIRST, after.year + 1)} to {LAST}.", field="year")
    standing = Wave.objects.exclude(fieldwork__state=Fieldwork.State.VOID)
    if standing.filter(year=year).exists():
        raise Refused(f"There is a survey of {year} already.", field="year")
    if standing.filter(year__gt=after.year, year__lt=year).exists():
        raise Refused(f"There is a survey between {after.year} and {year}. Copy the last one.", field="year")


def _remove_void(year: int, *, by: User | None) -> None:
    """Remove the void wave of a year, none of whose answers was ever opened, so that the year can have another."""
    for void in Fieldwork.objects.filter(wave__year=year, state=Fieldwork.State.VOID).select_related("wave__questions"):
        wave, questions = void.wave, void.wave.questions
        log_action("surveys.void_wave_removed", by=by, about=void, year=year)
        void.delete()
        wave.delete()
        if questions is not None:
            questions.delete()


def _copied_questions(before: QuestionSet, *, title: str) -> QuestionSet:
    """A sealed set with the questions of another; what is chosen is told as totals alone."""
    made = QuestionSet.objects.create(title=title, is_sealed=True)
    for question in asked(before):
        if question.key in LEFT_OUT:
            continue
        fields = {name: getattr(question, name) for name in CHANGEABLE}
        if question.unit == POUNDS and question.most is None:
            fields["most"] = MOST_POUNDS
            fields["help"] = f"{question.help.rstrip('.')}. At most {MOST_POUNDS_WORDS}.".lstrip(". ")
        seen_by = Question.SeenBy.NAMED if question.is_written else Question.SeenBy.TOTALS
        add_question(made, key=question.key, **fields | {"seen_by": seen_by})
    return made


def _copy_tables(before: Wave, wave: Wave) -> None:
    AskedTable.objects.bulk_create(
        AskedTable(
            wave=wave,
            table_id=each.table_id,
            number=each.number,
            words=each.words,
            scale=each.scale,
            shown=each.shown,
            continuity=each.continuity if each.continuity in NOT_IN_WAVE else Continuity.SAME,
            continuity_words=each.continuity_words if each.continuity in NOT_IN_WAVE else "",
            base=AskedTable.Base.PRINTED if each.table.slug == WHO_ANSWERED else AskedTable.Base.ROUNDED,
            base_words=BY_LEVEL_WORDS if each.table.slug == WHO_ANSWERED else ROUNDED,
        )
        for each in AskedTable.objects.filter(wave=before).select_related("table")
    )
    rows = AskedRow.objects.filter(wave=before)
    AskedRow.objects.bulk_create(_copied_row(each, wave) for each in rows)


def _copied_row(before: AskedRow, wave: Wave) -> AskedRow:
    """A row as it was asked; why it was not published is not copied, since this wave may publish it."""
    row = AskedRow(wave=wave, row_id=before.row_id, words=before.words, continuity=Continuity.SAME)
    if before.continuity in NOT_IN_WAVE:
        row.continuity, row.is_published, row.reason = before.continuity, before.is_published, before.reason
    return row
