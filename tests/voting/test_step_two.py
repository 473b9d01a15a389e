"""Step 2 of a discovery goes on while a vote on its prototypes is prepared or open: it chooses those to pursue."""

import pytest

from core.errors import Refused
from projects.discoveries.operations import end_step_two
from projects.models import Discovery
from tests.factories.projects import DiscoveryFactory, PrototypeFactory
from tests.factories.voting import BallotFactory, OptionFactory
from voting.ballots.operations import void_ballot
from voting.outcome.operations import close_ballot, reveal_ballot

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [{}, {"open": True}])
def test_step_two_does_not_end_before_the_result_of_its_vote_is_shown(fatima, client, state):
    prototype = PrototypeFactory(discovery=DiscoveryFactory(at_step_two=True))
    ballot = BallotFactory(**state)
    OptionFactory(ballot=ballot, prototype=prototype)

    with pytest.raises(Refused, match="The result of a vote on its prototypes has still to be shown"):
        end_step_two(prototype.discovery, by=fatima)

    page = client.get(prototype.discovery.get_absolute_url()).content.decode()
    assert "The result of a vote on its prototypes has still to be shown" in page
    assert "Ready to end" not in page
    assert ballot.question not in page or state


def test_step_two_ends_after_the_vote_and_without_one(fatima):
    voted = PrototypeFactory(discovery=DiscoveryFactory(at_step_two=True))
    ballot = BallotFactory(open=True)
    OptionFactory(ballot=ballot, prototype=voted)
    close_ballot(ballot, by=fatima)
    with pytest.raises(Refused, match="has still to be shown"):
        end_step_two(voted.discovery, by=fatima)
    reveal_ballot(ballot, by=fatima)
    OptionFactory(ballot=BallotFactory(open=True), prototype=PrototypeFactory())

    for discovery in (voted.discovery, PrototypeFactory(discovery=DiscoveryFactory(at_step_two=True)).discovery):
        assert end_step_two(discovery, by=fatima).step == Discovery.Step.FINISHED


def test_step_two_waits_for_no_vote_that_was_made_void(fatima):
    prototype = PrototypeFactory(discovery=DiscoveryFactory(at_step_two=True))
    ballot = BallotFactory(open=True)
    OptionFactory(ballot=ballot, prototype=prototype)
    void_ballot(ballot, by=fatima, reason="The fire alarm rang")

    assert end_step_two(prototype.discovery, by=fatima).step == Discovery.Step.FINISHED
