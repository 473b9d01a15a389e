"""A wave of the survey with 10,000 answers: opening it, sealing and releasing them, and what a page of it asks.

python -m benchmarks.survey_close [--people 10000] [--invited 2000]

What is measured: seconds by the clock to open a wave to 2,000 people, which holds the lock that hand-ins wait for;
to seal 10,000 answers with their texts, one hand-in after another, to open, count and freeze them, and to print what is
published (together under 60), the check by the attack stated apart; and the statements of a page of results that nobody
has asked for before (no more than twelve). On a machine that does something else besides, look at the seconds of work.
"""

import argparse
import datetime as dt
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from typing import Any
from unittest import mock

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import datasets
from benchmarks.results import ResultFile
from benchmarks.rows import Goal, Row

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")  # before what reads the settings

from core import clock
from surveys.disclosure.attack import attack_margin

MOST_SECONDS, MOST_STATEMENTS, COUNCILS = 60, 12, 400
KINDS = ("district", "unitary", "county", "london", "metropolitan", "scottish", "welsh")


def main() -> None:
    """Measure one wave, and write a dated result."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.survey_close", description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--invited", type=int, default=2_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portal-bench-survey-") as folder:
        datasets.set_up(Path(folder))
        settings.DEBUG = False  # so that no list of the statements is kept
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        connection.settings_dict["NAME"] = Path(folder) / "portal.sqlite3"
        call_command("migrate", verbosity=0)
        result = ResultFile(unit="ms by the clock", called="survey_close")
        for row in _rows(chosen.people, chosen.invited):
            print(row.as_line(), flush=True)
            result.add(row)
        print(f"Measured: {os.path.relpath(result.path)}")


def _rows(people: int, invited: int) -> Iterator[Row]:
    """The row of opening, those of the close, and that of a page."""
    from surveys.release.operations import close_fieldwork

    wave = _prepared(invited)
    began = time.perf_counter()
    wave = _opened(wave)
    yield Row(
        "survey", f"opened to {invited:,} people, who hand in once that is done", "s", time.perf_counter() - began
    )
    sealing = _answered(wave, people)
    yield Row("survey", f"sealed {people:,} answers and their texts", "s", sealing)
    wave.closes_at = clock.now()
    wave.save(update_fields=["closes_at"])
    checks: list[float] = []
    with mock.patch("surveys.disclosure.release.attack_margin", _timed(attack_margin, checks)):
        began, worked = time.perf_counter(), time.process_time()
        closed = close_fieldwork(wave)
        seconds, worked = time.perf_counter() - began - sum(checks), time.process_time() - worked
    assert closed.wave.respondents == people
    yield Row("survey", f"closed with {people:,} answers, without the check", "s", seconds)
    yield Row("survey", "work of the processor for that and the check", "s", worked)
    yield Row("survey", "its check by the attack", "s", sum(checks))
    began = time.perf_counter()
    _published(closed)
    printing = time.perf_counter() - began
    yield Row("survey", "printed once it is published", "s", printing)
    goal = Goal(f"s with {people:,} answers", sealing + seconds + printing, MOST_SECONDS)
    yield Row("survey", f"{people:,} answers sealed and released, without the check", "s", goal.value, goals=(goal,))
    asked = _statements()
    goal = Goal("at most", asked, MOST_STATEMENTS)
    yield Row("survey", f"a page of results of {people:,} answers, asked first", "statements", asked, goals=(goal,))


def _timed(function: Callable[..., Any], seconds: list[float]) -> Callable[..., Any]:
    """`function`, which notes how long it takes each time."""

    def timed(*args: Any, **more: Any) -> Any:
        began = time.perf_counter()
        try:
            return function(*args, **more)
        finally:
            seconds.append(time.perf_counter() - began)

    return timed


def _prepared(invited: int) -> Any:
    """A wave with the whole questionnaire of 2014, to which so many are invited."""
    from surveys.fieldwork.operations import Person, invite_all
    from surveys.fieldwork.preparing import prepare_wave
    from surveys.models import Wave
    from surveys.waves.operations import import_survey
    from tests.factories.councils import OrganisationFactory
    from tests.surveys.files import OURS

    import_survey(OURS)
    closes_at = clock.now() + dt.timedelta(days=30)
    wave = prepare_wave(2015, after=Wave.objects.get(year=2014), closes_at=closes_at, by=None)
    councils: list[Any] = [
        OrganisationFactory(kind=kind) for _, kind in zip(range(COUNCILS), cycle(KINDS), strict=False)
    ]
    people = zip(range(invited), cycle(councils), strict=False)
    invite_all(wave, by=None, people=[Person(council, f"officer{at}@a.example") for at, council in people])
    return wave


def _opened(wave: Any) -> Any:
    from surveys.fieldwork.operations import open_fieldwork

    return open_fieldwork(wave, by=None)


def _answered(wave: Any, people: int) -> float:
    """Seal the answers of so many, as a hand-in does; how many seconds that took, without making them up."""
    from portal.demo.survey_2015 import _answers, _leanings
    from questions.queries import asked
    from sealing.operations import hand_in
    from surveys.fieldwork.sealed import answers_to_seal_of, texts_to_seal_of, written

    dice, questions = random.Random(2015), asked(wave.wave.questions)
    leanings = _leanings(questions, dice)
    invitations = list(wave.invitations.select_related("organisation"))
    rounds = {each.question_key: each.round for each in wave.written_rounds.select_related("round")}
    seconds = 0.0
    with transaction.atomic():
        for at, each in zip(range(people), cycle(invitations), strict=False):
            answers, mark = _answers(questions, leanings, dice), sha256(str(at).encode()).hexdigest()
            each.level = 1 + at % 3
            began = time.perf_counter()
            hand_in(wave.round, who=mark, answer=answers_to_seal_of(each, questions, answers))
            for question in written(questions):
                hand_in(rounds[question.key], who=mark, answer=texts_to_seal_of(question, answers))
            seconds += time.perf_counter() - began
    return seconds


def _published(wave: Any) -> None:
    """Print what a closed wave releases, and show it to everybody."""
    from surveys.release.models import SurveyRelease
    from surveys.release.operations.publishing import _print
    from tests.factories.accounts import UserFactory

    release = SurveyRelease.objects.get(fieldwork=wave)
    _print(release)
    one, other = UserFactory(), UserFactory()
    moment = clock.now()
    SurveyRelease.objects.update(proposed_by=one, proposed_at=moment, confirmed_by=other, confirmed_at=moment)
    wave.wave.published_on = clock.today()
    wave.wave.save(update_fields=["published_on"])


def _statements() -> int:
    """How many statements the page of a table asks, once the wave is published."""
    with CaptureQueriesContext(connection) as queries:
        assert Client().get("/surveys/2015/barriers/").status_code == 200
    return len(queries)


if __name__ == "__main__":
    main()
