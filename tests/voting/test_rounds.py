"""A question that was misread: the round is made void with a reason, counts nowhere, and is held again as a copy."""

import pytest
from django.core.exceptions import PermissionDenied

from audit.models import AuditEvent
from core.errors import Refused
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.ballots.queries import FIXED_BEFORE_OPENING
from voting.casting import operations as casting
from voting.models import Ballot, Receipt
from voting.outcome import operations as outcome

pytestmark = pytest.mark.sql

WHY = "The question was misread"


@pytest.fixture
def void(ballot, options, amina, fatima):
    """The ballot, in which Amina has voted, made void."""
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))
    return ballots.void_ballot(ballot, by=fatima, reason=WHY)


def test_a_round_is_made_void_only_with_a_reason(ballot, fatima):
    with pytest.raises(Refused, match="Say why") as refusal:
        ballots.void_ballot(ballot, by=fatima, reason="  ")

    assert refusal.value.field == "reason"
    ballot.refresh_from_db()
    assert ballot.state == Ballot.State.OPEN


@pytest.mark.parametrize("is_paused", [False, True])
def test_only_a_vote_that_runs_is_made_void(draft, room, fatima, is_paused):
    with pytest.raises(Refused, match="Only a vote that has opened and not closed"):
        ballots.void_ballot(draft, by=fatima, reason=WHY)
    ballots.open_ballot(draft, by=fatima)
    if is_paused:
        ballots.pause_ballot(draft, by=fatima)

    void = ballots.void_ballot(draft, by=fatima, reason=f" {WHY} ")

    assert (void.state, void.void_reason, void.paused_at) == (Ballot.State.VOID, WHY, None)
    line = AuditEvent.objects.get(action="voting.ballot_voided")
    assert (line.by, line.details["reason"]) == (fatima, WHY)


@pytest.mark.parametrize("is_shown", [False, True])
def test_a_vote_that_has_closed_is_not_made_void(ballot, fatima, is_shown):
    outcome.close_ballot(ballot, by=fatima)
    if is_shown:
        outcome.reveal_ballot(ballot, by=fatima)

    with pytest.raises(Refused, match="Only a vote that has opened and not closed"):
        ballots.void_ballot(ballot, by=fatima, reason=WHY)


def test_making_it_void_twice_keeps_the_first_reason(void, fatima):
    again = ballots.void_ballot(void, by=fatima, reason="Another reason")

    assert (again.void_reason, again.version) == (WHY, void.version)


def test_who_had_voted_is_noted_and_nobody_votes_any_more(void, amina, carlos):
    assert {entry.person: entry.voted for entry in void.roll.all()} == {amina: True, carlos: False}
    with pytest.raises(casting.TooLate, match="was made void"):
        casting.cast(void, by=carlos, marks=casting.ticks(void.options.all()[:1]))


def test_a_void_round_is_counted_nowhere(client, signed_in, void, options, fatima):
    for operation in (
        lambda: outcome.close_ballot(void, by=fatima),
        lambda: outcome.reveal_ballot(void, by=fatima),
        lambda: outcome.prepare_run_off(void, by=fatima),
        lambda: outcome.publish_outcome(void, by=fatima, text="We build it."),
        lambda: outcome.make_project(void, option=options[0], by=fatima, lead_council=None),
    ):
        with pytest.raises(Refused):
            operation()
    assert void.result is None
    state = client.get(address("state", void)).json()
    assert (state["heading"], state["tally"], state["note"]) == ("This round is void", None, "")
    assert client.get(address("results", void))["Location"] == void.get_absolute_url()
    assert options[0].title not in client.get(address("record", void) + "?format=csv").content.decode()
    for reader in (client, signed_in(fatima)):
        for name in ("detail", "record", "screen"):
            page = text_of(reader.get(address(name, void)))
            assert 'data-cell="people"' not in page, name
            assert "most votes" not in page, name


def test_it_stays_on_the_record_with_its_reason_and_its_turnout(client, void):
    for name in ("detail", "record"):
        assert WHY in text_of(client.get(address(name, void))), name
    assert "1 of 2" in text_of(client.get(address("record", void)))
    assert void.question in text_of(client.get("/votes/?state=void"))


def test_the_next_round_has_the_same_options_and_rules_and_no_votes(void, fatima):
    Ballot.objects.filter(pk=void.pk).update(quorum=2, threshold="half", tie_rule="none", basis="council")
    void.refresh_from_db()

    copy = ballots.copy_ballot(void, by=fatima)

    copy.refresh_from_db()
    assert (copy.round, copy.copy_of, copy.state) == (2, void, Ballot.State.DRAFT)
    assert {name: getattr(copy, name) for name in FIXED_BEFORE_OPENING} == {
        name: getattr(void, name) for name in FIXED_BEFORE_OPENING
    }
    assert [(option.title, option.prototype) for option in copy.options.all()] == [
        (option.title, option.prototype) for option in void.options.all()
    ]
    assert (copy.reference != void.reference, copy.code != void.code) == (True, True)
    assert (copy.votes.count(), copy.roll.count(), copy.receipts.count()) == (0, 0, 0)


def test_the_next_round_can_be_changed_opened_and_made_void_in_its_turn(void, amina, fatima):
    copy = ballots.copy_ballot(void, by=fatima)
    ballots.change_ballot(copy, by=fatima, question="Which of these should we build?")
    ballots.open_ballot(copy, by=fatima)
    casting.cast(copy, by=amina, marks=casting.ticks(copy.options.all()[:1]))
    third = ballots.copy_ballot(ballots.void_ballot(copy, by=fatima, reason="The alarm rang"), by=fatima)

    assert (third.round, third.copy_of, third.question) == (3, copy, "Which of these should we build?")
    assert Receipt.objects.filter(ballot=copy).count() == 1


def test_only_a_void_vote_is_copied_and_once(ballot, fatima, amina):
    with pytest.raises(Refused, match="follows one that was made void"):
        ballots.copy_ballot(ballot, by=fatima)
    void = ballots.void_ballot(ballot, by=fatima, reason=WHY)
    with pytest.raises(PermissionDenied):
        ballots.copy_ballot(void, by=amina)

    assert ballots.copy_ballot(void, by=fatima) == ballots.copy_ballot(void, by=fatima)
    assert Ballot.objects.filter(copy_of=void).count() == 1


def test_it_is_made_void_and_copied_on_its_pages(signed_in, ballot, fatima):
    browser = signed_in(fatima)
    assert address("void", ballot) in text_of(browser.get(address("detail", ballot)))
    missing = browser.post(address("void", ballot), {"reason": ""})
    assert missing.status_code == 422
    assert "Say why." in text_of(missing)

    page = text_of(browser.post(address("void", ballot), {"reason": WHY}, follow=True))
    assert "This round is void. Nothing of it is counted" in page
    assert f'action="{address("copy", ballot)}"' in page

    page = text_of(browser.post(address("copy", ballot), follow=True))
    assert "The next round is prepared" in page
    assert browser.get(address("void", ballot)).status_code == 200
    assert browser.post(address("void", Ballot.objects.get(round=2)), {"reason": WHY}).status_code == 409
