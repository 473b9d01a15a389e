"""What three libraries answered to a thousand elections is what the methods answer, ties and all.

`freeze_reference.py` says how they were asked.
"""

import gzip
import itertools
import json
from fractions import Fraction
from pathlib import Path

import pytest

from tests.voting.methods import naive
from tests.voting.methods.elections import ranking, ticks
from voting.methods import METHODS
from voting.methods.equal_shares import Electorate, equal_shares
from voting.methods.every_way import every_way, in_all_and_in_some
from voting.methods.values import Rules


@pytest.fixture(scope="module")
def reference():
    return json.loads(gzip.decompress(Path(__file__).with_name("reference.json.gz").read_bytes()))


def decided(sets):
    """What is in all sets, and what only in some."""
    sets = [{*each} for each in sets]
    return set.intersection(*sets), set.union(*sets) - set.intersection(*sets)


def budget_of(case):
    options = tuple(range(len(case["prices"])))
    return Rules(options, pot=case["pot"], prices=dict(enumerate(case["prices"]))), [ticks(*v) for v in case["votes"]]


def test_there_are_a_thousand_of_which_many_are_tied(reference):
    assert len(reference["budgets"]) == 400
    assert len(reference["rankings"]) == 600
    assert sum(len(case["completed"]) > 1 for case in reference["budgets"]) > 40
    assert sum(len(case["pref_voting"]) > 1 for case in reference["rankings"]) > 100


def test_equal_shares_fund_what_pabutools_funds_in_some_order_of_what_is_level(reference):
    for case in reference["budgets"]:
        rules, votes = budget_of(case)

        count = METHODS["budget"].count(votes, rules)

        assert ({*count.chosen}, {*count.tied}) == decided(case["completed"]), case


def test_equal_shares_without_completion_do_too(reference):
    for case in reference["budgets"]:
        together = {}
        for vote in case["votes"]:
            together[frozenset(vote)] = together.get(frozenset(vote), 0) + 1
        electorate = Electorate(case["pot"], dict(enumerate(case["prices"])), together)
        twins = electorate.twins()

        ways, _ = every_way(lambda pick, of=electorate: equal_shares(of, pick), [*twins], twins)

        assert in_all_and_in_some((way.funded for way in ways), twins) == decided(case["shares"]), case


def test_greedy_beside_it_is_that_of_pabutools(reference):
    for case in reference["budgets"]:
        rules, votes = budget_of(case)

        step = next(step for step in METHODS["budget"].count(votes, rules).steps if step["kind"] == "greedy")

        assert ({*step["chosen"]}, {*step["tied"]}) == decided(case["greedy"]), case


def test_instant_run_off_agrees_with_pref_voting(reference):
    """Which knows no earlier rounds: it tells apart fewer of those level for last, and so calls more tied."""
    told_apart = 0
    for case in reference["rankings"]:
        options = tuple(range(case["options"]))
        votes = [ranking(*vote) for vote in case["votes"]]
        can_win = {*case["pref_voting"]}

        count = METHODS["ranked"].count(votes, Rules(options))

        ours = {*count.chosen, *count.tied}
        assert ours <= can_win, case
        assert ours == naive.run_off_winners(votes, list(options)), case
        assert can_win == naive.run_off_winners(votes, list(options), looks_back=False), case
        assert bool(count.tied) == (len(ours) > 1)
        told_apart += ours != can_win
    assert 0 < told_apart < 60


def test_instant_run_off_has_the_winner_that_pyrankvote_always_has(reference):
    """By chance it may always have the same of several that are tied; then pref_voting says that others can win."""
    compared = 0
    for case in reference["rankings"]:
        if case["pyrankvote"] is None or len(case["pref_voting"]) > 1:
            continue

        count = METHODS["ranked"].count([ranking(*vote) for vote in case["votes"]], Rules((*range(case["options"]),)))

        assert count.chosen == (case["pyrankvote"],), case
        compared += 1
    assert compared > 300


def test_two_by_two_the_votes_are_those_of_pref_voting(reference):
    for case in reference["rankings"]:
        options = tuple(range(case["options"]))

        count = METHODS["ranked"].count([ranking(*vote) for vote in case["votes"]], Rules(options))

        found = [[Fraction(more), Fraction(less)] for *_, more, less in count.steps[-1]["pairs"]]
        assert [pair[:2] for pair in count.steps[-1]["pairs"]] == [
            [*each] for each in itertools.combinations(options, 2)
        ]
        assert found == case["pairs"], case
