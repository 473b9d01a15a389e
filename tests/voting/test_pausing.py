"""A vote can be paused, goes on later by as long, and its announced close can be moved back."""

import datetime as dt

import pytest

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.models import Ballot, Vote
from voting.outcome import operations as outcome

pytestmark = pytest.mark.sql

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def timed(draft, room, fatima):
    """The open ballot, to close in 10 minutes."""
    return ballots.open_ballot(ballots.change_ballot(draft, by=fatima, closes_at=clock.now() + 10 * MINUTE), by=fatima)


def test_no_vote_is_taken_while_it_is_paused_and_again_once_it_goes_on(ballot, options, amina, fatima):
    paused = ballots.pause_ballot(ballot, by=fatima)
    assert not paused.takes_votes
    with pytest.raises(casting.TooLate, match="This vote is paused"):
        casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))
    assert not Vote.objects.exists()

    resumed = ballots.resume_ballot(ballot, by=fatima)

    assert resumed.takes_votes
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))
    assert Vote.objects.count() == 1


def test_pausing_and_going_on_twice_changes_nothing(timed, fatima):
    paused = ballots.pause_ballot(timed, by=fatima)
    with clock.at(clock.now() + MINUTE):
        again = ballots.pause_ballot(timed, by=fatima)
        assert (again.paused_at, again.version) == (paused.paused_at, paused.version)
        resumed = ballots.resume_ballot(timed, by=fatima)
    with clock.at(clock.now() + 2 * MINUTE):
        again = ballots.resume_ballot(timed, by=fatima)
    assert (again.closes_at, again.version) == (resumed.closes_at, resumed.version)
    actions = AuditEvent.objects.filter(action__startswith="voting.ballot_").values_list("action", flat=True)
    assert [action for action in actions.order_by("pk") if action.endswith("ed")][-2:] == [
        "voting.ballot_paused",
        "voting.ballot_resumed",
    ]


def test_while_it_is_paused_its_time_stands_still(timed, amina, fatima):
    now, closes_at = clock.now(), timed.closes_at
    with clock.at(now + 8 * MINUTE):
        ballots.pause_ballot(timed, by=fatima)
    with clock.at(now + 30 * MINUTE):  # long past the time that was announced
        assert outcome.close_ballots_that_are_due() == 0
        resumed = ballots.resume_ballot(timed, by=fatima)
        assert resumed.closes_at == closes_at + 22 * MINUTE
        assert resumed.takes_votes
        casting.cast(timed, by=amina, marks=casting.ticks(timed.options.all()[:1]))
    with clock.at(now + 33 * MINUTE):
        assert outcome.close_ballots_that_are_due() == 1
    timed.refresh_from_db()
    assert timed.closed_at == closes_at + 22 * MINUTE


def test_a_vote_without_an_announced_close_goes_on_without_one(ballot, fatima):
    ballots.pause_ballot(ballot, by=fatima)

    assert ballots.resume_ballot(ballot, by=fatima).closes_at is None


def test_a_vote_whose_time_has_come_is_neither_paused_nor_prolonged(timed, fatima):
    with clock.at(timed.closes_at):
        with pytest.raises(Refused, match="cannot be paused any more"):
            ballots.pause_ballot(timed, by=fatima)
        with pytest.raises(Refused, match="not prolonged"):
            ballots.extend_ballot(timed, by=fatima)


def test_two_minutes_are_added_to_its_close_each_time_also_while_it_is_paused(timed, fatima):
    closes_at = timed.closes_at
    assert ballots.extend_ballot(timed, by=fatima).closes_at == closes_at + 2 * MINUTE
    with clock.at(clock.now() + MINUTE):
        ballots.pause_ballot(timed, by=fatima)
        assert ballots.extend_ballot(timed, by=fatima).closes_at == closes_at + 4 * MINUTE
    assert AuditEvent.objects.filter(action="voting.ballot_extended").count() == 2


def test_a_vote_without_an_announced_close_is_not_prolonged(ballot, fatima):
    with pytest.raises(Refused, match="no announced close"):
        ballots.extend_ballot(ballot, by=fatima)


@pytest.mark.parametrize("operation", [ballots.pause_ballot, ballots.resume_ballot, ballots.extend_ballot])
def test_only_a_vote_that_runs_is_paused_goes_on_or_is_prolonged(draft, room, fatima, operation):
    with pytest.raises(Refused, match="not open"):
        operation(draft, by=fatima)
    ballots.open_ballot(draft, by=fatima)
    outcome.close_ballot(draft, by=fatima)
    with pytest.raises(Refused, match="not open"):
        operation(draft, by=fatima)


def test_a_paused_vote_can_be_closed_and_counts_what_it_has(ballot, options, amina, fatima):
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))
    ballots.pause_ballot(ballot, by=fatima)

    closed = outcome.close_ballot(ballot, by=fatima)

    assert (closed.state, closed.paused_at, closed.result["voted"]) == (Ballot.State.CLOSED, None, 1)


def test_who_sends_a_vote_while_it_is_paused_reads_so_and_that_nothing_was_counted(
    signed_in, ballot, options, amina, fatima
):
    ballots.pause_ballot(ballot, by=fatima)
    browser = signed_in(amina)

    for step in ("check", "count"):
        sent = browser.post(address("cast", ballot), {"step": step, "options": [options[0].pk]})
        assert sent.status_code == 409
        assert "This vote is paused, and" in text_of(sent)
        assert "nothing is counted until it goes on. Send yours then." in text_of(sent)
    assert "Voting is paused" in text_of(browser.get(address("cast", ballot)))
    assert "The vote is paused" in text_of(browser.get(address("detail", ballot)))
    assert browser.get(address("state", ballot)).json()["takes_votes"] is False


def test_they_are_pressed_on_the_page_of_the_vote(signed_in, timed, fatima):
    browser = signed_in(fatima)
    for name, button, said in (
        ("pause", "Pause", "The vote is paused, and its time stands still."),
        ("resume", "Go on", "The vote goes on."),
        ("extend", "Add 2 minutes", "Two minutes were added."),
    ):
        page = text_of(browser.get(address("detail", timed)))
        assert f'action="{address(name, timed)}"' in page
        assert button in page
        assert said in text_of(browser.post(address(name, timed), follow=True))
