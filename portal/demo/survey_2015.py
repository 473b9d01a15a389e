"""A made-up survey of 2015, run here as any other: prepared, sealed, closed, coded by one analyst, published by two.

Its answers are near to what was printed of 2014, by chance that is the same each time.
"""

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from typing import Any
from uuid import uuid4

from core import clock
from councils.kinds import Kind
from councils.models import Organisation
from portal.demo.people import person
from questions.models import Question
from questions.operations import remove_question
from questions.queries import asked
from sealing.operations import hand_in
from surveys.fieldwork.operations import Person, invite_all, open_fieldwork
from surveys.fieldwork.preparing import prepare_wave
from surveys.fieldwork.sealed import answers_to_seal_of, texts_to_seal_of, written
from surveys.models import AskedRow, Fieldwork, Measure, SurveyInvitation, Wave
from surveys.release import operations
from surveys.waves.models import KINDS_OF_TYPE, CouncilType
from surveys.waves.queries import values_of

OPENED, CLOSED, PUBLISHED = dt.datetime(2015, 9, 14, 9), dt.datetime(2015, 10, 30, 17), dt.datetime(2015, 11, 20, 11)
BOTH = ["level", "council-type"]
PLAN: dict[str, list[str]] = {
    "seniority": [], "benefits": [], "importance": [], "leads": ["level"], "strategy": BOTH, "strategy-statements": [],
    "digital-today": [], "savings": [], "barriers": ["council-type"], "value-to-sector": [], "departments": [], "priorities": [],
    "skills": [],
}  # fmt: skip
# How many people answered of each type: two of them of some councils. Three groups are too small for a column.
ANSWERED: dict[str, int] = {
    CouncilType.COUNTIES: 12, CouncilType.DISTRICTS: 47, CouncilType.UNITARIES: 25, CouncilType.LONDON: 19,
    CouncilType.METROPOLITAN: 14, CouncilType.SCOTTISH: 8, CouncilType.WELSH: 5, CouncilType.NORTHERN_IRISH: 2,
}  # fmt: skip
ASKED_TOO = 30  # districts that did not answer
TITLES = (
    "Chief Executive", "Web Manager", "Head of Customer Services", "Digital Officer", "Assistant Director, Change",
    "Head of IT", "Team Leader, Benefits", "Service Manager, Housing", "Business Analyst", "Head of Transformation",
)  # fmt: skip
WRITTEN: dict[str, tuple[tuple[str, str], ...]] = {
    "departments": (
        ("GDS", "cabinet-office"), ("Cabinet Office", "cabinet-office"), ("DWP", "dwp"), ("DCLG", "dclg"),
        ("HMRC", "hmrc"), ("NHS", "health"), ("DVLA", "dvla"), ("Home Office", "home-office"), ("None really", "other"),
    ),
    "priorities": (
        ("Save money", "cost"), ("Self service", "self-service"), ("New website", "website"),
        ("Customer portal", "single-account"), ("Channel shift", "self-service"), ("Joining up with health",
        "health-and-care"), ("Housing repairs online", "housing"), ("Transformation programme", "transformation"),
        ("Mobile working", "mobile"), ("CRM", "crm"),
    ),
}  # fmt: skip
RULES = {
    "departments": "By the department named. An agency counts with its department; what names none is “other”.",
    "priorities": "By what is to change for residents or staff first. Channel shift counts as self service.",
}
COMMENTS = ("A shorter survey, please.", "Could we have the figures of our county?", "Good to be asked.")
ASKED_NO_MORE = ("benefits-other", "importance-other", "leads-other")  # a shorter survey
LEFT_OUT = ("equal-access", "People read it in two ways: as what digital does, and as what it should do.")


def build() -> None:
    """Prepare, open, answer and close the wave, then code and publish it."""
    dice = random.Random(2015)
    with clock.at(OPENED):
        after = Wave.objects.get(year=2014)
        closes_at = CLOSED.replace(tzinfo=clock.LONDON)
        wave = prepare_wave(2015, after=after, closes_at=closes_at, by=None, is_illustrative=True)
        for question in asked(wave.wave.questions):
            if question.key in ASKED_NO_MORE:
                remove_question(question)
        wave = operations.choose_plan(wave, plan=PLAN, by=person("analyst"))
        invite_all(wave, by=None, people=list(_people()))
        wave = open_fieldwork(wave, by=None)
        _answer(wave, dice)
    with clock.at(CLOSED):
        wave = operations.close_fieldwork(wave)
    with clock.at(PUBLISHED):
        _code_and_publish(wave)


