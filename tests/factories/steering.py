import datetime as dt

import factory

from steering.models import BoardSeat, Decision, Meeting
from tests.factories.accounts import UserFactory
from tests.factories.councils import DepartmentFactory


class BoardSeatFactory(factory.django.DjangoModelFactory):
    """A seat of local government; `central=True` for the other side."""

    class Meta:
        model = BoardSeat

    body = factory.SubFactory(DepartmentFactory)
    side = "local"
    order = factory.Sequence(lambda n: 100 + n)

    class Params:
        central = factory.Trait(side="central")


class MeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Meeting

    held_on = factory.Sequence(lambda n: dt.date(2013, 9, 10) + dt.timedelta(days=n))
    host = factory.SubFactory(BoardSeatFactory)
    place = "Smith Square"


class DecisionFactory(factory.django.DjangoModelFactory):
    """Accepted by seven bodies, two abstaining; of no business case."""

    class Meta:
        model = Decision

    number = factory.Sequence(lambda n: f"DEC-2012-{n:02d}")
    title = "Business case: waste standards and API"
    wording = "The board accepts the business case."
    result = Decision.Result.ACCEPTED
    decided_on = dt.date(2012, 12, 10)
    votes_for = 7
    abstentions = 2
    recorded_by = factory.SubFactory(UserFactory)
