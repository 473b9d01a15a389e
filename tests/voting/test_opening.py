"""A vote opens only when it is fair: every option has a summary and an outline, and the roll is who is in the room."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from events.models import Event
from outbox.models import Message
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import NeedFactory, OutlineFactory, PrototypeFactory
from tests.factories.voting import OptionFactory, checked_in
from voting.ballots import operations as ballots
from voting.models import Ballot, RollEntry
from voting.outcome import operations as outcome
from voting.permissions import visible_ballots

pytestmark = pytest.mark.sql


def test_a_ballot_is_between_two_prototypes_at_least(day, prototypes, fatima):
    with pytest.raises(Refused, match="at least two") as refusal:
        ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=[prototypes[0]] * 2)

    assert refusal.value.field == "prototypes"
    assert not Ballot.objects.exists()


def test_only_facilitators_prepare_open_and_close(day, prototypes, draft, amina, boris):
    for person in (amina, boris):
        with pytest.raises(PermissionDenied, match="A vote is run by"):
            ballots.prepare_ballot(day, by=person, question="Which?", prototypes=prototypes)
        with pytest.raises(PermissionDenied, match="A vote is run by"):
            ballots.open_ballot(draft, by=person)
        with pytest.raises(PermissionDenied, match="A vote is run by"):
            outcome.close_ballot(draft, by=person)
    draft.refresh_from_db()
    assert draft.state == Ballot.State.DRAFT


def test_a_facilitator_without_a_second_factor_opens_nothing(draft, room, fatima):
    fatima.authenticator_set.all().delete()

    with pytest.raises(PermissionDenied, match="second factor"):
        ballots.open_ballot(draft, by=type(fatima).objects.get(pk=fatima.pk))


def test_the_refusal_lists_every_prototype_that_is_not_ready_with_what_it_lacks(draft, room, fatima):
    bare = OptionFactory(ballot=draft, prototype=PrototypeFactory(title="Property data", summary="", outline=None))
    half = OptionFactory(ballot=draft, prototype=PrototypeFactory(title="DVLA data sharing", outline=None))

    with pytest.raises(Refused) as refusal:
        ballots.open_ballot(draft, by=fatima)

    assert "Property data lacks a summary and an outline business case" in str(refusal.value)
    assert "DVLA data sharing lacks an outline business case" in str(refusal.value)
    assert not RollEntry.objects.exists()

    for option in (bare, half):
        option.prototype.summary = "What it does."
        option.prototype.save()
        OutlineFactory(prototype=option.prototype)
    assert ballots.open_ballot(draft, by=fatima).state == Ballot.State.OPEN


def test_nobody_checked_in_means_no_vote(draft, fatima):
    with pytest.raises(Refused, match="Nobody is checked in"):
        ballots.open_ballot(draft, by=fatima)


def test_the_roll_is_who_is_checked_in_at_the_opening_with_their_organisation(draft, day, room, fatima, ben, harlow):
    SignUpFactory(event=day, person=fatima, organisation=harlow)  # has a place, is not here

    ballots.open_ballot(draft, by=fatima)
    checked_in(day, ben)  # comes in after the opening

    assert {(entry.person.name, entry.organisation.name) for entry in draft.roll.all()} == {
        ("Amina Shah", "Harlow"),
        ("Carlos Reid", "Surrey"),
    }


def test_a_second_press_on_open_changes_nothing(ballot, day, fatima, ben):
    checked_in(day, ben)
    before = (ballot.opened_at, ballot.version)

    again = ballots.open_ballot(ballot, by=fatima)

    assert (again.opened_at, again.version) == before
    assert again.roll.count() == 2
    assert AuditEvent.objects.filter(action="voting.ballot_opened").count() == 1


def test_a_closed_vote_does_not_open_again(ballot, fatima):
    outcome.close_ballot(ballot, by=fatima)
    with pytest.raises(Refused, match="has ended"):
        ballots.open_ballot(ballot, by=fatima)

    outcome.reveal_ballot(ballot, by=fatima)
    with pytest.raises(Refused, match="has ended"):
        ballots.open_ballot(ballot, by=fatima)


def test_a_cancelled_day_has_no_vote(prototypes, fatima):
    cancelled = EventFactory(co_design=True, state=Event.State.CANCELLED, cancelled_reason="Snow")

    with pytest.raises(Refused, match="not on"):
        ballots.prepare_ballot(cancelled, by=fatima, question="Which?", prototypes=prototypes)


def test_a_latecomer_is_added_with_a_reason_that_stays(ballot, ben, fatima, luton):
    with pytest.raises(Refused, match="Say why") as refusal:
        ballots.add_to_roll(ballot, person=ben, organisation=luton, reason="  ", by=fatima)
    assert refusal.value.field == "reason"

    entry = ballots.add_to_roll(ballot, person=ben, organisation=luton, reason="Train was late", by=fatima)

    ballot.refresh_from_db()
    assert (entry.late_reason, entry.organisation) == ("Train was late", luton)
    assert ballot.version == 2
    line = AuditEvent.objects.get(action="voting.added_to_roll")
    assert line.by == fatima
    assert line.details["reason"] == "Train was late"


def test_a_latecomer_is_added_once(ballot, amina, harlow, fatima):
    with pytest.raises(Refused, match="on the roll already"):
        ballots.add_to_roll(ballot, person=amina, organisation=harlow, reason="Again", by=fatima)


def test_the_roll_takes_no_one_before_the_opening_nor_after_the_close(draft, room, ben, fatima):
    with pytest.raises(Refused, match="when the vote opens"):
        ballots.add_to_roll(draft, person=ben, organisation=None, reason="Late", by=fatima)
    ballots.open_ballot(draft, by=fatima)
    outcome.close_ballot(draft, by=fatima)

    with pytest.raises(Refused, match="has closed"):
        ballots.add_to_roll(draft, person=ben, organisation=None, reason="Late", by=fatima)


def test_only_facilitators_add_to_the_roll(ballot, ben, amina):
    with pytest.raises(PermissionDenied):
        ballots.add_to_roll(ballot, person=ben, organisation=None, reason="My friend", by=amina)


def test_a_draft_is_seen_by_facilitators_only(draft, fatima, amina):
    assert draft in visible_ballots(fatima)
    assert draft not in visible_ballots(amina)
    assert draft not in visible_ballots(AnonymousUser())


def test_an_announced_close_that_has_passed_opens_nothing(draft, room, fatima):
    draft.closes_at = clock.now() - dt.timedelta(minutes=1)
    draft.save()

    with pytest.raises(Refused, match="has passed"):
        ballots.open_ballot(draft, by=fatima)


def test_whoever_has_a_need_behind_it_is_told_once_that_voting_has_opened(draft, room, prototypes, fatima, carlos):
    need = NeedFactory(raised_by=carlos)
    for prototype in prototypes[:2]:
        prototype.needs.add(need)

    for _ in range(2):
        ballots.open_ballot(draft, by=fatima)

    move = need.moves.get()
    assert (move.what, move.path) == ("vote", draft.get_absolute_url())
    message = Message.objects.get(kind="projects.need_moved")
    assert (message.about_id, message.person) == (move.pk, carlos)
