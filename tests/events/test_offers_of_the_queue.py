"""The waiting list's offers: a place that comes free is kept for whoever is next for a time, then for the one after."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from core import clock
from core.errors import Refused
from events.models import Event, QueueLine, SignUp
from events.places.operations import (
    accept_promotion,
    cancel_sign_up,
    decline_promotion,
    settle_events,
    sign_up,
)
from events.places.queries import miscounted
from events.programme.operations import change_event
from outbox.models import Message
from tests.events.letters import letters
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
Status, Ended = SignUp.Status, SignUp.Ended


@pytest.fixture
def queue(mail_at_any_time):
    """One place, its holder and three who wait, at an event that gives 48 hours to answer."""
    event = EventFactory(capacity=1, offer_hours=48)
    return event, [sign_up(event, by=UserFactory()) for _ in range(4)]


@pytest.fixture
def offered(queue):
    """The same, once the holder has given the place back."""
    event, places = queue
    cancel_sign_up(places[0], by=places[0].person)
    places[1].refresh_from_db()
    return event, places


def later(**span):
    return clock.at(clock.now() + dt.timedelta(**span))


def statuses(places):
    return [SignUp.objects.get(pk=place.pk).status for place in places]


def lines(event):
    return [(line.what, line.position) for line in event.queue_lines.all()]


def test_a_place_that_comes_free_is_offered_to_whoever_is_next_for_48_hours(offered):
    event, places = offered
    event.refresh_from_db()

    assert places[1].status == Status.OFFERED
    assert abs(places[1].lapses_at - clock.now() - dt.timedelta(hours=48)) < dt.timedelta(minutes=1)
    assert event.places_taken == 1
    assert letters("promotion_offer") == [places[1].pk]
    assert letters("promotion") == []
    assert lines(event) == [("offered", 2)]


def test_an_offered_place_is_nobody_elses(offered, ben):
    event, _ = offered

    assert sign_up(event, by=ben).status == Status.WAITING


def test_whoever_accepts_has_the_place_and_accepting_twice_changes_nothing(offered):
    event, places = offered

    accept_promotion(places[1], by=places[1].person)
    again = accept_promotion(places[1], by=places[1].person)

    assert (again.status, again.lapses_at) == (Status.CONFIRMED, None)
    assert lines(event) == [("offered", 2), ("accepted", 2)]
    assert letters("confirmation").count(places[1].pk) == 2  # waiting, then the place


def test_whoever_declines_leaves_and_the_next_is_asked(offered):
    event, places = offered

    decline_promotion(places[1], by=places[1].person)
    decline_promotion(places[1], by=places[1].person)

    places[1].refresh_from_db()
    assert places[1].ended_because == Ended.DECLINED
    assert statuses(places[1:]) == ["cancelled", "offered", "waiting"]
    assert lines(event) == [("offered", 2), ("declined", 2), ("offered", 3)]
    assert letters("promotion_declined") == [places[1].pk]


def test_an_offer_that_runs_out_goes_to_the_next_by_the_schedule_once(offered):
    event, places = offered

    with later(hours=49):
        assert settle_events() == 1
        assert settle_events() == 0

    places[1].refresh_from_db()
    assert places[1].ended_because == Ended.LAPSED
    assert statuses(places[1:]) == ["cancelled", "offered", "waiting"]
    assert lines(event) == [("offered", 2), ("lapsed", 2), ("offered", 3)]
    assert letters("promotion_lapsed") == [places[1].pk]
    assert letters("promotion_offer") == [places[1].pk, places[2].pk]


def test_an_offer_that_has_run_out_keeps_nobody_waiting_until_the_schedule_comes_by(offered):
    event, places = offered
    for place in places[2:]:
        cancel_sign_up(place, by=place.person)

    with later(hours=49):
        newcomer = sign_up(event, by=UserFactory())

    assert newcomer.status == Status.CONFIRMED
    assert not miscounted()


def test_an_offer_that_has_run_out_cannot_be_accepted(offered):
    _, places = offered

    with later(hours=49), pytest.raises(Refused, match="The offer has run out, and you have left the waiting list"):
        accept_promotion(places[1], by=places[1].person)


def test_an_offer_never_lasts_past_24_hours_before_the_start(queue):
    event, places = queue
    with clock.at(event.starts_at - dt.timedelta(hours=30)):
        cancel_sign_up(places[0], by=places[0].person)

    places[1].refresh_from_db()
    assert places[1].lapses_at == event.starts_at - dt.timedelta(hours=24)


@pytest.mark.parametrize("hours_before", [24.5, 20, 2])
def test_with_no_time_left_to_answer_the_place_is_theirs_at_once(queue, hours_before, deliver):
    event, places = queue
    deliver()
    with clock.at(event.starts_at - dt.timedelta(hours=hours_before)):
        cancel_sign_up(places[0], by=places[0].person)

    places[1].refresh_from_db()
    assert (places[1].status, places[1].lapses_at) == (Status.CONFIRMED, None)
    assert letters("promotion") == [places[1].pk]
    assert lines(event) == [("promoted", 2)]


def test_with_an_hour_left_to_answer_the_place_is_offered(queue):
    event, places = queue
    with clock.at(event.starts_at - dt.timedelta(hours=25)):
        cancel_sign_up(places[0], by=places[0].person)

    assert statuses(places[1:2]) == ["offered"]


def test_an_organiser_may_have_places_given_at_once(queue):
    event, places = queue
    Event.objects.filter(pk=event.pk).update(offer_hours=0)

    cancel_sign_up(places[0], by=places[0].person)

    assert statuses(places[1:2]) == ["confirmed"]


def test_nobody_answers_for_somebody_else(offered, ben):
    _, places = offered

    for answer in (accept_promotion, decline_promotion):
        with pytest.raises(PermissionDenied):
            answer(places[1], by=ben)


@pytest.mark.parametrize("answer", [accept_promotion, decline_promotion])
def test_whoever_only_waits_has_nothing_to_answer(queue, answer):
    _, places = queue

    with pytest.raises(Refused, match="No place is offered to you"):
        answer(places[1], by=places[1].person)


@pytest.mark.parametrize("answer", [accept_promotion, decline_promotion])
def test_the_offer_of_an_event_that_was_cancelled_is_answered_no_more(offered, answer):
    event, places = offered
    Event.objects.filter(pk=event.pk).update(state=Event.State.CANCELLED)

    with pytest.raises(Refused, match="This event was cancelled"):
        answer(places[1], by=places[1].person)


def test_a_held_place_counts_as_taken_and_comes_free_when_its_half_hour_is_over(ben, mail_at_any_time):
    event = EventFactory(capacity=1)
    held = SignUpFactory(event=event, status=Status.HELD)

    waiting = sign_up(event, by=ben)
    with later(minutes=31):
        settle_events()

    held.refresh_from_db()
    assert (held.status, held.ended_because) == (Status.CANCELLED, Ended.LAPSED)
    assert (waiting.status, statuses([waiting])) == (Status.WAITING, ["confirmed"])
    assert not Message.objects.filter(person=held.person).exists()  # nobody has said that the address is theirs


def test_a_cancelled_event_offers_its_places_to_nobody(offered):
    event, places = offered
    Event.objects.filter(pk=event.pk).update(state=Event.State.CANCELLED)

    with later(hours=49):
        settle_events()

    assert statuses(places[1:]) == ["cancelled", "waiting", "waiting"]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Status.OFFERED, "lapses_at": None},
        {"status": Status.CONFIRMED, "lapses_at": dt.datetime(2026, 2, 1, tzinfo=dt.UTC)},
        {"status": Status.CANCELLED, "ended_because": ""},
        {"status": Status.WAITING, "ended_because": Ended.LAPSED},
    ],
)
def test_the_database_keeps_statuses_with_their_ends(fields):
    with pytest.raises(IntegrityError):
        SignUpFactory(**fields)


def test_whoever_is_passed_over_is_told_why():
    place = SignUpFactory()

    with pytest.raises(IntegrityError):
        QueueLine.objects.create(event=place.event, sign_up=place, what="offered", position=1, passed_over=3)


def test_another_day_of_the_event_is_told_to_whoever_has_an_offer(offered, fatima, deliver):
    event, places = offered
    deliver()

    change_event(event, by=fatima, venue="Leeds", reason="A bigger room.")

    assert places[1].person.email in [mail.to[0] for mail in deliver()]


def test_a_place_that_would_lapse_without_its_event_being_settled_is_found():
    held = SignUpFactory(status=Status.HELD)
    assert not miscounted()

    for settles_at in (None, held.lapses_at + dt.timedelta(minutes=1)):
        Event.objects.update(settles_at=settles_at)
        assert [event.pk for event in miscounted()] == [held.event_id]
