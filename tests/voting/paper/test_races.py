"""At the same moment a person’s mark is spent once: by voting, by a card or by a slip. No slip is counted twice."""

import threading

import pytest

from accounts.roles import Role
from core.errors import Refused
from tests.factories.accounts import UserFactory, give_role
from tests.factories.events import EventFactory
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory
from tests.race import all_at_once, problems
from tests.voting.paper.counting import CARD, SLIP, confirmed, entered
from tests.voting.papers import open_ballot
from voting.casting import operations as casting
from voting.casting.operations import ticks
from voting.models import Ballot, PaperBatch, Vote
from voting.outcome import operations as outcome
from voting.outcome.queries import recount
from voting.paper import operations as paper
from voting.paper.operations import batches
from voting.paper.queries import entered_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room():
    """An open ballot with six on its roll, one option and two facilitators."""
    ballot = BallotFactory(open=True)
    option = OptionFactory(ballot=ballot)
    people = [RollEntryFactory(ballot=ballot).person for _ in range(6)]
    facilitators = [give_role(UserFactory(), Role.FACILITATOR) for _ in range(2)]
    return ballot, option, people, facilitators


def spent(ballot, person):
    """How often somebody's mark is spent: by a vote on a screen, and by a card or slip."""
    return Vote.objects.filter(person=person).count() + ballot.roll.handed_out().filter(person=person).count()


@pytest.mark.parametrize("kinds", [(SLIP, SLIP), (SLIP, SLIP, SLIP)])
def test_whoever_votes_while_handed_a_slip_by_several_has_spent_their_mark_once(room, kinds):
    ballot, option, people, (by, _) = room
    person, on_roll = people[0], ballot.roll.standing().count()

    answers = all_at_once(
        [
            lambda: casting.cast(ballot, by=person, marks=ticks([option]), token="t"),
            *[lambda kind=kind: paper.hand_out(ballot, person, kind=kind, by=by) for kind in kinds],
        ]
    )

    assert spent(ballot, person) == 1, answers
    assert len(problems(answers)) == len(kinds)
    assert ballot.roll.standing().count() == on_roll


def test_a_card_and_a_slip_handed_out_at_once_are_one():
    day, by = EventFactory(co_design=True, started=True), give_role(UserFactory(), Role.FACILITATOR)
    people = UserFactory.create_batch(6)
    secret = open_ballot(day, by, "approval", *people, secrecy="secret")

    answers = all_at_once(
        [lambda kind=kind: paper.hand_out(secret, people[0], kind=kind, by=by) for kind in (CARD, SLIP)]
    )

    assert len(problems(answers)) == 1
    assert secret.roll.standing().filter(kind__in=(CARD, SLIP)).count() == 1


def _in_the_middle_of_a_vote(monkeypatch, ballot, option, person, meanwhile, *, locked):
    """The answers of a vote and of what happens between its reading and its writing."""
    has_read, is_over = threading.Event(), threading.Event()
    checked = casting.check_marks

    def slow_check(*args, **more):
        has_read.set()
        is_over.wait(0.5 if locked else 60)  # behind the lock it is over only after the vote
        return checked(*args, **more)

    monkeypatch.setattr(casting, "check_marks", slow_check)
    # Without the transaction, too: on SQLite it is BEGIN IMMEDIATE that holds the lock.
    cast = casting.cast if locked else casting.cast.__wrapped__

    def then():
        has_read.wait(60)
        try:
            return meanwhile()
        finally:
            is_over.set()

    return all_at_once([lambda: cast(ballot, by=person, marks=ticks([option]), token="t"), then])


def test_a_slip_handed_out_in_the_middle_of_a_vote_waits_for_it_and_is_refused(room, monkeypatch):
    ballot, option, (person, *_), (by, _) = room

    answers = _in_the_middle_of_a_vote(
        monkeypatch, ballot, option, person, lambda: paper.hand_out(ballot, person, kind=SLIP, by=by), locked=True
    )

    assert isinstance(answers[0], str), answers
    assert isinstance(answers[1], Refused)
    assert spent(ballot, person) == 1