def _people() -> Iterator[Person]:
    """Those who are invited: who will answer first, then districts that will not."""
    titles = cycle(TITLES)
    for council_type, number in (*ANSWERED.items(), ("", ASKED_TOO)):
        kinds = KINDS_OF_TYPE.get(council_type, KINDS_OF_TYPE[CouncilType.DISTRICTS])
        own = Organisation.objects.councils().in_force(CLOSED.date()).filter(kind__in=kinds).order_by("name")
        councils = list(own[: number * 4 // 5 + 1] if council_type else own.order_by("-name")[:number])
        for at, council in zip(range(number), cycle(councils), strict=False):
            name = f"{'asked' if council_type else 'silent'}{at}.{council.slug}"[:50]
            yield Person(council, f"{name}@survey.example", "", next(titles))


def _answer(wave: Fieldwork, dice: random.Random) -> None:
    """Seal the answers of those who answer, as a hand-in does."""
    questions = asked(wave.wave.questions)
    leanings = _leanings(questions, dice)
    rounds = {each.question_key: each.round for each in wave.written_rounds.select_related("round")}
    invitations = list(wave.invitations.select_related("organisation").filter(email__startswith="asked"))
    assert wave.round is not None  # it is open
    for each in invitations:
        answers = _answers(questions, leanings, dice)
        if each.organisation.kind == Kind.COUNTY:  # who all say the same, so that the figure is withheld
            answers.setdefault("barriers", {})["legacy-systems"] = "yes"
        mark = uuid4().hex
        hand_in(wave.round, who=mark, answer=answers_to_seal_of(each, questions, answers))
        for question in written(questions):
            hand_in(rounds[question.key], who=mark, answer=texts_to_seal_of(question, answers))
    day = OPENED.date()
    wave.invitations.filter(pk__in=[each.pk for each in invitations]).update(
        state=SurveyInvitation.State.HANDED_IN, handed_in_on=day
    )


def _leanings(questions: Sequence[Question], dice: random.Random) -> dict[tuple[str, str], float]:
    """How likely the headline answer of each row is: what was printed of 2014, and up to eight points off it."""
    wave, headlines = Wave.objects.get(year=2014), Measure.objects.filter(is_headline=True).select_related("table")
    printed = {
        (each.table.slug, row): float(value.value)
        for each in headlines
        for (row, measure), value in values_of(wave, each.table).items()
        if measure == each.key and value.value is not None
    }
    rows = [(question.key, row) for question in questions for row, _ in question.rows or question.choices]
    return {place: min(0.96, max(0.04, (printed.get(place, 50) + dice.uniform(-8, 8)) / 100)) for place in rows}


def _answers(
    questions: Sequence[Question], leanings: Mapping[tuple[str, str], float], dice: random.Random
) -> dict[str, Any]:
    kind = Question.Kind
    answers: dict[str, Any] = {}
    for question in questions:
        if dice.random() < 0.06:
            continue
        if question.kind == kind.MATRIX:
            answers[question.key] = {
                row: _mark(question, leanings[question.key, row], dice) for row, _ in question.rows
            }
        elif question.kind == kind.ONE:
            keys = [key for key, _ in question.choices]
            answers[question.key] = dice.choices(keys, [leanings[question.key, key] for key in keys])[0]
        elif question.kind == kind.NUMBER and question.unit == "%":
            answers[question.key] = str(dice.randint(5, 75))
        elif question.kind == kind.NUMBER and answers.get(question.shown_if) in question.shown_if_values:
            answers[question.key] = str(int(dice.lognormvariate(12.4, 0.8)))
        elif question.key in WRITTEN:
            texts = [text for text, _ in WRITTEN[question.key]]
            answers[question.key] = dice.sample(texts, dice.randint(1, 3))
        elif question.key == "comments" and dice.random() < 0.05:
            answers[question.key] = dice.choice(COMMENTS)
    return answers


def _mark(question: Question, leaning: float, dice: random.Random) -> str:
    """The mark of one row: the headline as often as it leans, else one of the others."""
    keys = [key for key, _ in question.scale]
    headline = [key for key in ("strongly-agree", "agree") if key in keys] or [
        next(key for key in ("key", "important", "yes") if key in keys)
    ]
    others = [key for key in keys if key not in headline]
    return dice.choice(headline if dice.random() < leaning else others)


def _code_and_publish(wave: Fieldwork) -> None:
    """Code what was written, leave a row out with the reason, and publish as two people."""
    anna, sunita = person("analyst"), person("secretariat")
    for table, texts in WRITTEN.items():
        by_row: dict[str, list[str]] = {}
        for text, row in texts:
            by_row.setdefault(row, []).append(text)
        for row, of_row in by_row.items():
            operations.code_texts(wave, table=table, texts=of_row, row=row, by=anna)
        operations.write_coding_rule(wave, table=table, words=RULES[table], by=anna)
    key, reason = LEFT_OUT
    left_out = AskedRow.objects.get(wave=wave.wave, row__key=key, row__table__slug="benefits")
    operations.leave_out(wave, row=left_out, reason=reason, by=anna)
    operations.propose_release(wave, by=anna)
    operations.confirm_release(wave, by=sunita)
