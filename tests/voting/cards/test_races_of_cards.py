"""One card used twice at a moment, and more cards than places: under the ballot's lock, on a database threads share."""

import threading

import pytest

from accounts.roles import Role
from core.errors import Refused
from sealing.models import Mark, Staged
from tests.factories.accounts import UserFactory, give_role
from tests.factories.events import EventFactory
from tests.factories.voting import OptionFactory
from tests.race import all_at_once, problems
from voting.ballots import operations as ballots
from voting.cards import operations, queries
from voting.cards.operations import cast_by_card, print_cards
from voting.casting.operations import ticks
from voting.models import Ballot
from voting.outcome import operations as outcome

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held():
    """An open vote by five cards: the ballot, its options, its cards, and who runs it."""
    fatima = give_role(UserFactory(), Role.FACILITATOR)
    day = EventFactory(started=True, made_by=fatima)
    draft = Ballot.objects.create(event=day, question="Which?", roll_from="cards")
    options = [OptionFactory(ballot=draft, order=n) for n in range(3)]
    ballots.set_cards(draft, by=fatima, number=5)
    cards = [queries.card_of(secret) for secret in print_cards(draft, by=fatima, number=16)]
    return ballots.open_ballot(draft, by=fatima), options, cards, fatima


def test_one_card_posted_from_five_tabs_at_once_votes_once(held):
    _, options, cards, _ = held
    answers = all_at_once(
        [lambda n=n: cast_by_card(cards[0], marks=ticks([options[n % 3]]), token=str(n)) for n in range(5)]
    )
    assert len(problems(answers)) == 4
    assert all(isinstance(problem, Refused) for problem in problems(answers)), answers
    assert (Mark.objects.count(), Staged.objects.count()) == (1, 1)


def test_one_form_posted_twice_at_once_gets_one_receipt(held):
    _, options, cards, _ = held
    answers = all_at_once([lambda: cast_by_card(cards[0], marks=ticks(options[:1]), token="t")] * 2)
    assert len(set(answers)) == 1
    assert Staged.objects.count() == 1


def test_more_cards_than_places_at_once_leave_as_many_votes_as_places(held):
    ballot, options, cards, fatima = held
    answers = all_at_once([lambda card=card: cast_by_card(card, marks=ticks(options[:1])) for card in cards])
    assert len(problems(answers)) == len(cards) - 5
    assert Mark.objects.count() == 5
    assert outcome.close_ballot(ballot, by=fatima).result["voted"] == 5


def test_without_the_lock_two_votes_take_one_place(held, monkeypatch):
    """The control: the last place is asked for by two before either has taken it."""
    ballot, options, cards, _ = held
    for card in cards[:4]:
        cast_by_card(card, marks=ticks(options[:1]))
    both_asked = threading.Barrier(2)
    free_place = queries.free_place

    def asked(ballot):
        place = free_place(ballot)
        both_asked.wait(60)
        return place

    monkeypatch.setattr(queries, "free_place", asked)
    monkeypatch.setattr(operations, "locked", lambda ballot: Ballot.objects.get(pk=ballot.pk))
    # Without the transaction, too: on SQLite it is BEGIN IMMEDIATE that holds the lock.
    answers = all_at_once(
        [lambda card=card: cast_by_card.__wrapped__(card, marks=ticks(options[:1])) for card in cards[4:6]]
    )

    assert problems(answers) == []
    assert Mark.objects.count() == 6 > ballot.roll.count()


def test_a_card_used_during_the_close_is_counted_or_refused(held):
    ballot, options, cards, fatima = held
    answers = all_at_once(
        [
            *[lambda card=card: cast_by_card(card, marks=ticks(options[:1])) for card in cards[:5]],
            lambda: outcome.close_ballot(ballot, by=fatima),
        ]
    )
    acknowledged = [answer for answer in answers if isinstance(answer, str)]
    ballot.refresh_from_db()
    assert ballot.result["voted"] == len(acknowledged)
