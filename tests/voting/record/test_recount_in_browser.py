"""The recount in the browser counts as the server does, for every method and its ties, and finds what was altered."""

import random

import pytest

from tests.voting.methods.elections import every
from tests.voting.record.browser import faults_in_browser, needs_node
from tests.voting.record.profiles import bundle_of, drawn_bundle
from voting.methods import METHODS
from voting.record.chain import canonical


@needs_node
@pytest.mark.parametrize("key", METHODS)
def test_drawn_and_small_elections_are_counted_as_the_server_counts_them(tmp_path, key):
    dice = random.Random(f"{key} browser")
    small = dice.sample(list(every(key)), 60)
    bundles = [drawn_bundle(key, dice) for _ in range(60)]
    bundles += [bundle_of(key, rules, [vote.marks for vote in votes]) for rules, votes in small]

    found = faults_in_browser(tmp_path, map(canonical, bundles))

    assert len(found) == len(bundles)
    assert [(faults, bundle) for faults, bundle in zip(found, bundles, strict=True) if faults][:1] == []
    assert any(bundle["parts"][6][1]["tied"] for bundle in bundles)
