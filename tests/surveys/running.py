"""A wave run here, in a state as a test needs it, with few tables: prepared, open with sealed answers, or closed."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from itertools import cycle

from core import clock
from councils.models import Organisation
from questions.operations import open_sealed_set
from sealing.operations import hand_in, open_round
from surveys.fieldwork.preparing import prepare_wave
from surveys.fieldwork.sealed import council_type_of
from surveys.models import Fieldwork, Wave, WrittenRound
from surveys.release.operations import close_fieldwork
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


def answer(fieldwork: Fieldwork, number: int, organisation: Organisation, *, level="2", texts=(), **answers) -> None:
    """One person's answers, sealed as a hand-in seals them."""
    who = hashlib.sha256(str(number).encode()).hexdigest()
    bands = {"level": level, "council-type": council_type_of(organisation)}
    given = {"organisation": organisation.pk, "bands": bands, "answers": answers}
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
    fieldwork.closes_at = clock.now()
    fieldwork.save()
    return close_fieldwork(fieldwork)
