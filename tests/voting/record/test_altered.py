"""Whatever is altered in a bundle is found; by who has the code that was mailed even if all was hashed anew.

`python -m benchmarks.promises.bundles` makes 1,000 changes.
"""

import importlib
import random
from hashlib import sha256

import pytest

from tests.voting.methods.elections import given, ranking, rated, ticks
from tests.voting.record.altering import altered_and_hashed_anew, changed_by_one_byte, is_found
from tests.voting.record.browser import faults_in_browser, needs_node
from tests.voting.record.profiles import bundle_of, drawn_bundle
from voting.methods import METHODS
from voting.methods.values import Rules
from voting.record.chain import canonical
from voting.record.views import VERIFIER

CHANGES = 100


@pytest.fixture
def faults_of(monkeypatch):
    """The verifier as it is downloaded."""
    monkeypatch.syspath_prepend(str(VERIFIER))
    return importlib.import_module("recount_bundle").faults_of


def bundles(dice):
    """One of each method."""
    return [drawn_bundle(key, dice) for key in METHODS]


def test_a_hundred_changes_of_one_byte_are_all_found(faults_of):
    dice = random.Random("one byte")
    wholes = [canonical(bundle).encode() for bundle in bundles(dice)]

    missed = [
        changed
        for number in range(CHANGES)
        if not is_found(faults_of, changed := changed_by_one_byte(wholes[number % len(wholes)], dice))
    ]

    assert not any(is_found(faults_of, whole) for whole in wholes)
    assert missed == []


@needs_node
def test_the_browser_finds_them_too(tmp_path):
    dice = random.Random("one byte in the browser")
    texts = []
    for bundle in bundles(dice) * 3:
        changed = changed_by_one_byte(canonical(bundle).encode(), dice)
        texts.append(changed.decode(errors="replace"))

    assert [faults for faults in faults_in_browser(tmp_path, texts) if not faults] == []


def drop_a_vote(parts):
    """A vote goes, with its receipt, and the count is told as it would be without it."""
    kept = bundle_of("approval", Rules((1, 2)), [each.marks for each in [ticks(1), ticks(2), ticks(2)]])
    parts |= {name: content for name, content, _ in kept["parts"]}


def test_a_bundle_that_was_altered_and_hashed_anew_fails_against_the_code_that_was_mailed(faults_of):
    votes = [each.marks for each in [ticks(1), ticks(1), ticks(1), ticks(2), ticks(2)]]
    bundle = bundle_of("approval", Rules((1, 2)), votes)

    altered = canonical(altered_and_hashed_anew(canonical(bundle), drop_a_vote))

    assert faults_of(altered) == []  # the file alone does not show it
    assert "something was altered" in faults_of(altered, bundle["code"])[0]


@needs_node
def test_the_browser_compares_the_code_as_well(tmp_path, monkeypatch):
    bundle = bundle_of("approval", Rules((1, 2)), [ticks(1).marks, ticks(2).marks])

    assert faults_in_browser(tmp_path, [canonical(bundle)], code="AAAA-BBBB-CCCC-DDDD") != [[]]
    assert faults_in_browser(tmp_path, [canonical(bundle)], code=bundle["code"].lower()) == [[]]


TOO_MUCH = {
    "single": ticks(1, 2),
    "approval": ticks(1, 2, 3),
    "dots": given({1: 3}),
    "score": given({1: 6}),
    "ranked": ranking(1, 2, 3),
    "matrix": rated({1: (6, 1)}),
    "budget": ticks(4),
}


@pytest.mark.parametrize("key", METHODS)
def test_a_vote_that_breaks_the_rules_is_found_by_both(faults_of, tmp_path, key):
    rules = Rules((1, 2, 3), most=2, cap=1, pot=5, prices={1: 2, 2: 3, 3: 4})
    fair = {"dots": given({1: 1}), "score": given({1: 5}), "matrix": rated({1: (5, 1)})}.get(key, ticks(1))
    bundle = bundle_of(key, rules, [fair.marks])

    def break_rules(parts):
        parts["votes"] = [[[mark.option, mark.value, mark.question] for mark in TOO_MUCH[key].marks]]

    altered = canonical(altered_and_hashed_anew(canonical(bundle), break_rules))

    assert faults_of(canonical(bundle)) == []
    assert "Vote 1 breaks the rules." in faults_of(altered)
    if needs_node.args[0] is False:
        assert "Vote 1 breaks the rules." in faults_in_browser(tmp_path, [altered])[0]


def test_a_result_that_is_told_otherwise_is_found(faults_of):
    bundle = bundle_of("approval", Rules((1, 2)), [ticks(1).marks, ticks(1).marks, ticks(2).marks])

    def tell_another(parts):
        for told in (parts["result"], parts["result"]["person"]):
            told["chosen"] = [2]

    def lack_a_quorum(parts):
        parts["rules"]["quorum"] = 4

    text = canonical(bundle)
    assert "chosen: [1], not [2]" in faults_of(canonical(altered_and_hashed_anew(text, tell_another)))[0]
    assert faults_of(canonical(altered_and_hashed_anew(text, lack_a_quorum))) == ["What is chosen is not what counts."]


def test_a_second_result_after_the_one_that_was_mailed_is_not_what_counts(faults_of):
    """The code stands for the first seven parts, so no later part may take the place of one of them."""
    bundle = bundle_of("approval", Rules((1, 2)), [ticks(1).marks, ticks(2).marks])
    digest = bundle["parts"][-1][2]
    other = ["result", bundle["parts"][-1][1] | {"chosen": [1], "tied": []}]
    bundle["parts"].append([*other, sha256((digest + canonical(other)).encode()).hexdigest()])

    assert is_found(faults_of, canonical(bundle).encode(), bundle["code"])


def test_receipts_that_are_told_twice_are_found(faults_of):
    bundle = bundle_of("approval", Rules((1, 2)), [ticks(1).marks, ticks(1).marks])

    def copy(parts):
        parts["receipts"] = [parts["receipts"][0]] * 2

    altered = altered_and_hashed_anew(canonical(bundle), copy)

    assert "do not go together" in faults_of(canonical(altered))[0]


def test_the_verifier_has_at_most_100_lines_all_counted():
    for program in VERIFIER.glob("*.py"):
        lines = program.read_text().splitlines()

        assert len(lines) <= 100, program.name
        assert max(map(len, lines)) <= 120


def test_the_verifier_needs_nothing_but_pythons_own_library():
    allowed = {"json", "sys", "collections", "fractions", "hashlib", "itertools", "math", "recount_budget"}
    for program in VERIFIER.glob("*.py"):
        words = [
            line.split() for line in program.read_text().splitlines() if line.strip().startswith(("import", "from"))
        ]

        assert {each[1] for each in words} <= allowed
