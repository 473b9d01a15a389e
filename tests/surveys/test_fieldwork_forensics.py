"""Nobody finds out who gave which answers to the survey: not with the database, a backup, the WAL, logs and keys.

The ways of `tests/sealing/forensics.py`, over the rows of a survey: who is invited stands in the place of a person, by
the digest with which their hand-in is marked, which whoever has the secret key of the site can work out.
"""

import json
import random

import pytest

from core import key_folder
from questions.models import Question
from questions.operations import add_question
from sealing.operations import close_round
from surveys.fieldwork.operations import answering, hand_in_survey, open_fieldwork, save_answers
from surveys.models import Fieldwork, Mention, SurveyInvitation, Wave, WrittenAnswer
from tests import servers
from tests.factories.questions import QuestionSetFactory
from tests.factories.surveys import a_running, an_invitation
from tests.sealing import forensics
from tests.sealing.forensics import Evidence, Subject, Table

ROUNDS, PEOPLE, SURELY_NOT_CHANCE = 8, 12, 0.001
OPTIONS = tuple("abcde")
CHOSEN = ", ".join(f"text LIKE '%tools%\"{each}\"%'" for each in OPTIONS)
SURVEY = Subject(
    places=Table("surveys_surveyinvitation", "id", "fieldwork_id = {about}"),
    answers=Table(
        "surveys_mention",
        f"ARRAY[{CHOSEN}]",
        "answer_id IN (SELECT id FROM surveys_writtenanswer WHERE fieldwork_id = {about})",
    ),
    word='"tools"',
    opened=lambda known, answer: tuple(each in answer["answers"]["tools"] for each in known.names),
    in_text=lambda known, text: tuple(f'"{each}"' in text for each in known.names),
    in_wal=lambda known, row: "".join(each for each, yes in zip(OPTIONS, row.says, strict=True) if yes).encode(),
    marks=Table("sealing_mark", "('x' || left(key, 15))::bit(60)::bigint", "round_id = {round}"),
)


def a_wave(number: int) -> Fieldwork:
    """An open wave of one question that is chosen and one that is written, to which twelve people are invited."""
    questions = QuestionSetFactory(is_sealed=True)
    add_question(questions, key="tools", kind=Question.Kind.SEVERAL, words="Which?", seen_by="totals",
                 options=[(each, each.upper()) for each in OPTIONS])  # fmt: skip
    add_question(questions, key="why", kind=Question.Kind.TEXT, words="Why?")
    fieldwork = a_running(year=2020 + number)
    Wave.objects.filter(pk=fieldwork.wave_id).update(questions=questions)
    for _ in range(PEOPLE):
        an_invitation(fieldwork)
    return open_fieldwork(fieldwork, by=None)


def hold(number: int, *, sealed: bool = True):
    """One wave: who answered what, and what can be known of it once its answers are opened."""
    begin = forensics.wal_position()
    fieldwork = a_wave(number)
    people = list(SurveyInvitation.objects.filter(fieldwork=fieldwork))
    marked = {each.pk: int(answering._mark_of(fieldwork.round, each)[:15], 16) for each in people}
    every = [tuple(n >> bit & 1 == 1 for bit in range(len(OPTIONS))) for n in range(1, 2 ** len(OPTIONS))]
    truth = dict(zip(marked.values(), random.sample(every, PEOPLE), strict=True))
    with forensics.logged() as lines:
        for one in random.sample(people, PEOPLE):
            chosen = [each for each, yes in zip(OPTIONS, truth[marked[one.pk]], strict=True) if yes]
            saved = save_answers(one, keys=["tools", "why"], answers={"tools": chosen, "why": "So."})
            hand_in_survey(saved, token="a form")
    known = Evidence(SURVEY, fieldwork.pk, fieldwork.round_id, OPTIONS, log=lines)
    forensics.read_while_open(known)
    if sealed:
        close_round(fieldwork.round, write=lambda answers: write(fieldwork, answers))
    known.drafts = forensics.rows_that_name_a_question(known)
    forensics.read_afterwards(known, since=begin)
    for rows in (known.places, known.places_before):
        rows[:] = [row._replace(says=marked[row.says]) for row in rows]
    return truth, known


def write(fieldwork, answers):
    """Keep the answers, which a real close counts and drops, as it keeps what people wrote: a harder case."""
    held = [WrittenAnswer(fieldwork=fieldwork, question_key="tools") for _ in answers]
    WrittenAnswer.objects.bulk_create(held)
    said = [json.dumps({"tools": each["answers"]["tools"]}) for each in answers]
    Mention.objects.bulk_create(
        Mention(answer=answer, position=1, text=text) for answer, text in zip(held, said, strict=True)
    )


@pytest.fixture
def survey(transactional_db):
    if forensics.server_folder() is None:
        servers.leave_out_part(forensics.NO_WAL)
    forensics.use_keys_that_stand_nowhere_else("sealing_round", "surveys_fieldwork", "surveys_surveyinvitation")


@pytest.mark.postgresql
def test_no_way_finds_more_than_chance_once_a_survey_has_closed(survey):
    rounds = [hold(number) for number in range(ROUNDS)]

    chances = forensics.found_by_each(rounds, forensics.WAYS)
    suspects = {name: forensics.WAYS[name] for name, chance in chances.items() if chance < SURELY_NOT_CHANCE}
    if suspects:  # of so many ways one is lucky now and then, and a leak is found again
        again = forensics.found_by_each([hold(ROUNDS + number) for number in range(ROUNDS)], suspects)
        suspects = {name for name, chance in again.items() if chance < SURELY_NOT_CHANCE}

    assert not suspects


@pytest.mark.postgresql
def test_control_where_answers_are_written_as_they_come_or_the_key_is_left_everybody_is_found(survey, monkeypatch):
    monkeypatch.setattr(key_folder, "destroy", lambda name: None)
    with_key = [hold(0)]
    hand_in = answering.hand_in

    def unsealed(round, *, who, answer, receipt):
        hand_in(round, who=who, answer=answer, receipt=receipt)
        if "answers" in answer:
            fieldwork = Fieldwork.objects.get(round=round)
            write(fieldwork, [answer])

    monkeypatch.setattr(answering, "hand_in", unsealed)
    as_they_come = [hold(1, sealed=False)]

    assert forensics.right(forensics.with_keys_found, with_key) == PEOPLE
    assert forensics.right(forensics.WAYS["xmin of the mark"], as_they_come) == PEOPLE
    assert forensics.right(forensics.WAYS["xmin of the place"], as_they_come) == PEOPLE
