"""Counted per council or body, people who are here for none carry no weight: said before opening and before casting."""

import pytest

from core.errors import Refused
from tests.factories.accounts import UserFactory
from tests.factories.councils import DepartmentFactory
from tests.factories.voting import checked_in, shown
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.outcome.queries import heading_of, state_of, tally

pytestmark = pytest.mark.sql

NO_WEIGHT = "Your vote will carry no weight in what is chosen"


@pytest.fixture
def per_council(draft, fatima):
    return ballots.change_ballot(draft, by=fatima, question=draft.question, basis="council")


def test_who_carries_no_weight_is_named_before_opening(signed_in, per_council, room, day, ben, fatima):
    checked_in(day, ben)
    checked_in(day, UserFactory(), DepartmentFactory(name="Department for Transport"))

    page = text_of(signed_in(fatima).get(address("detail", per_council)))

    assert "1 of the 4 carries no weight." in page
    assert "Ben Okoro" in page
    assert "Department for Transport" not in page  # a body weighs one as well
    assert "Votes of people who are here for no organisation carry no weight." in page
    assert "carries no weight" not in text_of(signed_in(fatima).get(address("screen", per_council)))


def test_a_vote_in_which_nobody_would_carry_weight_does_not_open(signed_in, per_council, day, ben, fatima):
    checked_in(day, ben)

    with pytest.raises(Refused, match="no vote would carry weight"):
        ballots.open_ballot(per_council, by=fatima)
    assert "no vote would carry weight" in text_of(signed_in(fatima).get(address("detail", per_council)))

    ballots.change_ballot(per_council, by=fatima, question="Which?", basis="person")
    assert ballots.open_ballot(per_council, by=fatima).roll.count() == 1


def test_who_carries_no_weight_reads_it_before_casting_and_nobody_else_does(
    signed_in, per_council, room, day, ben, amina, fatima
):
    checked_in(day, ben)
    ballot = ballots.open_ballot(per_council, by=fatima)
    ticked = {"step": "check", "options": [ballot.options.first().pk]}

    for person, is_told in ((ben, True), (amina, False)):
        browser = signed_in(person)
        for page in (
            browser.get(address("detail", ballot)),
            browser.get(address("cast", ballot)),
            browser.post(address("cast", ballot), ticked),
        ):
            assert (NO_WEIGHT in text_of(page)) is is_told, person


def test_a_latecomer_of_no_council_is_added_with_the_word_that_it_weighs_nothing(
    signed_in, per_council, room, ben, fatima
):
    ballot = ballots.open_ballot(per_council, by=fatima)

    sent = signed_in(fatima).post(address("roll", ballot), {"email": ben.email, "reason": "Late"}, follow=True)

    assert "so theirs carries no weight" in text_of(sent)


def test_nobody_is_said_only_where_nobody_voted(client, per_council, room, day, ben, amina, fatima):
    checked_in(day, ben)
    ballot = ballots.open_ballot(per_council, by=fatima)
    casting.cast(ballot, by=ben, marks=casting.ticks(ballot.options.all()[:1]))
    shown(ballot, fatima)
    ballot.refresh_from_db()

    assert (
        heading_of(ballot, tally(ballot))
        == state_of(ballot)["heading"]
        == ("No council or body voted, so nothing is chosen")
    )
    page = text_of(client.get(address("results", ballot)))
    assert "Nobody voted" not in page
    assert "1 of 3" in page
    assert "1 of the 1 who voted came for no organisation: that vote counts per person only." in page
    assert "Nobody voted" not in text_of(client.get(address("screen", ballot)))
