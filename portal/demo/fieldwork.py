"""A survey of this year that is open: made-up people of real councils are invited, and some have handed in."""

import datetime as dt
import random
import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from core import clock
from councils.kinds import Kind
from councils.models import Organisation
from portal.demo.people import FIRST_NAMES, LAST_NAMES
from questions.models import Question
from questions.queries import asked
from surveys.fieldwork.operations import (
    Person,
    decline_reminders,
    hand_in_survey,
    invite_all,
    open_fieldwork,
    save_answers,
)
from surveys.fieldwork.preparing import prepare_wave
from surveys.models import SurveyInvitation, Wave

# The link of one of those who are invited, the same in each demo, for whoever wants to answer.
LINK = uuid.uuid5(uuid.NAMESPACE_URL, "https://demo.example/survey")
OPEN_FOR = dt.timedelta(days=24)
HANDED_IN, BEGUN = 14, 3
# How many people of which kind of council.
INVITED = {
    Kind.DISTRICT: 22,
    Kind.COUNTY: 8,
    Kind.UNITARY: 12,
    Kind.LONDON: 6,
    Kind.METROPOLITAN: 6,
    Kind.SCOTTISH: 3,
    Kind.WELSH: 2,
    Kind.NORTHERN_IRISH: 1,
}
TITLES = (
    ("Head of ICT", "it"),
    ("Chief Executive", "chief-executive"),
    ("Head of Customer Services", "customer-or-transformation"),
    ("Digital Services Manager", "practitioner"),
    ("Assistant Director of Transformation", "customer-or-transformation"),
    ("Web Team Leader", "practitioner"),
    ("Head of Planning", "service-head"),
    ("Customer Services Officer", "front-line"),
)
WRITTEN = {
    "departments": ["Department for Work and Pensions", "HM Revenue and Customs"],
    "priorities": ["Adult social care", "Planning applications", "Waste collections"],
    "comments": "It would help to see what other councils of our size have tried.",
}


def build() -> None:
    """Prepare the survey of this year, invite, open it, and let some answer."""
    year = clock.today().year
    before = Wave.objects.filter(year__lt=year, questions__isnull=False).order_by("year").last()
    if before is None or Wave.objects.filter(year__gte=year).exists():
        return
    closes_at = dt.datetime.combine(clock.today() + OPEN_FOR, dt.time(17), clock.LONDON)
    fieldwork = prepare_wave(year, after=before, closes_at=closes_at, by=None, is_illustrative=True)
    invite_all(fieldwork, by=None, people=_people())
    SurveyInvitation.objects.filter(email="respondent@demo.example").update(reference=LINK)
    fieldwork = open_fieldwork(fieldwork, by=None)
    questions, chance = asked(fieldwork.wave.questions), random.Random(year)
    others = list(fieldwork.invitations.exclude(reference=LINK).order_by("pk"))
    chance.shuffle(others)
    for number, one in enumerate(others[: HANDED_IN + BEGUN]):
        answers = {question.key: answer for question in questions if (answer := _answer(question, chance))}
        if answers.get("savings") != "yes":
            answers.pop("savings-pounds", None)
        saved = save_answers(one, keys=list(answers), answers=answers)
        if number < HANDED_IN:
            hand_in_survey(saved, token="the demo")
    decline_reminders(others[-1])


def link() -> str:
    """The address at which somebody answers in the demo."""
    return settings.BASE_URL + reverse("surveys:answer", args=[LINK])


def _people() -> list[Person]:
    """People of councils of today, the first of whom is asked by the link that the demo shows."""
    harlow = Organisation.objects.get(slug="harlow")
    found = [Person(harlow, "respondent@demo.example", "Rosa Lind", "Digital Services Manager", "practitioner")]
    for kind, number in INVITED.items():
        councils = Organisation.objects.in_force().filter(kind=kind).exclude(pk=harlow.pk).order_by("slug")[:number]
        for council in councils:
            n = len(found)
            name = f"{FIRST_NAMES[n * 7 % len(FIRST_NAMES)]} {LAST_NAMES[n * 11 % len(LAST_NAMES)]}"
            title, role = TITLES[n % len(TITLES)]
            email = f"{name.replace(' ', '.').lower()}.{council.slug}@demo.example"
            found.append(Person(council, email, name, title, role))
    return found


def _answer(question: Question, chance: random.Random) -> Any:
    """A made-up answer; none where it is skipped."""
    if question.is_written:
        return WRITTEN.get(question.key) if chance.random() < 0.5 else None
    if question.kind == Question.Kind.MATRIX:
        return {row: _one_of(question.scale, chance) for row, _ in question.rows if chance.random() < 0.95}
    if question.kind == Question.Kind.NUMBER:
        return str(chance.randint(10, 90)) if question.unit == "%" else str(chance.randint(5, 300) * 10_000)
    return _one_of(question.choices, chance) if question.choices else None


def _one_of(choices: Sequence[Sequence[str]], chance: random.Random) -> str:
    return chance.choice(choices)[0]
