"""The verifier that anybody can read counts as the server does, and finds whatever was altered."""

import importlib
import random
from pathlib import Path

import pytest

from tests.voting.methods.elections import every
from tests.voting.record.profiles import bundle_of, drawn_bundle
from voting.methods import METHODS
from voting.record.chain import canonical

FOLDER = Path(__file__).parents[3] / "voting/record/verifier"
DRAWN = 100
SMALL = 200


@pytest.fixture
def verifier(monkeypatch):
    """The program as it is downloaded: its files import each other from their folder."""
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("recount_bundle")


@pytest.mark.parametrize("key", METHODS)
def test_drawn_votes_are_counted_as_the_server_counts_them_per_person_and_per_council(verifier, key):
    dice = random.Random(f"{key} record")
    tied = 0

    for _ in range(DRAWN):
        bundle = drawn_bundle(key, dice)
        tied += bool(bundle["parts"][6][1]["tied"])
        assert verifier.faults_of(canonical(bundle), bundle["code"]) == [], canonical(bundle)

    assert tied


@pytest.mark.parametrize("key", METHODS)
def test_small_elections_with_all_their_ties_are_counted_as_the_server_counts_them(verifier, key):
    elections = list(every(key))
    some = random.Random(key).sample(elections, min(SMALL, len(elections)))

    for rules, votes in some:
        bundle = bundle_of(key, rules, [vote.marks for vote in votes])
        assert verifier.faults_of(canonical(bundle)) == [], canonical(bundle)
