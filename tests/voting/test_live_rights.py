"""A socket ends within five seconds of the right to it: a session, an account, a role, a place, the ballot."""

import asyncio
import itertools
import time

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import Group

from accounts.roles import Role
from core.sessions import SessionStore
from events.models import SignUp
from tests.factories.accounts import UserFactory
from tests.factories.events import SignUpFactory
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory
from tests.voting.sockets import HERE, cookie_of, session_of, socket
from voting.ballots import operations as ballots
from voting.room.watchers import Watcher, lost, watchers_of

pytestmark = pytest.mark.django_db(transaction=True)

SOCKETS = 200


def end_session(person, session):
    session.flush()


def change_password(person, session):
    person.set_password("another-one")
    person.save()


def close_account(person, session):
    person.is_active = False
    person.save()


def lose_role(person, session):
    person.groups.clear()


def lose_place(person, session):
    SignUp.objects.filter(person=person).delete()


def waits(ballot):
    return SignUpFactory(event=ballot.event).person


def facilitates(ballot):
    person = UserFactory()
    person.groups.add(Group.objects.get(name=Role.FACILITATOR))
    return person


def on_roll(ballot):
    return RollEntryFactory(ballot=ballot).person


def watching(ballot, number, who):
    """So many people of these kinds by turns, each with a session, and what will happen to them."""
    people = []
    for (make, happens), _ in zip(itertools.cycle(who), range(number), strict=False):
        person = make(ballot)
        people.append((person, session_of(person), happens))
    return people


async def open_sockets(ballot, people):
    hall = [socket(ballot, HERE, cookie_of(session)) for _, session, _ in people]
    for watcher in hall:
        assert (await watcher.connect())[0]
        await watcher.receive_from()
    return hall


def happen(people):
    for person, session, happens in people:
        happens(person, session)


OPEN = [(on_roll, end_session), (on_roll, change_password), (on_roll, close_account)]
DRAFT = [(waits, end_session), (waits, lose_place), (facilitates, lose_role), (facilitates, change_password)]


@pytest.mark.parametrize(("is_open", "who"), [(True, OPEN), (False, DRAFT)], ids=["open", "being prepared"])
async def test_two_hundred_sockets_end_within_five_seconds_and_others_go_on(is_open, who):
    ballot = await sync_to_async(BallotFactory)(open=is_open, version=1, event__capacity=1000)
    people = await sync_to_async(watching)(ballot, SOCKETS, who)
    others = await sync_to_async(watching)(ballot, 4, who)
    hall, stay = await open_sockets(ballot, people), await open_sockets(ballot, others)

    began = time.monotonic()
    await sync_to_async(happen)(people)
    took = time.monotonic() - began
    ended = await asyncio.gather(*(watcher.receive_output(took + 5) for watcher in hall))

    assert [each.get("code") for each in ended] == [4401] * SOCKETS
    assert time.monotonic() - began < took + 5
    for watcher in stay:
        assert await watcher.receive_nothing(0)
        await watcher.disconnect()


async def test_who_waits_for_a_vote_that_is_withdrawn_reads_so_and_the_socket_ends(fatima):
    ballot = await sync_to_async(BallotFactory)()
    for _ in range(2):
        await sync_to_async(OptionFactory)(ballot=ballot)
    (watcher,) = await open_sockets(ballot, await sync_to_async(watching)(ballot, 1, DRAFT))

    await sync_to_async(ballots.withdraw_ballot)(ballot, by=fatima)

    assert "withdrawn" in await watcher.receive_from()
    assert (await watcher.receive_output())["code"] == 4410


@pytest.mark.parametrize("is_open", [True, False])
def test_to_look_after_a_hall_costs_as_many_queries_as_after_one(is_open, django_assert_max_num_queries):
    ballot = BallotFactory(open=is_open, event__capacity=1000)
    people = watching(ballot, 30, [(waits, end_session)])
    hall = {Watcher(session.session_key, person.pk, person.password) for person, session, _ in people}
    for watchers in (set(list(hall)[:1]), hall):
        with django_assert_max_num_queries(3 if is_open else 5):
            assert lost(ballot.pk, watchers) == set()


def test_a_session_counts_only_while_it_lasts_and_with_the_password_and_account_it_was_begun_with():
    def expired(person, session):
        session.set_expiry(-1)
        session.save()

    ballot = BallotFactory(open=True)
    ways = [end_session, change_password, close_account, expired]
    people = watching(ballot, 4, [(on_roll, happens) for happens in ways])
    keys = [session.session_key for _, session, _ in people]
    assert len(watchers_of(keys)) == 4

    happen(people)

    assert watchers_of([*keys, "forged"]) == {}


def test_a_session_with_which_nobody_signed_in_is_a_strangers():
    session = SessionStore()
    session["basket"] = 1
    session.create()

    assert watchers_of([session.session_key]) == {}
