import datetime as dt

import factory

from core import clock
from councils.models import Organisation
from steering.framework import KEYS
from steering.models import (
    QUORUM,
    BoardAction,
    BoardSeat,
    BodyAttendance,
    Decision,
    FlagAssessment,
    LocalImpact,
    Meeting,
    MeetingItem,
    Motion,
    Paper,
)
from tests.factories.accounts import UserFactory
from tests.factories.councils import DepartmentFactory, OrganisationFactory
from tests.factories.voting import BallotFactory, RollEntryFactory
from voting.models import Option, RollEntry


class BoardSeatFactory(factory.django.DjangoModelFactory):
    """A seat of local government; `central=True` for the other side."""

    class Meta:
        model = BoardSeat

    body = factory.SubFactory(DepartmentFactory)
    side = "local"
    since = dt.date(2012, 1, 1)
    order = factory.Sequence(lambda n: 100 + n)

    class Params:
        central = factory.Trait(side="central")


class MeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Meeting

    day = factory.Sequence(lambda n: dt.date(2013, 9, 10) + dt.timedelta(days=n))
    host = factory.SubFactory(BoardSeatFactory)
    place = "Smith Square"

    class Params:
        planned = factory.Trait(
            state=Meeting.State.PLANNED, day=factory.Sequence(lambda n: clock.today() + dt.timedelta(days=30 + n))
        )


def were_there(meeting: Meeting, *seats: BoardSeat) -> None:
    """Write down that these bodies were at a meeting."""
    for seat in seats:
        BodyAttendance.objects.create(meeting=meeting, seat=seat, came=BodyAttendance.Came.PRESENT)


class MeetingItemFactory(factory.django.DjangoModelFactory):
    """An item written by hand, of a planned meeting."""

    class Meta:
        model = MeetingItem

    meeting = factory.SubFactory(MeetingFactory, planned=True)
    order = factory.Sequence(lambda n: n + 1)
    kind = MeetingItem.Kind.INFORMATION
    title = "Draft memorandum with the Land Registry"


class PaperFactory(factory.django.DjangoModelFactory):
    """A public paper of a planned meeting."""

    class Meta:
        model = Paper

    meeting = factory.SubFactory(MeetingFactory, planned=True)
    title = "The order of the board"
    file_name = "order.pdf"
    content = b"%PDF-1.4 what it says"
    size = factory.LazyAttribute(lambda paper: len(paper.content))
    sha256 = "0" * 64
    added_by = factory.SubFactory(UserFactory)

    class Params:
        restricted = factory.Trait(is_restricted=True, reason="Its terms are under negotiation until it is signed")


class BoardActionFactory(factory.django.DjangoModelFactory):
    """Due in a week."""

    class Meta:
        model = BoardAction

    title = "Write to the four waste suppliers"
    owner = factory.SubFactory(DepartmentFactory)
    due_on = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=7))
    recorded_by = factory.SubFactory(UserFactory)


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


class MotionFactory(factory.django.DjangoModelFactory):
    """Asked yesterday, until three days from now, of five bodies that have representatives; nobody has voted."""

    class Meta:
        model = Motion
        skip_postgeneration_save = True

    title = "The order of the board"
    wording = "The board decides between meetings by e-mail."
    asked_by = factory.SubFactory(UserFactory)
    ballot = factory.SubFactory(
        BallotFactory,
        event=None,
        held_by="Steering board",
        open=True,
        opened_at=factory.LazyFunction(lambda: clock.now() - dt.timedelta(days=1)),
        method="single",
        basis="council",
        tie_rule="none",
        roll_from="bodies",
        quorum=QUORUM,
        closes_at=factory.LazyFunction(lambda: clock.now() + dt.timedelta(days=3)),
    )

    @factory.post_generation
    def bodies(motion, create, extracted, **kwargs):  # how the library calls it
        Option.objects.bulk_create(
            Option(ballot=motion.ballot, title=title, order=n) for n, title in enumerate(("For", "Against", "Abstain"))
        )
        for _ in range(QUORUM):
            seat = BoardSeatFactory(representative=UserFactory())
            entry = {"kind": RollEntry.Kind.BODY, "organisation": seat.body, "person": seat.representative}
            RollEntryFactory(ballot=motion.ballot, weight="1", **entry)


# A step for each item of Planting the Flag.
STEPS = dict.fromkeys(KEYS, 2)


def a_department(slug: str = "hmrc") -> Organisation:
    """One of the seven departments, which is there once."""
    return Organisation.objects.filter(slug=slug).first() or DepartmentFactory(slug=slug, name="HMRC")


class FlagAssessmentFactory(factory.django.DjangoModelFactory):
    """Every item at the second step, on 1 May 2015."""

    class Meta:
        model = FlagAssessment

    council = factory.SubFactory(OrganisationFactory)
    assessed_on = dt.date(2015, 5, 1)
    assessed_by = factory.SubFactory(UserFactory)
    share = redesign = empower = leadership = governance = organisational_change = commissioning = 2
    shared_services = professionalism = information_governance = information_management = access = 2
    infrastructure = business_change = central_policies = 2


class LocalImpactFactory(factory.django.DjangoModelFactory):
    """What stands in the cell of HMRC and councils as providers of services."""

    class Meta:
        model = LocalImpact

    department = factory.LazyFunction(a_department)
    part = LocalImpact.Part.PROVIDER
    level = LocalImpact.Level.SOME
    wording = "Forms that councils check."
    filled_by = factory.SubFactory(UserFactory)
