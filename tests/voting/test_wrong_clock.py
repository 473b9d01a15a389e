"""An announced close comes by the database's clock: a host whose own is a day wrong moves none."""

import datetime as dt

import pytest

from core.errors import Refused
from tests.wrong_clock import NEARLY, so_far
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.models import Ballot
from voting.outcome.operations import close_ballots_that_are_due

pytestmark = [pytest.mark.sql, pytest.mark.django_db]

MINUTE = dt.timedelta(minutes=1)


def announced(ballot, ahead):
    """The ballot, with a close announced so far from the right moment."""
    Ballot.objects.filter(pk=ballot.pk).update(closes_at=so_far(ahead))
    return Ballot.objects.get(pk=ballot.pk)


def is_counted(ballot, options, person):
    try:
        casting.cast(ballot, by=person, marks=casting.ticks(options[:1]))
    except casting.TooLate:
        return False
    return True


def test_a_vote_counts_a_minute_before_the_announced_close_and_not_after(ballot, options, amina, carlos, own_clock):
    assert is_counted(announced(ballot, MINUTE), options, amina)
    assert not is_counted(announced(ballot, -MINUTE), options, carlos)


def test_control_by_the_clock_of_the_host_the_close_moves(
    ballot, options, amina, carlos, own_clock, nobody_asks_the_database
):
    found = [is_counted(announced(ballot, MINUTE), options, amina)]
    found.append(is_counted(announced(ballot, -MINUTE), options, carlos))
    assert found != [True, False]


def test_the_portal_closes_it_in_time_and_not_before(ballot, own_clock):
    announced(ballot, MINUTE)
    assert close_ballots_that_are_due() == 0

    announced(ballot, -MINUTE)
    assert close_ballots_that_are_due() == 1
    assert Ballot.objects.get(pk=ballot.pk).state == Ballot.State.CLOSED


def test_a_pause_and_a_prolonging_go_by_the_right_moment(ballot, fatima, own_clock):
    paused = ballots.pause_ballot(announced(ballot, MINUTE), by=fatima)

    assert abs(paused.paused_at - so_far()) < NEARLY
    with pytest.raises(Refused, match="has come"):
        ballots.extend_ballot(announced(ballots.resume_ballot(paused, by=fatima), -MINUTE), by=fatima)
