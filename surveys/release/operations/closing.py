"""The close of a wave: its answers are opened, counted once and frozen, and what led to organisations is dropped."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import structlog
from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.key_folder import KeyFolderUnusable
from core.permissions import require
from core.schedules import do_each
from core.words import counted
from questions.operations import close_set
from sealing.models import Mark
from sealing.operations import CannotBeOpened, SealedAnswer, close_round, void_round
from surveys.disclosure import EarlierWave, StillFound, compute_release
from surveys.disclosure.counting import GroupTally
from surveys.disclosure.rules import why_no_group
from surveys.disclosure.values import MULTIPLE, FrozenRelease, Limits, OpenedAnswers, PlannedRow, TablePlan
from surveys.fieldwork.bodies import as_on
from surveys.fieldwork.models import Fieldwork, SurveyInvitation, WrittenRound
from surveys.fieldwork.operations import locked
from surveys.fieldwork.permissions import BECAUSE, can_run_surveys
from surveys.fieldwork.queries import NAMES_KEPT
from surveys.fieldwork.response import closing_day, freeze_response
from surveys.release.frozen import frozen_of, release_of
from surveys.release.models import Mention, SurveyRelease, WrittenAnswer
from surveys.release.plan import plan_of
from surveys.release.printing import CODED, WRITTEN, coded_tables

# How long a key that cannot be found is looked for before what it opens is void: a disk may not be mounted.
KEY_IS_LOOKED_FOR = dt.timedelta(days=1)
TEXTS_KEPT = dt.timedelta(days=365)  # of a wave that nobody publishes
NOT_OPEN = "Only a survey that is open can be closed."
NO_KEY = "The answers cannot be opened. {why} Tell whoever looks after the site; after a day they become void."
log = structlog.get_logger(__name__)


@transaction.atomic
def end_answers(fieldwork: Fieldwork, *, by: User) -> Fieldwork:
    """Take no more answers from now on. The worker opens and counts them within minutes. Twice changes nothing."""
    require(can_run_surveys(by), BECAUSE)
    fieldwork = locked(fieldwork)
    if fieldwork.state != Fieldwork.State.OPEN:
        raise Refused(NOT_OPEN)
    if fieldwork.closes_at > clock.now():
        fieldwork.closes_at = clock.now()
        fieldwork.save(update_fields=["closes_at"])
        log_action("surveys.answers_ended", by=by, about=fieldwork)
    return fieldwork


def close_fieldworks_that_are_due() -> int:
    """Close each wave whose time has come, and return of how many. One that fails stops no other."""
    due = Fieldwork.objects.filter(state=Fieldwork.State.OPEN, closes_at__lte=clock.now())
    return do_each(_close_or_wait, due)


def _close_or_wait(fieldwork: Fieldwork) -> bool:
    try:
        return not close_fieldwork(fieldwork).is_open
    except Refused:
        return False  # was logged, and is tried again


def close_fieldwork(fieldwork: Fieldwork) -> Fieldwork:
    """Open all answers of a wave that is due, compute its release once, and keep no answer but what people wrote.

    One transaction: a process that dies leaves the wave open, to be closed again. A closed or void wave stays as it
    is. Fewer than ten answers are never opened. A key that cannot be found is looked for for a day; then the answers
    are void, or, of a question that people answered in their own words, what they wrote.
    """
    try:
        return _close(fieldwork)
    except (CannotBeOpened, KeyFolderUnusable) as problem:
        log.error("survey_cannot_be_opened", about=f"survey {fieldwork.wave_id}", why=str(problem))
        if isinstance(problem, CannotBeOpened) and clock.now() >= fieldwork.closes_at + KEY_IS_LOOKED_FOR:
            return _void(fieldwork, str(problem))
        raise Refused(NO_KEY.format(why=problem)) from problem


@transaction.atomic
def _close(fieldwork: Fieldwork) -> Fieldwork:
    fieldwork = locked(fieldwork)
    if fieldwork.has_ended:
        return fieldwork
    if fieldwork.round is None or fieldwork.closes_at > clock.now():
        raise Refused(NOT_OPEN)
    answered = Mark.objects.filter(round=fieldwork.round).count()
    if answered < Limits().respondents:
        return _void(fieldwork, f"{counted(answered, 'person', 'people')} answered, and fewer than ten are not opened.")
    moment = clock.now()
    sealed: list[SealedAnswer] = []
    close_round(fieldwork.round, write=sealed.extend)
    opened = as_on(closing_day(fieldwork), sealed)  # before any rule is applied: merged councils are one
    for written in fieldwork.written_rounds.select_related("round").order_by("pk"):
        _open_written(written, fieldwork)
    plan = plan_of(fieldwork)
    respondents = [_respondent(each, plan) for each in opened]
    release = _release_of(plan, respondents, _earlier(fieldwork))
    frozen = {**frozen_of(release), WRITTEN: _may_be_printed(fieldwork, opened)}
    frozen[CODED] = coded_tables(fieldwork, frozen)
    SurveyRelease.objects.create(fieldwork=fieldwork, computed_at=moment, frozen=frozen)
    wave = fieldwork.wave
    wave.closed_on, wave.respondents = closing_day(fieldwork), len(opened)
    wave.save(update_fields=["closed_on", "respondents"])
    return _ended(fieldwork, Fieldwork.State.CLOSED, moment)


def _ended(fieldwork: Fieldwork, state: str, moment: dt.datetime, *, reason: str = "") -> Fieldwork:
    """End a locked wave: its drafts go with their key, and so do title and role of those who were invited."""
    if fieldwork.wave.questions is not None:
        close_set(fieldwork.wave.questions)
    SurveyInvitation.objects.filter(fieldwork=fieldwork).exclude(title="", role="").update(title="", role="")
    fieldwork.state, fieldwork.closed_at, fieldwork.void_reason = state, moment, reason
    fieldwork.save(update_fields=["state", "closed_at", "void_reason"])
    freeze_response(fieldwork)
    log_action("surveys.wave_closed", by=None, about=fieldwork, state=state, n=fieldwork.wave.respondents)
    return fieldwork


@transaction.atomic
def _void(fieldwork: Fieldwork, reason: str) -> Fieldwork:
    """End a wave without opening its answers, nor what was written."""
    fieldwork = locked(fieldwork)
    if fieldwork.state != Fieldwork.State.OPEN or fieldwork.round is None:
        return fieldwork
    for each in (fieldwork.round, *(written.round for written in fieldwork.written_rounds.select_related("round"))):
        if each.is_open:
            void_round(each, reason=reason)
    return _ended(fieldwork, Fieldwork.State.VOID, clock.now(), reason=reason)


# What was opened --------------------------------------------------------------------------------------------------


def _open_written(written: WrittenRound, fieldwork: Fieldwork) -> None:
    """Open what people wrote to one question. Its key alone may be lost: after a day of looking it is void alone."""

    def write(boxes: list[SealedAnswer]) -> None:
        texts = [box["texts"] for box in boxes if box["texts"]]
        answers = [
            WrittenAnswer(pk=uuid.uuid4(), fieldwork=fieldwork, question_key=written.question_key) for _ in texts
        ]
        WrittenAnswer.objects.bulk_create(answers)
        Mention.objects.bulk_create(
            Mention(answer=answer, position=position, text=text)
            for answer, wrote in zip(answers, texts, strict=True)
            for position, text in enumerate(wrote, start=1)
        )

    try:
        close_round(written.round, write=write)
    except CannotBeOpened as problem:
        if clock.now() < fieldwork.closes_at + KEY_IS_LOOKED_FOR:
            raise
        void_round(written.round, reason=str(problem))


def _may_be_printed(fieldwork: Fieldwork, opened: Sequence[SealedAnswer]) -> dict[str, bool]:
    """By written question, whether its texts are of enough people and organisations, none of which wrote too many.

    One yes or no is all that is kept of it: which organisations wrote goes with this function's argument.
    """
    found = {}
    for key in fieldwork.written_rounds.values_list("question_key", flat=True):
        wrote = Counter(str(each["organisation"]) for each in opened if key in each.get("wrote", ()))
        found[key] = not why_no_group(GroupTally(organisations=wrote), Limits())
    return found


def _respondent(opened: SealedAnswer, plan: TablePlan) -> OpenedAnswers:
    """One person's answers by the keys of the plan."""
    answers = {row.key: _answer(row, opened["answers"]) for question in plan.questions for row in question.rows}
    return OpenedAnswers(str(opened["organisation"]), opened["bands"], answers)


