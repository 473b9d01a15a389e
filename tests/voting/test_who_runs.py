"""Who runs a vote is asked of the vote: not every facilitator, but those of its event, and the secretariat."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.roles import Role
from core.errors import Refused
from tests.factories.accounts import UserFactory, give_role, with_second_factor
from tests.factories.events import OrganiserFactory
from tests.factories.voting import BallotFactory
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.models import Ballot
from voting.outcome import operations as outcome
from voting.permissions import ballots_run_by, can_prepare_ballot, can_run_ballot

pytestmark = pytest.mark.sql


@pytest.fixture
def other(db):
    """A facilitator of another day."""
    return give_role(UserFactory(name="Olga Other"), Role.FACILITATOR)


@pytest.fixture
def organiser(day):
    """Somebody who was made an organiser of the day, with a second factor."""
    return OrganiserFactory(event=day, person=with_second_factor(UserFactory())).person


@pytest.fixture
def made(day, fatima):
    """The day, made by the facilitator."""
    day.made_by = fatima
    day.save()
    return day


def again(person):
    """The same person as the next request reads them."""
    return type(person).objects.get(pk=person.pk)


def test_the_maker_of_the_event_its_organisers_and_the_secretariat_run_its_votes_and_others_do_not(
    made, ballot, fatima, organiser, sunita, other, boris, amina
):
    people = {fatima: True, organiser: True, sunita: True, other: False, boris: False, amina: False}

    for person, may in people.items():
        assert can_run_ballot(again(person), ballot) is may, person
        assert can_prepare_ballot(again(person), made) is may, person
        assert ballots_run_by(again(person)).filter(pk=ballot.pk).exists() is may, person


def test_of_an_event_that_nobody_is_known_to_have_made_any_facilitator_runs_them(ballot, other):
    assert can_run_ballot(other, ballot)
    assert ballot in ballots_run_by(other)


def test_a_vote_of_no_event_is_run_by_the_secretariat_alone(made, fatima, sunita, organiser, other):
    ballot = BallotFactory(event=None, held_by="The steering board")

    assert [can_run_ballot(again(person), ballot) for person in (sunita, fatima, organiser, other)] == [True] + [
        False
    ] * 3
    assert ballot in ballots_run_by(sunita)
    assert not ballots_run_by(again(fatima)).filter(pk=ballot.pk).exists()


def test_an_organiser_or_a_maker_without_a_second_factor_runs_nothing(made, ballot, fatima, organiser):
    for person in (fatima, organiser):
        person.authenticator_set.all().delete()

        assert not can_run_ballot(again(person), ballot)
        assert not ballots_run_by(again(person)).exists()


def test_an_organiser_of_another_day_runs_nothing(made, ballot):
    elsewhere = OrganiserFactory(person=with_second_factor(UserFactory())).person

    assert not can_run_ballot(elsewhere, ballot)


def test_no_operation_on_a_vote_is_open_to_a_facilitator_of_another_day(made, draft, room, ballot, amina, ben, other):
    void = ballots.void_ballot
    for operation in (
        lambda: ballots.prepare_ballot(made, by=other, question="Which?"),
        lambda: ballots.change_ballot(draft, by=other, question="Which?"),
        lambda: ballots.withdraw_ballot(draft, by=other),
        lambda: ballots.open_ballot(draft, by=other),
        lambda: ballots.pause_ballot(ballot, by=other),
        lambda: ballots.resume_ballot(ballot, by=other),
        lambda: ballots.extend_ballot(ballot, by=other),
        lambda: void(ballot, by=other, reason="Misread"),
        lambda: ballots.copy_ballot(ballot, by=other),
        lambda: ballots.add_to_roll(ballot, person=ben, organisation=None, reason="Late", by=other),
        lambda: ballots.strike_from_roll(ballot, amina, by=other, reason="Left"),
        lambda: outcome.close_ballot(ballot, by=other),
        lambda: outcome.reveal_ballot(ballot, by=other),
        lambda: outcome.prepare_run_off(ballot, by=other),
        lambda: outcome.publish_outcome(ballot, by=other, text="We build it."),
        lambda: outcome.make_project(ballot, option=ballot.options.first(), by=other, lead_council=None),
    ):
        with pytest.raises(PermissionDenied, match="A vote is run by"):
            operation()


def test_the_pages_of_another_days_facilitator_have_no_console_and_refuse_the_preview(
    signed_in, made, ballot, fatima, other
):
    page = text_of(signed_in(other).get(address("detail", ballot)))
    assert "Run this vote" not in page
    outcome.close_ballot(ballot, by=fatima)
    assert signed_in(other).get(address("preview", ballot)).status_code == 403
    assert signed_in(fatima).get(address("preview", ballot)).status_code == 200
    assert "Show the result" not in text_of(signed_in(other).get(made.get_absolute_url()))


def test_an_organiser_takes_a_vote_from_opening_to_publishing(made, draft, room, organiser):
    person = again(organiser)
    ballots.open_ballot(draft, by=person)
    outcome.close_ballot(draft, by=person)
    outcome.reveal_ballot(draft, by=person)

    assert outcome.publish_outcome(draft, by=person, text="We wait.").state == Ballot.State.PUBLISHED


def test_a_result_is_shown_once_after_the_close_only(draft, room, fatima):
    with pytest.raises(Refused, match="once the vote has closed"):
        outcome.reveal_ballot(draft, by=fatima)
    ballots.open_ballot(draft, by=fatima)
    with pytest.raises(Refused, match="once the vote has closed"):
        outcome.reveal_ballot(draft, by=fatima)
    outcome.close_ballot(draft, by=fatima)
    first = outcome.reveal_ballot(draft, by=fatima)

    again_shown = outcome.reveal_ballot(draft, by=fatima)

    assert (again_shown.revealed_at, again_shown.version) == (first.revealed_at, first.version)
