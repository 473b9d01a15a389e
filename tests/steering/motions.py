"""How the board votes by e-mail, for the tests of it."""

import datetime as dt

from core import clock
from projects.models import BusinessCase
from steering.models import BoardSeat, Motion
from tests.factories.voting import closed_in_time
from voting.casting.operations import cast, ticks
from voting.models import Option

ORDER = {"title": "The order of the board", "wording": "The board decides between meetings by e-mail."}
SUBMITTED = {"state": BusinessCase.State.SUBMITTED, "submitted_at": dt.datetime(2014, 11, 1, tzinfo=dt.UTC)}


def in_days(number: int) -> dt.date:
    return clock.today() + dt.timedelta(days=number)


def vote(motion: Motion, person, answer: str) -> None:
    cast(motion.ballot, by=person, marks=ticks(Option.objects.filter(ballot=motion.ballot, title=answer)))


def votes(motion: Motion, *, votes_for: int = 0, against: int = 0, abstain: int = 0) -> None:
    """Votes of so many bodies, in the order of the roster."""
    answers = ["For"] * votes_for + ["Against"] * against + ["Abstain"] * abstain
    for seat, answer in zip(BoardSeat.objects.all(), answers, strict=False):
        vote(motion, seat.representative, answer)


def closed(motion: Motion) -> Motion:
    """The motion, its day over and its vote closed by the portal."""
    closed_in_time(motion.ballot)
    return Motion.objects.get(pk=motion.pk)