def _release_of(plan: TablePlan, respondents: Sequence[OpenedAnswers], earlier: EarlierWave | None) -> FrozenRelease:
    """All that is printed; without breakdowns where with them somebody's answer could be worked out."""
    try:
        return compute_release(plan, respondents, earlier=earlier)
    except StillFound as problem:
        log.error("survey_not_broken_down", why=str(problem))
    totals = replace(plan, questions=tuple(replace(each, breakdowns=()) for each in plan.questions))
    try:
        return compute_release(totals, respondents, earlier=earlier)
    except StillFound as problem:
        raise CannotBeOpened("No table could be printed that tells of nobody.") from problem


def _answer(row: PlannedRow, given: Mapping[str, Any]) -> Any:
    """The answer to a row: a choice, a set of them, or a number; None where it was skipped."""
    question, _, statement = row.key.partition(".")
    answer = given.get(question)
    if answer is None:
        return None
    if statement:
        return answer.get(statement)
    if row.kind == MULTIPLE:
        return frozenset(answer)
    return answer if row.choices else Decimal(str(answer))


def _earlier(fieldwork: Fieldwork) -> EarlierWave | None:
    """The release of the last wave that was run here and published. What nobody published tells nobody anything.

    Who answered both is not known, so nobody is taken to: invitations are long gone by the next wave.
    """
    before = Fieldwork.objects.filter(
        wave__year__lt=fieldwork.wave.year, release__confirmed_at__isnull=False,
        is_illustrative=fieldwork.is_illustrative,
    )  # fmt: skip
    last = before.select_related("release").order_by("-wave__year").first()
    return EarlierWave(release_of(last.release.frozen), {}) if last else None


