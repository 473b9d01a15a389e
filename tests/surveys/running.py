"""A wave run here, in a state as a test needs it, with few tables: prepared, open with sealed answers, or closed."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from itertools import cycle

from accounts.models import User
from core import clock
from councils.models import Organisation
from questions.operations import open_sealed_set
from sealing.operations import hand_in, open_round
from surveys.disclosure.values import FrozenRelease
from surveys.fieldwork.preparing import prepare_wave
from surveys.fieldwork.sealed import council_type_of
from surveys.models import (
    AskedTable,
    CodingRule,
    Fieldwork,
    Mention,
    ResultsRow,
    SurveyRelease,
    Wave,
    WrittenAnswer,
    WrittenRound,
)
from surveys.release.frozen import frozen_of
from surveys.release.operations import close_fieldwork
from surveys.release.printing import WRITTEN
from surveys.waves.operations import import_survey
from tests.surveys.files import FEW

PLAN = {"strategy": ["level", "council-type"], "seniority": [], "priorities": []}
TYPES = {"district": 40, "unitary": 24, "county": 12, "london": 20, "scottish": 5, "welsh": 4}


def prepared(plan=None) -> Fieldwork:
    """The wave of 2015, prepared from those that come with the portal, to print few tables."""
    if not Wave.objects.filter(year=2014).exists():
        import_survey(FEW)
    after = Wave.objects.get(year=2014)
    fieldwork = prepare_wave(2015, after=after, closes_at=clock.now() + dt.timedelta(days=30), by=None)
    fieldwork.plan = plan or PLAN
    fieldwork.save()
    return fieldwork


def opened(plan=None, texts=("priorities",)) -> Fieldwork:
    """The same, open: a round of answers, and one for what people write to each of these questions."""
    fieldwork = prepared(plan)
    open_sealed_set(fieldwork.wave.questions)
    fieldwork.round = open_round("Answers", length=4000)
    fieldwork.state, fieldwork.opened_at = Fieldwork.State.OPEN, clock.now()
    fieldwork.save()
    for key in texts:
        WrittenRound.objects.create(fieldwork=fieldwork, question_key=key, round=open_round(key, length=1000))
    return fieldwork


def due(fieldwork: Fieldwork, *, since: dt.timedelta = dt.timedelta(0)) -> Fieldwork:
    """The wave once its time has come, or so long ago."""
    fieldwork.closes_at = clock.now() - since
    fieldwork.save()
    return fieldwork


def answer(fieldwork: Fieldwork, number: int, organisation: Organisation, *, level="2", texts=(), **answers) -> None:
    """One person's answers, sealed as a hand-in seals them."""
    who = hashlib.sha256(str(number).encode()).hexdigest()
    bands = {"level": level, "council-type": council_type_of(organisation)}
    wrote = [each.question_key for each in fieldwork.written_rounds.all() if texts]
    given = {"organisation": organisation.pk, "bands": bands, "answers": answers, "wrote": wrote}
    hand_in(fieldwork.round, who=who, answer=given)
    for written in fieldwork.written_rounds.all():
        hand_in(written.round, who=who, answer={"texts": list(texts)})


def councils(types: dict[str, int] | None = None) -> Iterable[Organisation]:
    """So many councils of each kind, the first by name."""
    for kind, number in (types or TYPES).items():
        yield from Organisation.objects.councils().filter(kind=kind).order_by("name")[:number]


def answered_by_many(fieldwork: Fieldwork, types: dict[str, int] | None = None) -> int:
    """One answer of each council; how many there are."""
    strategy, levels = cycle(("yes", "yes", "intended", "no", "intended")), cycle("1223332")
    texts = cycle((("Bins", "Planning"), ("bins",), (), ("Planning", "A portal", "Bins")))
    each = list(councils(types))
    for number, council in enumerate(each):
        answer(fieldwork, number, council, level=next(levels), texts=next(texts), strategy=next(strategy))
    return len(each)


def closed() -> Fieldwork:
    """A wave that many answered, closed, of which nothing is proposed yet."""
    fieldwork = opened()
    answered_by_many(fieldwork)
    return close_fieldwork(due(fieldwork))


def closed_unread() -> Fieldwork:
    """A closed wave without any answer but three texts, of which nothing is proposed: for who may do what with it."""
    fieldwork = prepared({"priorities": [], "benefits": []})
    fieldwork.state, fieldwork.opened_at, fieldwork.closed_at = "closed", clock.now(), clock.now()
    fieldwork.save()
    fieldwork.wave.closed_on = clock.today()
    fieldwork.wave.save()
    frozen = frozen_of(FrozenRelease({"level": {}, "council-type": {}}, {}, ())) | {WRITTEN: {"priorities": True}}
    SurveyRelease.objects.create(fieldwork=fieldwork, computed_at=clock.now(), frozen=frozen)
    answer = WrittenAnswer.objects.create(fieldwork=fieldwork, question_key="priorities")
    for position, text in enumerate(("Bins", "Planning", "A portal"), start=1):
        Mention.objects.create(answer=answer, position=position, text=text)
    return fieldwork


def coded_unread(by: User) -> Fieldwork:
    """The same with all its texts coded, and the rule."""
    fieldwork = closed_unread()
    Mention.objects.update(row=ResultsRow.objects.get(table__slug="priorities", key="cost"), coded_by=by)
    asked = AskedTable.objects.get(wave=fieldwork.wave, table__slug="priorities")
    CodingRule.objects.create(asked=asked, words="By what changes first.")
    return fieldwork


def proposed_unread(by: User) -> Fieldwork:
    """The same, proposed for publication."""
    fieldwork = coded_unread(by)
    SurveyRelease.objects.update(proposed_by=by, proposed_at=clock.now())
    return fieldwork
