"""Nobody finds out who voted for what in a secret ballot: not with the database, a backup, the WAL, logs and receipts.

Three ballots of twenty votes, each of them another, are cast and closed. Each way of `tests/sealing/forensics.py` must
do no better than chance at p < 0.0001; one that does is tried once more, on other ballots. At full size, over real HTTP
and with the server's own files: `python -m benchmarks.promises p9`.

The control: where the vote and its receipt are written in the transaction of the mark, the same ways find everybody.
"""

import json
import random
import uuid

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import SentForm
from core import clock, key_folder
from events.models import SignUp
from sealing.models import Mark
from tests import servers
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.sealing import forensics
from tests.sealing.forensics import Evidence, Guess
from tests.voting.asking import address
from voting.ballots import operations as ballots
from voting.ballots.drafts import NewOption
from voting.cards.operations import cast_by_card, print_cards
from voting.cards.queries import card_of
from voting.cards.secrets_in_words import digest_of
from voting.casting import operations as casting
from voting.methods.values import VoteMark
from voting.models import Ballot, Receipt, Vote
from voting.outcome import operations as outcome

ROUNDS, PEOPLE, OPTIONS, SURELY_NOT_CHANCE = 3, 20, 5, 0.0001


@pytest.fixture
def people(client, transactional_db):
    """Twenty people, each with the cookie of a session."""
    if forensics.server_folder() is None:
        servers.leave_out_part(forensics.NO_WAL)
    forensics.use_keys_that_stand_nowhere_else(
        "accounts_user", "sealing_round", "voting_ballot", "voting_option", "voting_vote"
    )
    found = {}
    for person in UserFactory.create_batch(PEOPLE):
        client.cookies.clear()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        found[person] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


def hold(people, by, client=None, *, opened=True) -> tuple[Guess, Evidence]:
    """One ballot: who voted for what, and what can be known of it afterwards. With a client it is cast on its page."""
    day, begin = EventFactory(started=True), forensics.wal_position()
    SignUp.objects.bulk_create(
        SignUp(event=day, person=person, status="confirmed", position=n, checked_in_at=clock.now())
        for n, person in enumerate(people, 1)
    )
    options = [NewOption(f"Option {n}") for n in range(OPTIONS)]
    ballot = ballots.prepare_ballot(day, by=by, question="Which?", options=options, secrecy=Ballot.Secrecy.SECRET)
    ballot = ballots.open_ballot(ballot, by=by)
    names = tuple(ballot.options.order_by("pk").values_list("pk", flat=True))
    truth = dict(zip((person.pk for person in people), random.sample(forensics.subsets(OPTIONS), PEOPLE), strict=True))
    known = Evidence(forensics.VOTES, ballot.pk, ballot.sealed_id, names)
    with forensics.logged() as known.log:
        for person in random.sample([*people], PEOPLE):
            ticked, token = (
                [name for name, is_in in zip(names, truth[person.pk], strict=True) if is_in],
                uuid.uuid4().hex,
            )
            if client:
                client.cookies[settings.SESSION_COOKIE_NAME] = people[person]
                form = {"step": "count", "options": ticked, "token": token}
                assert client.post(address("cast", ballot), form).status_code == 200
            receipt = casting.cast(ballot, by=person, marks=map(VoteMark, ticked), token=token)  # the same, sent again
            known.shown[receipt] = person.pk
    forensics.read_while_open(known)
    known.drafts = forensics.rows_that_name_a_question(known)
    if opened:
        outcome.close_ballot(ballot, by=by)
    forensics.read_afterwards(known, since=begin)
    return truth, known


def hold_by_cards(by, client, *, opened=True) -> tuple[Guess, Evidence]:
    """One ballot by cards: which card voted for what, and what can be known of it afterwards."""
    day, begin = EventFactory(started=True), forensics.wal_position()
    options = [NewOption(f"Option {n}") for n in range(OPTIONS)]
    ballot = ballots.prepare_ballot(day, by=by, question="Which?", options=options, roll_from=Ballot.Roll.CARDS)
    ballot = ballots.set_cards(ballot, by=by, number=PEOPLE)
    cards = print_cards(ballot, by=by, number=PEOPLE)
    ballot = ballots.open_ballot(ballot, by=by)
    names = tuple(ballot.options.order_by("pk").values_list("pk", flat=True))
    truth = {}
    known = Evidence(forensics.CARDS, ballot.pk, ballot.sealed_id, names)
    with forensics.logged() as known.log:
        for secret, says in zip(cards, random.sample(forensics.subsets(OPTIONS), PEOPLE), strict=True):
            ticked = [name for name, is_in in zip(names, says, strict=True) if is_in]
            form = {"card": secret, "step": "count", "options": ticked, "token": uuid.uuid4().hex}
            assert client.post(reverse("card"), form).status_code == 200
            card = int(digest_of(secret)[:15], 16)
            truth[card] = says
            receipt = cast_by_card(card_of(secret), marks=map(VoteMark, ticked), token=form["token"])  # sent again
            known.shown[receipt] = card
    forensics.read_while_open(known)
    known.drafts = forensics.rows_that_name_a_question(known)
    if opened:
        outcome.close_ballot(ballot, by=by)
    forensics.read_afterwards(known, since=begin)
    return truth, known


