"""Both verifiers check the paper of a bundle: its batches, the roll and the receipts; older bundles tell of none."""

import importlib

import pytest

from tests.voting.methods.elections import ticks
from tests.voting.record.altering import altered_and_hashed_anew
from tests.voting.record.browser import faults_in_browser, needs_node
from tests.voting.record.profiles import bundle_of
from voting.methods.values import Rules
from voting.record.chain import canonical
from voting.record.views import VERIFIER

WHOLE = [[1, 3, 2, 1, 0], [2, 2, 0, 0, 2]]  # two votes on paper, three slips spoilt
NOT_ITS_SLIPS = "Slips of batch 1 do not add up."
NOT_TOGETHER = "Votes, receipts, turnout and roll do not go together."


@pytest.fixture
def faults_of(monkeypatch):
    """The verifier as it is downloaded."""
    monkeypatch.syspath_prepend(str(VERIFIER))
    return importlib.import_module("recount_bundle").faults_of


def told(paper, *, receipts=3, is_withheld=False):
    """A bundle of five votes on a roll of eight, with this paper."""
    votes = [each.marks for each in [ticks(1), ticks(1), ticks(1), ticks(2), ticks(2)]]
    bundle = bundle_of("approval", Rules((1, 2)), votes)

    def change(parts):
        parts["turnout"] |= {"paper": paper} if paper else {}
        parts["receipts"] = parts["receipts"][:receipts]
        if is_withheld:
            parts |= {"votes": [], "receipts": [], "result": {"withheld": True}}

    return canonical(altered_and_hashed_anew(canonical(bundle), change))


FAULTS = {
    "as it was": (told(WHOLE), []),
    "from before paper was told": (told(None, receipts=5), []),
    "without a result": (told(WHOLE, is_withheld=True), []),
    "a slip too many": (told([[1, 4, 2, 1, 0]]), [NOT_ITS_SLIPS]),
    "a slip too few": (told([[1, 2, 2, 1, 0]]), [NOT_ITS_SLIPS]),
    "fewer than none spoilt": (told([[1, 3, 2, -1, 2]]), [NOT_ITS_SLIPS]),
    "a slip too many, without a result": (told([[1, 4, 2, 1, 0]], is_withheld=True), [NOT_ITS_SLIPS]),
    "more than the roll": (told([[1, 3, 2, 1, 0], [2, 3, 0, 0, 3]]), [NOT_TOGETHER]),
    "receipts for votes on paper": (told(WHOLE, receipts=4), [NOT_TOGETHER]),
}


@pytest.mark.parametrize("what", FAULTS)
def test_the_verifier_finds_what_does_not_add_up_and_nothing_else(faults_of, what):
    text, expected = FAULTS[what]

    assert faults_of(text) == expected


@needs_node
def test_the_browser_finds_the_same(tmp_path):
    found = faults_in_browser(tmp_path, [text for text, _ in FAULTS.values()])

    assert dict(zip(FAULTS, found, strict=True)) == {what: expected for what, (_, expected) in FAULTS.items()}
