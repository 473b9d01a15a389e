"""Before a result is shown, two ballots of one turnout whose people voted the opposite look the same, to everybody.

What is walked and compared stands in `telling.py`. Here six pairs; a hundred: `python -m benchmarks.promises p10`.
"""

import os
import re
from pathlib import Path

import pytest

from tests.architecture.routes import FOREIGN
from tests.voting.asking import address
from tests.voting.telling import READERS, bring_to, differences, world_of
from voting.models import Ballot
from voting.outcome import operations as outcome

# A pair of ballots for each kind and state, each by another method.
PAIRS = [
    ("open", "open", "budget"),
    ("open", "paused", "ranked"),
    ("open", "closed", "approval"),
    ("secret", "void", "dots"),
    ("secret", "paused", "matrix"),
    ("secret", "closed", "score"),
]
# The two states that these leave out, where a result would stand, for all readers.
SHORTER = [("secret", "open", "approval"), ("open", "void", "single")]


@pytest.fixture
def world(db, settings):
    """A function: a day with an open vote of this kind and method, and everybody who looks at it."""
    return lambda secrecy, method: world_of(secrecy, method, Path(settings.SEARCH_INDEX))


@pytest.mark.parametrize(("secrecy", "state", "method"), PAIRS, ids=map("-".join, PAIRS))
def test_before_the_result_is_shown_nothing_differs_but_for_those_who_preview_it(world, secrecy, state, method):
    """A third of the readers walks each pair, so that each walks an open and a secret one; WALK=all sends all."""
    here = world(secrecy, method)
    if os.environ.get("WALK") != "all":
        walking = sorted(READERS)[PAIRS.index((secrecy, state, method)) % 3 :: 3]
        here.readers = {reader: here.readers[reader] for reader in walking}

    assert differences(here, state) == set()


@pytest.mark.parametrize(("secrecy", "state", "method"), SHORTER, ids=map("-".join, SHORTER))
def test_nothing_differs_where_a_result_would_stand(world, secrecy, state, method):
    assert differences(world(secrecy, method), state, everywhere=()) == set()


@pytest.mark.parametrize("secrecy", ["open", "secret"])
def test_a_page_that_did_not_ask_whether_the_result_is_shown_would_be_found(world, monkeypatch, secrecy):
    """The control."""
    monkeypatch.setattr(Ballot, "shows_result", True)
    here = world(secrecy, "single")
    here.readers = {"anonymous": here.readers["anonymous"]}

    found = differences(here, "closed", everywhere=())

    assert ("everybody", "socket") in found
    assert any(address.endswith("/results/") for _, address in found)


@pytest.mark.parametrize("secrecy", ["open", "secret"])
def test_the_preview_is_for_those_who_run_the_vote_once_it_is_closed(world, secrecy):
    here = world(secrecy, "single")
    address = f"/votes/{here.ballot.reference}/preview/"
    assert {client.get(address).status_code for client in here.readers.values()} <= {302, 403, 404}

    bring_to("closed", here, opposite=False)

    answers = {reader: client.get(address) for reader, client in here.readers.items()}
    assert {reader for reader, answer in answers.items() if answer.status_code == 200} == here.runs_it
    assert {answers[reader].status_code for reader in answers.keys() - here.runs_it - {"anonymous"}} == {403}
    assert answers["anonymous"].url.startswith("/accounts/login/")


@pytest.mark.parametrize("secrecy", ["open", "secret"])
def test_once_it_is_shown_the_two_differ(world, client, secrecy):
    here = world(secrecy, "single")
    bring_to("closed", here, opposite=False)
    before = client.get(address("state", here.ballot)).json()

    outcome.reveal_ballot(here.ballot, by=here.by)

    after = client.get(address("state", here.ballot)).json()
    assert (before["tally"], before["heading"]) == (None, "Voting has closed")
    assert [line["people"] for line in after["tally"]] == ["7", "0", "0"]


def test_no_vote_stands_in_the_admin():
    """Else its pages have to be walked too."""
    assert not [route for route, _ in FOREIGN if re.search("ballot|vote|voting|roll", route)]
