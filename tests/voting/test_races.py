"""Votes that come at the same moment: one per person, and a close is a clean cut. On a database that threads share."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection

from accounts.models import User
from accounts.roles import Role
from core.errors import Refused
from sealing.operations import open_round
from tests.factories.accounts import UserFactory, give_role
from tests.factories.councils import OrganisationFactory
from tests.factories.events import EventFactory
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory, checked_in, shown
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.models import Ballot, Choice, RollEntry, Vote
from voting.outcome import operations as outcome
from voting.outcome.queries import recount, tally

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(*actions):
    """Run each in its own thread with its own connection and return what each returned or raised."""
    start = threading.Barrier(len(actions))
    answers = [None] * len(actions)

    def run(place, action):
        try:
            start.wait(60)
            answers[place] = action()
        except Exception as problem:
            answers[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, action)) for n, action in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


@pytest.fixture
def open_ballot():
    ballot = BallotFactory(open=True)
    options = [OptionFactory(ballot=ballot, order=n) for n in range(3)]
    return ballot, options


@contextmanager
def _no_lock(monkeypatch):
    with monkeypatch.context() as patch:
        for module in ("voting.casting.operations", "voting.outcome.operations", "voting.ballots.operations"):
            patch.setattr(f"{module}.locked", lambda ballot: Ballot.objects.select_related("event").get(pk=ballot.pk))
        yield


def test_one_person_casting_five_times_at_once_has_one_vote(open_ballot):
    ballot, options = open_ballot
    person = RollEntryFactory(ballot=ballot).person

    answers = all_at_once(
        *[lambda n=n: casting.cast(ballot, by=person, marks=casting.ticks([options[n % 3]])) for n in range(5)]
    )

    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert Vote.objects.count() == 1
    assert Choice.objects.count() == 1
    assert tally(ballot).voted == 1


@pytest.mark.parametrize("close_first_at", [2, 6])
def test_what_was_acknowledged_is_counted_when_votes_race_a_close(open_ballot, close_first_at):
    ballot, options = open_ballot
    facilitator = give_role(UserFactory(), Role.FACILITATOR)
    council = OrganisationFactory()
    people = [RollEntryFactory(ballot=ballot, organisation=council).person for _ in range(12)]
    actions = [
        lambda person=person: casting.cast(ballot, by=person, marks=casting.ticks(options[:1])) for person in people
    ]
    actions.insert(close_first_at, lambda: outcome.close_ballot(ballot, by=facilitator))
    actions.insert(9, lambda: outcome.close_ballot(ballot, by=facilitator))

    answers = all_at_once(*actions)

    problems = [a for a in answers if isinstance(a, Exception) and not isinstance(a, Refused)]
    assert problems == []
    receipts = {answer for answer in answers if isinstance(answer, str)}
    ballot.refresh_from_db()
    assert ballot.result["voted"] == len(receipts) == Vote.objects.count()
    assert {receipt.code for receipt in ballot.receipts.all()} == receipts
    assert ballot.result == recount(ballot)


@pytest.mark.parametrize("number", range(5))
def test_of_200_votes_that_race_20_closes_in_five_rounds_those_acknowledged_are_counted(number):
    """Forty votes from eight threads and four closes a round; every other round is secret."""
    facilitator = give_role(UserFactory(), Role.FACILITATOR)
    people = User.objects.bulk_create(User(email=f"voter{n}@race.example", password="!") for n in range(40))
    sealed = open_round("Votes", length=512) if number % 2 else None
    ballot = BallotFactory(open=True, secrecy="secret" if sealed else "open", sealed=sealed)
    options = [OptionFactory(ballot=ballot)]
    RollEntry.objects.bulk_create(RollEntry(ballot=ballot, person=person) for person in people)
    acknowledged, refused, enough = [], [], threading.Event()

    def vote_one_after_another(some):
        for person in some:
            try:
                acknowledged.append(casting.cast(ballot, by=person, marks=casting.ticks(options)))
            except casting.TooLate as refusal:
                refused.append(refusal)
            if len(acknowledged) >= 10:
                enough.set()

    def close():
        enough.wait(60)
        outcome.close_ballot(ballot, by=facilitator)

    lanes = [lambda lane=lane: vote_one_after_another(people[lane::8]) for lane in range(8)]
    assert all_at_once(*lanes, *[close] * 4) == [None] * 12

    ballot.refresh_from_db()
    assert len(acknowledged) + len(refused) == 40
    assert sorted(ballot.receipts.values_list("code", flat=True)) == sorted(acknowledged)
    assert ballot.result["voted"] == ballot.votes.count() == len(acknowledged) >= 10
    assert ballot.result == recount(ballot)


def test_control_without_the_lock_a_vote_slips_past_the_close(open_ballot, monkeypatch):
    """The same cut, with the lock taken off and the moment between reading and writing held open."""
    ballot, options = open_ballot
    facilitator = give_role(UserFactory(), Role.FACILITATOR)
    person = RollEntryFactory(ballot=ballot).person
    has_read, may_write = threading.Event(), threading.Event()
    checked = casting.check_marks

    def slow_check(*args, **known):
        has_read.set()
        may_write.wait(60)
        return checked(*args, **known)

    def close_in_between():
        has_read.wait(60)
        try:
            return outcome.close_ballot.__wrapped__(ballot, by=facilitator)
        finally:
            may_write.set()

    with _no_lock(monkeypatch):
        monkeypatch.setattr(casting, "check_marks", slow_check)
        # Without the transaction, too: on SQLite it is BEGIN IMMEDIATE that holds the lock.
        answers = all_at_once(
            lambda: casting.cast.__wrapped__(ballot, by=person, marks=casting.ticks(options[:1])), close_in_between
        )

    ballot.refresh_from_db()
    assert isinstance(answers[0], str), answers
    assert ballot.result["voted"] == 0
    assert ballot.result != recount(ballot)


def test_the_same_moment_with_the_lock_on_waits_for_the_vote(open_ballot, monkeypatch):
    ballot, options = open_ballot
    facilitator = give_role(UserFactory(), Role.FACILITATOR)
    person = RollEntryFactory(ballot=ballot).person
    has_read = threading.Event()
    checked = casting.check_marks

    def slow_check(*args, **known):
        has_read.set()
        threading.Event().wait(0.3)
        return checked(*args, **known)

    def close_in_between():
        has_read.wait(60)
        return outcome.close_ballot(ballot, by=facilitator)

    monkeypatch.setattr(casting, "check_marks", slow_check)
    answers = all_at_once(lambda: casting.cast(ballot, by=person, marks=casting.ticks(options[:1])), close_in_between)

    ballot.refresh_from_db()
    assert isinstance(answers[0], str), answers
    assert ballot.result["voted"] == 1
    assert ballot.result == recount(ballot)


def test_two_facilitators_opening_at_once_make_one_roll():
    day = EventFactory(co_design=True, started=True)
    facilitator = give_role(UserFactory(), Role.FACILITATOR)
    ballot = BallotFactory(event=day)
    for n in range(2):
        OptionFactory(ballot=ballot, order=n)
    for _ in range(4):
        checked_in(day, UserFactory(), OrganisationFactory())

    answers = all_at_once(*[lambda: ballots.open_ballot(ballot, by=facilitator)] * 3)

    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert ballot.roll.count() == 4


def test_two_run_offs_asked_for_at_once_are_the_same_one(open_ballot):
    ballot, options = open_ballot
    facilitator = give_role(UserFactory(), Role.FACILITATOR)
    for option in options[:2]:
        entry = RollEntryFactory(ballot=ballot)
        casting.cast(ballot, by=entry.person, marks=casting.ticks([option]))
    shown(ballot, facilitator)

    answers = all_at_once(*[lambda: outcome.prepare_run_off(ballot, by=facilitator)] * 2)

    assert answers[0] == answers[1]
    assert Ballot.objects.filter(run_off_of=ballot).count() == 1
