"""How many have voted: exact in an open vote, in a secret one as counted once in 30 seconds."""

import datetime as dt

import pytest
from django.core.cache import cache

from core import clock
from sealing.models import Mark
from sealing.operations import forget_marks
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.voting import checked_in
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.casting import turnout
from voting.casting.turnout import turnout_of
from voting.outcome import operations as outcome

pytestmark = pytest.mark.sql


@pytest.fixture
def people(day):
    """Eight people are checked in."""
    found = UserFactory.create_batch(8)
    for person in found:
        checked_in(day, person, OrganisationFactory())
    return found


@pytest.fixture
def secret(day, prototypes, people, fatima):
    """An open secret ballot with the eight on its roll, of which nobody has asked the turnout yet."""
    draft = ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=prototypes)
    ballot = ballots.open_ballot(draft, by=fatima)
    cache.clear()
    return ballot


def vote(ballot, *people):
    for person in people:
        casting.cast(ballot, by=person, marks=casting.ticks(ballot.options.all()[:1]), token="t")


@pytest.fixture
def kept_for(monkeypatch):
    """The seconds for which turnouts were put into the cache."""
    found, add = [], cache.add

    def noted(key, value, timeout):
        found.append(timeout)
        return add(key, value, timeout)

    monkeypatch.setattr(turnout.cache, "add", noted)
    return found


def test_the_turnout_of_an_open_vote_is_exact_at_once(ballot, options, amina, carlos):
    for number, person in enumerate((amina, carlos), start=1):
        casting.cast(ballot, by=person, marks=casting.ticks(options[:1]))
        assert (turnout_of(ballot).share.numerator, turnout_of(ballot).counted_at) == (number, None)


def test_the_turnout_of_a_secret_vote_is_counted_once_in_30_seconds(secret, people, kept_for):
    vote(secret, *people[:3])
    first = turnout_of(secret)
    vote(secret, *people[3:5])

    again = turnout_of(secret)

    assert (str(first), str(again)) == ("3 of 8", "3 of 8")
    assert again.counted_at == first.counted_at is not None
    assert kept_for == [30]
    cache.clear()  # as after 30 seconds
    assert str(turnout_of(secret)) == "5 of 8"


def test_where_nothing_is_kept_it_is_rounded_down_to_a_multiple_of_five(secret, people, monkeypatch):
    monkeypatch.setattr(turnout.cache, "get", lambda key, default=None: default)
    monkeypatch.setattr(turnout.cache, "add", lambda *args: False)
    told = []
    for person in people:
        vote(secret, person)
        told.append(turnout_of(secret).share.numerator)

    assert told == [0, 0, 0, 0, 5, 5, 5, 5]


def test_no_page_tells_a_vote_within_the_30_seconds(client, signed_in, secret, people, fatima):
    pages = [address(name, secret) for name in ("detail", "record", "screen", "state")] + ["/votes/"]
    vote(secret, people[0])
    read = [client.get(page) for page in pages]
    etag = read[3]["ETag"]
    vote(secret, *people[1:4])

    for reader in (client, signed_in(fatima)):
        for page in pages:
            words = text_of(reader.get(page))
            assert "4 of 8" not in words, page
            assert '"voted": 4' not in words, page
    client.logout()
    assert client.get(pages[3], headers={"if-none-match": etag}).status_code == 304


def test_once_it_has_closed_the_turnout_is_exact(secret, people, fatima):
    vote(secret, people[0])
    turnout_of(secret)
    vote(secret, *people[1:7])

    closed = outcome.close_ballot(secret, by=fatima)

    assert (str(turnout_of(closed)), turnout_of(closed).counted_at) == ("7 of 8", None)


def test_the_turnout_of_a_void_round_stays_when_the_marks_are_forgotten(secret, people, fatima):
    vote(secret, *people[:6])
    void = ballots.void_ballot(secret, by=fatima, reason="The question was misread")
    with clock.at(clock.now() + dt.timedelta(days=91)):
        assert forget_marks() == 6
    assert not Mark.objects.exists()

    assert str(turnout_of(void)) == "6 of 8"
