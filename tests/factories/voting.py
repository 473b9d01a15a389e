import factory

from tests.factories.events import EventFactory
from tests.factories.projects import PrototypeFactory
from voting.models import Ballot, Option


class BallotFactory(factory.django.DjangoModelFactory):
    """Being prepared, on a Co-Design Day."""

    class Meta:
        model = Ballot

    question = "Which prototypes should we pursue?"
    event = factory.SubFactory(EventFactory, co_design=True, started=True)


class OptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Option

    ballot = factory.SubFactory(BallotFactory)
    prototype = factory.SubFactory(PrototypeFactory)
