"""What somebody's week says of votes: each once, and to facilitators what is not finished."""

import datetime as dt

from django.utils import timezone

from core.inbox import Reader
from tests.factories.councils import OrganisationFactory
from tests.factories.projects import NeedFactory
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory, voted
from voting.inbox import votes_on_our_needs, votes_to_cast, votes_to_tell
from voting.outcome import operations as outcome


def reader_of(person, *organisations):
    return Reader(person, timezone.now() - dt.timedelta(days=7), tuple(organisations))


def test_a_vote_still_to_cast_is_not_told_of_again_as_news(ben, amina, harlow):
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
    assert votes_to_tell(reader_of(fatima)) == []
    for ballot in ballots:
        outcome.close_ballot(ballot, by=fatima)

    assert {line.title for line in votes_to_tell(reader_of(fatima))} == {"Which of 0?", "Which of 1?"}
    assert votes_to_tell(reader_of(amina)) == []
    outcome.publish_outcome(ballots[0], by=fatima, text="We build it.")
    BallotFactory(run_off_of=ballots[1])
    assert votes_to_tell(reader_of(fatima)) == []