def better_than_chance(rounds, ways):
    chances = forensics.found_by_each(rounds, ways)
    return {name: ways[name] for name, chance in chances.items() if chance < SURELY_NOT_CHANCE}


@pytest.mark.postgresql
def test_no_way_finds_more_than_chance_once_a_secret_ballot_has_closed(people, client, fatima):
    suspects = forensics.WAYS
    for _ in range(2):
        rounds = [hold(people, fatima, None if n else client) for n in range(ROUNDS)]
        assert all(len(known.answers) == len(known.shown) == PEOPLE for _, known in rounds)
        suspects = better_than_chance(rounds, suspects)
        if not suspects:
            break

    assert not suspects


@pytest.mark.postgresql
def test_no_way_finds_more_than_chance_from_a_card_to_its_vote(people, client, fatima):
    suspects = forensics.WAYS
    for _ in range(2):
        rounds = [hold_by_cards(fatima, client) for _ in range(ROUNDS)]
        for truth, known in rounds:
            assert {row.says for row in known.marks} == {row.says for row in known.places} == set(truth)
            assert len(known.answers) == len(known.shown) == PEOPLE
        suspects = better_than_chance(rounds, suspects)
        if not suspects:
            break

    assert not suspects


def unsealed(round, *, who, answer):
    """A secret ballot as others keep it: mark, vote and receipt in one transaction; and here a draft that was left."""
    ballot = Ballot.objects.get(sealed=round)
    Mark.objects.create(round=round, **{"key" if isinstance(who, str) else "person": who})
    vote = Vote.objects.create(ballot=ballot, cast_at=None)
    casting.write_choices({vote: tuple(VoteMark(*mark) for mark in answer["marks"])})
    Receipt.objects.create(ballot=ballot, code=answer["receipt"])
    SentForm.objects.create(key=uuid.uuid4().hex, answer=json.dumps(answer))


FINDS_ALL_UNSEALED = {
    "xmin of the mark", "xmin of the place", "xmin of the receipt", "marks as written, answers as written",
    "backup: places as written, answers in physical order",
    "marks as written, what they are made of, as written", "drafts", "receipts as written",
    "WAL: order", "WAL: order of what answers are made of", "WAL: transactions", "WAL: bytes",
}  # fmt: skip


@pytest.mark.postgresql
def test_control_unsealed_the_same_ways_find_everybody_and_so_do_the_boxes_with_their_key(people, fatima, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(key_folder, "try_to_destroy", lambda name: False)
        with_key = [hold(people, fatima)]
    monkeypatch.setattr(casting, "hand_in", unsealed)
    rounds = [hold(people, fatima, opened=False)]

    found = {name: forensics.right(way, rounds) for name, way in forensics.WAYS.items()}

    expected = {name for name in FINDS_ALL_UNSEALED if forensics.server_folder() or not name.startswith("WAL")}
    # A value that two pages of the log share is not found whole among its bytes.
    least = {"WAL: bytes": PEOPLE - 4}
    assert {name for name, number in found.items() if number >= least.get(name, PEOPLE)} >= expected, found
    assert forensics.right(forensics.with_keys_found, with_key) == PEOPLE


@pytest.mark.postgresql
def test_control_unsealed_the_same_ways_find_the_vote_of_every_card(people, client, fatima, monkeypatch):
    monkeypatch.setattr(casting, "hand_in", unsealed)
    rounds = [hold_by_cards(fatima, client, opened=False)]

    found = {name for name, way in forensics.WAYS.items() if forensics.right(way, rounds) == PEOPLE}

    assert found >= {"xmin of the mark", "xmin of the receipt", "marks as written, answers as written", "drafts"}, found
