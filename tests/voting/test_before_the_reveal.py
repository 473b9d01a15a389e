"""Before its result is shown nothing tells how a vote goes: opposite votes look the same to the last byte."""

import re

import pytest
from django.core.cache import cache
from django.db import transaction

from core import clock
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.voting import checked_in
from tests.voting.asking import address
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.models import Ballot
from voting.outcome import operations as outcome

pytestmark = pytest.mark.django_db

DIFFERS_ANYWAY = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|nonce-[\w+/=-]+')


class Undone(Exception):
    """Rolls a story back."""


@pytest.fixture
def people(day):
    found = UserFactory.create_batch(6)
    for person in found:
        checked_in(day, person, OrganisationFactory())
    return found


@pytest.fixture(params=["open", "secret"])
def held(request, day, prototypes, people, fatima):
    """A ballot of six whose tally nobody sees while it runs, in the open or in secret."""
    day.prototypes.set(prototypes)
    draft = ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=prototypes, secrecy=request.param)
    return ballots.open_ballot(draft, by=fatima)


def pages_of(ballot):
    own = [address(name, ballot) for name in ("detail", "results", "record", "screen", "state")]
    files = [address("record", ballot) + "?format=csv", address("results", ballot) + "?format=csv"]
    others = ["/votes/", "/votes/?format=csv", ballot.event.get_absolute_url(), "/"]
    prototypes = [option.prototype.get_absolute_url() for option in ballot.options.all()]
    return [*own, *files, *others, *prototypes]


def body_of(response):
    body = response.getvalue() if response.streaming else response.content
    told = [
        str(response.status_code).encode(),
        response.get("ETag", "").encode(),
        response.get("Location", "").encode(),
    ]
    return b" ".join([*told, DIFFERS_ANYWAY.sub(b"", body)])


@pytest.mark.parametrize("then", ["open", "paused", "closed", "void"])
def test_until_the_result_is_shown_opposite_votes_look_the_same_to_everybody(
    client, signed_in, held, people, fatima, sunita, boris, ben, then
):
    moment = clock.now()

    def told(number):
        """What each reader reads once everybody has voted for one option; then all is undone."""
        found = {}
        cache.clear()
        try:
            with transaction.atomic(), clock.at(moment):
                option = held.options.all()[number]
                for person in people:
                    casting.cast(held, by=person, marks=casting.ticks([option]), token="t")
                if then == "paused":
                    ballots.pause_ballot(held, by=fatima)
                elif then == "void":
                    ballots.void_ballot(held, by=fatima, reason="Misread")
                elif then == "closed":
                    outcome.close_ballot(held, by=fatima)
                readers = [None, ben, boris, fatima, sunita, *(people[:1] if held.is_secret else ())]
                for reader in readers:
                    client.logout()
                    browser = signed_in(reader) if reader else client
                    for page in pages_of(held):
                        found[str(reader), page] = body_of(browser.get(page))
                raise Undone
        except Undone:
            return found

    first, second = told(0), told(1)

    assert len(first) >= 5 * 14
    assert [place for place in first if first[place] != second[place]] == []


def test_and_once_it_is_shown_they_differ(client, held, people, fatima):
    option = held.options.first()
    for person in people:
        casting.cast(held, by=person, marks=casting.ticks([option]), token="t")
    outcome.close_ballot(held, by=fatima)
    before = client.get(address("state", held)).json()
    outcome.reveal_ballot(held, by=fatima)

    after = client.get(address("state", held)).json()

    assert (before["tally"], before["heading"]) == (None, "Voting has closed")
    assert [line["people"] for line in after["tally"]] == ["6", "0", "0"]
    assert Ballot.objects.get().shows_result
