import datetime as dt

import factory

from core import clock
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import PrototypeFactory
from voting.models import Ballot, Choice, Option, RollEntry, Vote
from voting.outcome import operations as outcome


class BallotFactory(factory.django.DjangoModelFactory):
    """Being prepared, on a Co-Design Day; `open=True` for one that takes votes (from nobody yet)."""

    class Meta:
        model = Ballot

    question = "Which prototypes should we pursue?"
    event = factory.SubFactory(EventFactory, co_design=True, started=True)
    secrecy = Ballot.Secrecy.OPEN
    # One after another: drawn ones would meet among many ballots.
    code = factory.Sequence(lambda n: "".join("ABCDEFGHJKLMNPQRSTUVWXYZ"[n // 24**place % 24] for place in range(4)))

    class Params:
        open = factory.Trait(
            state=Ballot.State.OPEN, opened_at=factory.LazyFunction(lambda: clock.now() - dt.timedelta(minutes=1))
        )


class OptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Option

    ballot = factory.SubFactory(BallotFactory)
    prototype = factory.SubFactory(PrototypeFactory)
    title = factory.LazyAttribute(lambda option: option.prototype.title)
    summary = factory.LazyAttribute(lambda option: option.prototype.summary)


class RollEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RollEntry

    ballot = factory.SubFactory(BallotFactory)
    person = factory.SubFactory("tests.factories.accounts.UserFactory")
    organisation = factory.SubFactory("tests.factories.councils.OrganisationFactory")


def checked_in(event, person, organisation=None):
    """`person` has a place at `event` and is in the room."""
    return SignUpFactory(event=event, person=person, organisation=organisation, checked_in_at=clock.now())


def voted(ballot, organisation, *options, person=None):
    """Somebody of `organisation` on the roll of `ballot`, with a vote for `options`: written past the operation."""
    entry = RollEntryFactory(ballot=ballot, organisation=organisation, **({"person": person} if person else {}))
    vote = Vote.objects.create(ballot=ballot, entry=entry, person=entry.person, organisation=organisation)
    Choice.objects.bulk_create(Choice(vote=vote, option=option) for option in options)
    return vote


def shown(ballot, by):
    """The ballot, closed and its result shown to everybody."""
    outcome.close_ballot(ballot, by=by)
    return outcome.reveal_ballot(ballot, by=by)


def closed_in_time(ballot):
    """The ballot, closed by the portal, announced for a second ago: more than a clock of the database rounds by."""
    Ballot.objects.filter(pk=ballot.pk).update(closes_at=clock.now() - dt.timedelta(seconds=1))
    return outcome.close_ballot(ballot, by=None)