def test_control_without_the_lock_the_mark_is_spent_twice(room, monkeypatch):
    ballot, option, (person, *_), (by, _) = room
    monkeypatch.setattr(casting, "locked", lambda ballot: Ballot.objects.get(pk=ballot.pk))
    monkeypatch.setattr(
        "voting.paper.operations.handing.locked_to_run", lambda ballot, by: Ballot.objects.get(pk=ballot.pk)
    )

    answers = _in_the_middle_of_a_vote(
        monkeypatch,
        ballot,
        option,
        person,
        lambda: paper.hand_out.__wrapped__(ballot, person, kind=SLIP, by=by),
        locked=False,
    )

    assert spent(ballot, person) == 2, answers


def test_batches_started_at_once_hold_no_more_slips_than_were_handed_out(room):
    ballot, _, people, (by, other) = room
    paper.hand_out(ballot, *people[:5], kind=SLIP, by=by)

    answers = all_at_once([lambda by=by: paper.start_batch(ballot, slips=3, by=by) for by in (by, other, by)])

    assert len(problems(answers)) == 2
    assert [batch.slips for batch in PaperBatch.objects.all()] == [3]


@pytest.mark.parametrize("others", ["a vote", "another number", "the same number"])
def test_the_last_slip_of_a_batch_entered_twice_at_once_is_a_vote_or_spoilt(room, others):
    ballot, option, people, (by, _) = room
    paper.hand_out(ballot, *people[:2], kind=SLIP, by=by)
    batch = paper.start_batch(ballot, slips=1, by=by)
    other = {
        "a vote": lambda: paper.add_pile(batch, marks=ticks([option]), slips=1, by=by),
        "another number": lambda: paper.add_spoilt(batch, number=8, reason="blank", by=by),
        "the same number": lambda: paper.add_spoilt(batch, number=7, reason="unreadable", by=by),
    }[others]

    answers = all_at_once([lambda: paper.add_spoilt(batch, number=7, reason="blank", by=by), other])

    assert [type(problem) for problem in problems(answers)] == [Refused], answers
    assert entered_in(batch) == 1


def test_control_without_the_lock_the_last_slip_is_a_vote_and_spoilt(room, monkeypatch):
    ballot, option, people, (by, _) = room
    paper.hand_out(ballot, *people[:2], kind=SLIP, by=by)
    batch = paper.start_batch(ballot, slips=1, by=by)
    both = threading.Barrier(2, timeout=60)
    check = batches._check_left

    def check_at_once(*args, **more):
        check(*args, **more)
        both.wait()

    monkeypatch.setattr(batches, "_check_left", check_at_once)
    monkeypatch.setattr(batches, "locked_to_run", lambda ballot, by: Ballot.objects.get(pk=ballot.pk))

    # Without the transaction, too: on SQLite it is BEGIN IMMEDIATE that holds the lock.
    answers = all_at_once(
        [
            lambda: paper.add_spoilt.__wrapped__(batch, number=7, reason="blank", by=by),
            lambda: paper.add_pile.__wrapped__(batch, marks=ticks([option]), slips=1, by=by),
        ]
    )

    assert entered_in(batch) == 2, answers


def test_a_batch_confirmed_and_sent_back_at_once_is_one_of_both(room):
    ballot, option, people, (by, other) = room
    third = give_role(UserFactory(), Role.FACILITATOR)
    paper.hand_out(ballot, *people[:3], kind=SLIP, by=by)
    batch = entered(ballot, by, (ticks([option]), 3))

    answers = all_at_once(
        [lambda: confirmed(batch, other), lambda: paper.send_batch_back(batch, reason="No.", by=third)]
    )

    assert len(problems(answers)) == 1, answers
    batch.refresh_from_db()
    assert (batch.confirmed_at is None) == bool(batch.sent_back)


def test_paper_confirmed_while_the_vote_closes_is_counted_or_keeps_it_open(room):
    ballot, option, people, (by, other) = room
    paper.hand_out(ballot, *people[:3], kind=SLIP, by=by)
    batch = entered(ballot, by, (ticks([option]), 3))

    all_at_once([lambda: confirmed(batch, other), lambda: outcome.close_ballot(ballot, by=by)])

    closed = outcome.close_ballot(ballot, by=by)
    assert closed.result["voted"] == 3 == Vote.objects.count()
    assert recount(closed) == closed.result