# Afterwards -------------------------------------------------------------------------------------------------------


def forget_invitations() -> int:
    """Delete the invitations, with names and addresses, of waves that ended 90 days ago; how many rows.

    One that never opened ended on the day on which it was to close: what is kept of addresses goes there too.
    """
    long_ago = clock.now() - NAMES_KEPT
    # Emptied at the close already, but in waves that closed before that was so.
    Fieldwork.objects.filter(closed_at__lt=long_ago).exclude(nameless={}).update(nameless={})
    gone = SurveyInvitation.objects.filter(fieldwork__closed_at__lt=long_ago).delete()[0]
    never_opened = Fieldwork.objects.filter(state=Fieldwork.State.PREPARED, closes_at__lt=long_ago)
    return gone + sum(_forget_prepared(key) for key in never_opened.values_list("pk", flat=True))


@transaction.atomic
def _forget_prepared(key: int) -> int:
    """Delete whom a wave invited that never opened, and what it keeps of addresses; how many rows."""
    fieldwork = locked(key)
    if fieldwork.state != Fieldwork.State.PREPARED or fieldwork.closes_at >= clock.now() - NAMES_KEPT:
        return 0
    deleted = SurveyInvitation.objects.filter(fieldwork=fieldwork).delete()[0]
    Fieldwork.objects.filter(pk=key).update(not_invited_again=[])
    return deleted


def forget_texts() -> int:
    """Delete what people wrote in waves that closed a year ago, published or not; how many rows."""
    return WrittenAnswer.objects.filter(fieldwork__closed_at__lt=clock.now() - TEXTS_KEPT).delete()[0]
