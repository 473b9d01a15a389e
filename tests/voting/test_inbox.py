"""What somebody's week says of votes: each once, and to facilitators what is not finished."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.inbox import Reader
from tests.factories.councils import OrganisationFactory
from tests.factories.projects import NeedFactory, ProjectFactory
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory, shown, voted
from voting.ballots import operations as ballot_operations
from voting.casting import operations as casting
from voting.inbox import votes_made_void, votes_on_our_needs, votes_to_cast, votes_to_close, votes_to_finish
from voting.models import BallotProject
from voting.outcome import operations as outcome
from voting.paper.operations import hand_out

pytestmark = pytest.mark.sql


LOOK = "Look at the result, you alone"


def reader_of(person, *organisations):
    return Reader(person, clock.now() - dt.timedelta(days=7), tuple(organisations))


def test_a_vote_still_to_cast_is_not_news_as_well(ben, amina, harlow):
    ballot = BallotFactory(open=True)
    option = OptionFactory(ballot=ballot)
    need = NeedFactory(council=harlow)
    option.prototype.needs.add(need)
    RollEntryFactory(ballot=ballot, person=ben, organisation=harlow)
    of_ben, of_amina = reader_of(ben, harlow), reader_of(amina, harlow)

    assert [line.title for line in votes_to_cast(of_ben)] == [ballot.question]
    assert votes_on_our_needs(of_ben) == []
    assert [line.title for line in votes_on_our_needs(of_amina)] == [ballot.question]


def test_a_closed_vote_waits_for_its_outcome_where_anybody_voted(fatima, amina):
    ballots = [BallotFactory(open=True, question=f"Which of {number}?") for number in range(3)]
    for ballot in ballots[:2]:
        voted(ballot, OrganisationFactory(), OptionFactory(ballot=ballot))
    assert votes_to_finish(reader_of(fatima)) == []
    for ballot in ballots:
        outcome.close_ballot(ballot, by=fatima)

    def lines():
        return {(line.title, line.actions[0].text) for line in votes_to_finish(reader_of(fatima))}

    assert lines() == {("Which of 0?", LOOK), ("Which of 1?", LOOK)}
    for ballot in ballots:
        outcome.reveal_ballot(ballot, by=fatima)
    assert lines() == {("Which of 0?", "Publish the outcome"), ("Which of 1?", "Publish the outcome")}
    assert votes_to_finish(reader_of(amina)) == []
    outcome.publish_outcome(ballots[0], by=fatima, text="We build it.")
    BallotFactory(run_off_of=ballots[1])
    (line,) = votes_to_finish(reader_of(fatima))
    assert line.title == "Which of 0?"
    assert "What was chosen is not a project yet." in line.note


def test_an_open_vote_waits_for_whoever_closes_it_before_everything_else(fatima, amina):
    ballot = BallotFactory(open=True)
    voted(ballot, OrganisationFactory(), OptionFactory(ballot=ballot))
    RollEntryFactory(ballot=ballot)
    (line,) = votes_to_close(reader_of(fatima))

    assert line.comes_before_all
    assert "Open: 1 of 2 have voted." in line.note
    assert [action.text for action in line.actions] == ["Close the vote"]
    assert votes_to_close(reader_of(amina)) == []
    outcome.close_ballot(ballot, by=fatima)
    assert votes_to_close(reader_of(fatima)) == []


def test_a_vote_whose_outcome_is_published_waits_until_what_it_chose_is_a_project(fatima):
    ballot = BallotFactory(open=True)
    option = OptionFactory(ballot=ballot)
    voted(ballot, OrganisationFactory(), option)
    shown(ballot, fatima)
    outcome.publish_outcome(ballot, by=fatima, text="We build it.")
    (line,) = votes_to_finish(reader_of(fatima))
    assert [action.text for action in line.actions] == [f"Turn {option.prototype} into a project"]

    BallotProject.objects.create(ballot=ballot, option=option, project=ProjectFactory())
    assert votes_to_finish(reader_of(fatima)) == []


def test_those_who_had_voted_in_a_void_round_are_told_with_the_reason(ballot, options, amina, carlos, fatima):
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))
    ballot_operations.void_ballot(ballot, by=fatima, reason="The question was misread.")

    (line,) = votes_made_void(reader_of(amina))
    assert "round 1 was made void, and your vote in it does not count. The question was misread." in line.note
    assert votes_made_void(reader_of(carlos)) == []


def test_so_is_who_was_handed_a_slip_in_it(ballot, carlos, ben, fatima):
    hand_out(ballot, carlos, kind="slip", by=fatima)
    ballot_operations.void_ballot(ballot, by=fatima, reason="The question was misread.")

    (line,) = votes_made_void(reader_of(carlos))
    assert "your slip in it does not count. The question was misread." in line.note
    assert line.because == "you were handed a slip in it"
    assert votes_made_void(reader_of(ben)) == []


def test_the_votes_to_finish_are_asked_for_at_one_price(fatima, django_assert_num_queries):
    def finish_one():
        ballot = BallotFactory(open=True)
        voted(ballot, OrganisationFactory(), OptionFactory(ballot=ballot))
        outcome.close_ballot(ballot, by=fatima)

    finish_one()
    reader = reader_of(fatima)
    with CaptureQueriesContext(connection) as of_one:
        votes_to_finish(reader)
    finish_one()
    with django_assert_num_queries(len(of_one)):
        assert len(votes_to_finish(reader)) == 2
