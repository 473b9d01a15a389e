"""A second counter, written from the rules alone, agrees on every small election and on drawn ones.

`python -m benchmarks.promises.counts` does the same with 10,000 drawn ones of each method, and with every small
election of impact and feasibility, of which there are 228,826: here it is one in 40.
"""

import itertools
import random

import pytest

from tests.voting.methods import naive
from tests.voting.methods.elections import drawn, every
from voting.methods import METHODS

DRAWN = 300


def small(key):
    """Small elections of a method: all, where they are few enough for a test."""
    return itertools.islice(every(key), 0, None, 40 if key == "matrix" else 1)


def differences(key, elections):
    """How many elections were counted, how many had ties, and those that the two count differently."""
    counted = tied = 0
    differing = []
    for rules, votes in elections:
        ours = METHODS[key].count(votes, rules)
        theirs = naive.COUNTERS[key](votes, rules)
        counted += 1
        tied += bool(ours.tied)
        if ({*ours.chosen}, {*ours.tied}) != theirs:
            differing.append((rules, votes, ours.chosen, ours.tied, theirs))
    return counted, tied, differing


@pytest.mark.parametrize("key", METHODS)
def test_every_small_election_is_counted_alike(key):
    counted, tied, differing = differences(key, small(key))

    assert differing[:1] == []
    assert counted > 60
    assert tied


@pytest.mark.parametrize("key", METHODS)
def test_drawn_elections_are_counted_alike(key):
    dice = random.Random(f"{key} 2014")

    _, tied, differing = differences(key, (drawn(key, dice) for _ in range(DRAWN)))

    assert differing[:1] == []
    assert tied


@pytest.mark.parametrize("key", METHODS)
def test_a_counter_that_breaks_ties_silently_is_found(key):
    """The control."""
    method = METHODS[key]
    broken = []

    for rules, votes in small(key):
        count = method.count(votes, rules)
        if count.tied:
            silently = {*count.chosen, count.tied[0]}
            broken.append((silently, set()) != naive.COUNTERS[key](votes, rules))

    assert broken
    assert all(broken)
