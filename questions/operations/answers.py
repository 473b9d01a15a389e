"""Operations on the answers to a set: saved as a draft, handed in, dropped, forgotten."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from core import clock
from core.errors import Refused
from questions import drafts
from questions.checking import Answers, check
from questions.models import AnswerSheet, QuestionSet
from questions.operations.asking import lock_set
from questions.queries import asked, sheet_of

HANDED_IN = "You have handed in your answers already."


@transaction.atomic
def save_draft(
    question_set: QuestionSet,
    answers: Mapping[str, Any],
    *,
    person: User | None = None,
    sheet: AnswerSheet | None = None,
) -> AnswerSheet:
    """Save answers to go on with later: on the person's own sheet, or on `sheet`, from `sheet_by_link`.

    Without either a new sheet is made; its `reference` is the secret link. Of a sealed set the draft is encrypted.
    """
    question_set, sheet = _hold(question_set, person, sheet)
    if sheet.state == AnswerSheet.State.HANDED_IN:
        raise Refused(HANDED_IN)
    kept = check(asked(question_set), answers, is_draft=True)
    if question_set.is_sealed:
        sheet.answers, sheet.sealed = None, drafts.sealed(question_set, kept)
    else:
        sheet.answers = kept
    return _saved(sheet)


@transaction.atomic
def hand_in_answers(
    question_set: QuestionSet,
    answers: Mapping[str, Any],
    *,
    person: User | None = None,
    sheet: AnswerSheet | None = None,
) -> AnswerSheet:
    """Hand in answers, or change those handed in. Not for a sealed set, whose answers `answers_to_seal` checks."""
    question_set, sheet = _hold(question_set, person, sheet)
    if question_set.is_sealed:
        raise ValueError("The answers of a sealed set are not kept here.")
    questions = asked(question_set)
    now_asked = {question.key for question in questions}
    # What is not asked any more was answered all the same.
    before = {key: answer for key, answer in (sheet.answers or {}).items() if key not in now_asked}
    sheet.answers, sheet.state = before | check(questions, answers), AnswerSheet.State.HANDED_IN
    return _saved(sheet)


@transaction.atomic
def answers_to_seal(
    question_set: QuestionSet,
    answers: Mapping[str, Any],
    *,
    person: User | None = None,
    sheet: AnswerSheet | None = None,
) -> Answers:
    """The checked answers of a sealed set, for the caller to seal in the same transaction; the draft is deleted."""
    question_set, sheet = _hold(question_set, person, sheet)
    kept = check(asked(question_set), answers)
    if sheet.pk:
        sheet.delete()
    return kept


def _hold(question_set: QuestionSet, person: User | None, sheet: AnswerSheet | None) -> tuple[QuestionSet, AnswerSheet]:
    """Lock the set, so that no question changes meanwhile, and read the sheet after that."""
    if sheet is not None and sheet.set_id != question_set.pk:
        raise Refused("These answers belong to other questions.")
    question_set = lock_set(question_set)
    if question_set.is_sealed and not question_set.opened_at:
        raise Refused("These questions are not open yet.")
    if sheet is not None:
        sheet = AnswerSheet.objects.filter(pk=sheet.pk).first()
        if sheet is None:
            raise Refused(HANDED_IN)
    elif person is not None:
        sheet = sheet_of(question_set, person)
    return question_set, sheet or AnswerSheet(set=question_set, person=person)


def _saved(sheet: AnswerSheet) -> AnswerSheet:
    sheet.saved_at = clock.now()
    sheet.save()
    return sheet


def drop_answers(question_set: QuestionSet | int, person: User | int) -> None:
    """Delete what a person answered to a set, for example because they do not come after all."""
    AnswerSheet.objects.filter(set=question_set, person=person).delete()


def drop_all_answers(question_set: QuestionSet | int) -> None:
    """Delete what everybody answered to a set, for example because their names go too."""
    AnswerSheet.objects.filter(set=question_set).delete()


@transaction.atomic
def forget_answers(question_set: QuestionSet, *, over_since: dt.datetime) -> int:
    """Drop the answers that have been kept for as long as their questions say; how many sheets held one.

    The days count from `over_since`, when what the answers were for was over.
    """
    question_set = QuestionSet.objects.select_for_update().get(pk=question_set.pk)
    days = dict(question_set.questions.values_list("key", "kept_days"))
    over = [key for key, kept in days.items() if over_since + dt.timedelta(days=kept) <= clock.now()]
    sheets = AnswerSheet.objects.filter(set=question_set)
    if len(over) == len(days):
        forgotten, _ = sheets.delete()
        return forgotten
    holding = list(sheets.filter(Q(answers__has_any_keys=over))) if over else []
    for sheet in holding:
        sheet.answers = {key: answer for key, answer in sheet.answers.items() if key not in over}
    AnswerSheet.objects.bulk_update(holding, ["answers"], batch_size=500)
    return len(holding)


@transaction.atomic
def open_sealed_set(question_set: QuestionSet) -> QuestionSet:
    """Open a sealed set for answers: makes the key of its drafts. From then on its questions stay as they are."""
    question_set = lock_set(question_set)
    if question_set.is_sealed and not question_set.opened_at:
        drafts.make_key(question_set)
        question_set.opened_at = clock.now()
        question_set.save(update_fields=["opened_at"])
    return question_set


@transaction.atomic
def close_set(question_set: QuestionSet) -> QuestionSet:
    """Take no more answers. Of a sealed set the drafts are deleted and, after the commit, their key is destroyed.

    Where that fails the schedule destroys it.
    """
    question_set = QuestionSet.objects.select_for_update().get(pk=question_set.pk)
    if not question_set.closed_at:
        question_set.closed_at = clock.now()
        question_set.save(update_fields=["closed_at"])
    if question_set.is_sealed:
        question_set.sheets.all().delete()
        transaction.on_commit(lambda: drafts.destroy_key(question_set), robust=True)
    return question_set
