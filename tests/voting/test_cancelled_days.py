"""A day on which people vote takes place: it is not called off, and whoever is on the roll was there."""

import pytest
from django.db import connection

from audit.models import AuditEvent
from core.errors import Refused
from events.desk.operations import check_in, undo_check_in
from events.desk.pages import arrival_words
from events.models import Event
from events.programme.operations import cancel_event
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import PrototypeFactory
from tests.factories.voting import BallotFactory, checked_in
from tests.race import all_at_once, problems
from voting.ballots import operations as ballots
from voting.casting.operations import cast, ticks
from voting.models import Ballot, RollEntry
from voting.outcome import operations as outcome


def test_a_day_with_people_checked_in_is_not_cancelled(day, room, fatima):
    with pytest.raises(Refused, match="2 people are checked in"):
        cancel_event(day, by=fatima, reason="Snow")

    day.refresh_from_db()
    assert day.state == Event.State.PUBLISHED


@pytest.mark.parametrize("is_closed", [False, True])
def test_nor_one_on_which_a_vote_has_opened(ballot, day, fatima, is_closed):
    if is_closed:
        outcome.close_ballot(ballot, by=fatima)
    # As it may stand in rows of before: nobody is checked in any more.
    day.sign_ups.update(checked_in_at=None)

    with pytest.raises(Refused, match="A vote was held" if is_closed else "A vote is open"):
        cancel_event(day, by=fatima, reason="Snow")

    ballot.refresh_from_db()
    assert ballot.state == (Ballot.State.CLOSED if is_closed else Ballot.State.OPEN)


def test_a_day_can_be_cancelled_once_its_open_vote_is_void(ballot, day, fatima):
    day.sign_ups.update(checked_in_at=None)
    ballots.void_ballot(ballot, by=fatima, reason="The fire alarm rang")

    cancel_event(day, by=fatima, reason="Fire")

    day.refresh_from_db()
    assert day.state == Event.State.CANCELLED
    assert Ballot.objects.get().state == Ballot.State.VOID  # and stays on the record


def test_a_vote_that_is_only_prepared_goes_with_its_day(draft, day, fatima):
    key = str(draft.pk)

    cancel_event(day, by=fatima, reason="Snow")

    assert not Ballot.objects.exists()
    line = AuditEvent.objects.get(action="voting.ballot_withdrawn")
    assert (line.about_key, line.by) == (key, fatima)


def test_no_vote_opens_on_a_cancelled_day(draft, day, room, fatima):
    Event.objects.filter(pk=day.pk).update(state=Event.State.CANCELLED)

    with pytest.raises(Refused, match="not on"):
        ballots.open_ballot(draft, by=fatima)


def test_whoever_is_on_the_roll_stays_checked_in(ballot, day, room, fatima, ben):
    with pytest.raises(Refused, match="Amina Shah is on the roll of a vote that has opened"):
        undo_check_in(room[0], by=fatima)

    room[0].refresh_from_db()
    assert room[0].checked_in_at
    latecomer = checked_in(day, ben)
    assert undo_check_in(latecomer, by=fatima).checked_in_at is None


def test_the_desk_is_told_that_whoever_comes_after_the_vote_has_opened_is_not_on_its_roll(
    ballot, room, day, ben, fatima
):
    late = check_in(SignUpFactory(event=day, person=ben), by=fatima)

    assert arrival_words(late).endswith(
        f"They are not on the roll of the vote that is open. Add them there: {ballot.question}"
    )
    assert arrival_words(room[0]) == f"{room[0].person} is checked in."


@pytest.mark.parametrize("is_struck", [True, False])
def test_undoing_after_a_vote_has_opened_asks_whether_to_strike_them_from_the_roll(
    ballot, room, signed_in, fatima, is_struck
):
    place, client = room[0], signed_in(fatima)
    address = f"/events/{place.event.slug}/check-in/{place.reference}/undo/"

    asked = client.post(address).content.decode()
    assert "Strike them from the roll as well?" in asked
    place.refresh_from_db()
    assert place.checked_in_at

    client.post(address, {"off_the_roll": "yes" if is_struck else "no"})
    place.refresh_from_db()
    assert place.checked_in_at is None
    assert ballot.roll.standing().filter(person=place.person).exists() is not is_struck
    assert AuditEvent.objects.filter(action="voting.struck_from_roll").exists() is is_struck


def test_whoever_has_voted_or_could_in_a_closed_vote_stays_checked_in(ballot, room, fatima):
    cast(ballot, by=room[0].person, marks=ticks([ballot.options.first()]))
    with pytest.raises(Refused, match="has voted, so the check-in stays"):
        undo_check_in(room[0], by=fatima, off_the_roll=True)
    outcome.close_ballot(ballot, by=fatima)
    with pytest.raises(Refused, match="nobody changes any more"):
        undo_check_in(room[1], by=fatima, off_the_roll=True)


@pytest.mark.django_db(transaction=True)
def test_opening_and_undoing_at_once_agree_on_who_is_there(fatima):
    """Either somebody is on the roll and checked in, or neither."""
    for _ in range(4):
        day = EventFactory(co_design=True, started=True)
        places = [check_in(place, by=fatima) for place in SignUpFactory.create_batch(3, event=day)]
        draft = ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=PrototypeFactory.create_batch(2))

        results = all_at_once(
            [
                lambda draft=draft: ballots.open_ballot(draft, by=fatima),
                *(lambda place=place: undo_check_in(place, by=fatima) for place in places),
                lambda day=day: cancel_event(day, by=fatima, reason="Snow"),
            ]
        )

        assert {type(problem) for problem in problems(results)} <= {Refused, Ballot.DoesNotExist}, connection.vendor
        there = set(day.sign_ups.filter(checked_in_at__isnull=False).values_list("person", flat=True))
        assert set(RollEntry.objects.filter(ballot__event=day).values_list("person", flat=True)) <= there
        day.refresh_from_db()
        assert day.state == Event.State.PUBLISHED or not Ballot.objects.filter(event=day).exists()


def test_a_ballot_of_another_day_keeps_nobody(ballot, room, fatima, amina):
    elsewhere = checked_in(EventFactory(started=True), amina)
    BallotFactory(event=elsewhere.event)

    assert undo_check_in(elsewhere, by=fatima).checked_in_at is None
