"""Deadlines go by the database's clock: a web host or a worker whose own is a day wrong moves none of them."""

import datetime as dt
import json
import threading
import time
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from core import clock
from core.errors import Refused
from events.desk.operations import check_in
from events.feedback.operations import close_feedback
from events.models import Event, SignUp
from events.places.operations import (
    accept_offer,
    accept_promotion,
    cancel_sign_up,
    hold_place,
    lock,
    offer_place,
    settle_events,
    sign_up,
)
from events.places.operations.held import HELD_FOR
from events.places.operations.offers import OFFER_LASTS
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.race import all_at_once, problems
from tests.wrong_clock import DAY, NEARLY, so_far

pytestmark = [pytest.mark.sql, pytest.mark.django_db]

HOUR = dt.timedelta(hours=1)
HELD, OFFERED, CONFIRMED, CANCELLED = (SignUp.Status[name] for name in ("HELD", "OFFERED", "CONFIRMED", "CANCELLED"))


def gets_in_before_and_after_the_closing(client):
    events = [EventFactory(sign_up_closes_at=so_far(ahead), starts_at=so_far(9 * DAY)) for ahead in (HOUR, -HOUR)]
    for event in events:
        client.post(f"/events/{event.slug}/sign-up/", {"kind": "other", "access_needs": ""})
    return [event.sign_ups.exists() for event in events]


def test_a_form_counts_before_the_closing_and_not_after(own_clock, signed_in, amina):
    assert gets_in_before_and_after_the_closing(signed_in(amina)) == [True, False]


def test_control_by_the_clock_of_the_host_the_closing_moves(own_clock, nobody_asks_the_database, signed_in, amina):
    assert gets_in_before_and_after_the_closing(signed_in(amina)) != [True, False]


def test_what_was_said_at_sign_up_is_changed_until_the_start_and_not_after(own_clock, signed_in, amina):
    days = [EventFactory(starts_at=so_far(ahead)) for ahead in (HOUR, -HOUR)]
    places = [SignUpFactory(event=day, person=amina) for day in days]

    for place in places:
        signed_in(amina).post(f"{place.get_absolute_url()}change/", {"kind": "other", "access_needs": "A ramp"})

    assert [SignUp.objects.get(pk=place.pk).access_needs for place in places] == ["A ramp", ""]


def what_becomes_of(status):
    """Of two places, one with a minute left and one that has run out a minute ago, once the schedule came by."""
    places = []
    for minutes in (1, -1):
        until = so_far(dt.timedelta(minutes=minutes))
        event = EventFactory(starts_at=so_far(9 * DAY), places_taken=1, settles_at=until)
        places.append(SignUpFactory(event=event, status=status, lapses_at=until))
    settle_events()
    return [SignUp.objects.get(pk=place.pk).status for place in places]


@pytest.mark.parametrize("status", [HELD, OFFERED])
def test_a_place_that_is_held_or_offered_ends_in_time_and_not_before(own_clock, status):
    assert what_becomes_of(status) == [status, CANCELLED]


def test_control_by_the_clock_of_the_host_places_end_early_or_late(own_clock, nobody_asks_the_database):
    assert what_becomes_of(HELD) != [HELD, CANCELLED]


def test_how_long_a_place_is_kept_begins_with_the_right_moment(own_clock):
    event = EventFactory(capacity=2, offer_hours=48, starts_at=so_far(9 * DAY))
    held = hold_place(event, by=AnonymousUser(), name="Rosa Gill", email="rosa@example.org")
    first, second = (sign_up(event, by=UserFactory()) for _ in range(2))
    passed_on = offer_place(first, to_email="colleague@example.org", by=first.person)
    cancel_sign_up(first, by=first.person)
    second.refresh_from_db()

    assert second.status == OFFERED
    assert abs(held.lapses_at - so_far(HELD_FOR)) < NEARLY
    assert abs(second.lapses_at - so_far(48 * HOUR)) < NEARLY
    assert abs(passed_on.expires_at - so_far(OFFER_LASTS)) < NEARLY


def is_accepted_before_and_after_it_runs_out(accept, *offers):
    """Whether each of two is accepted, the first with an hour left, the second an hour too late."""
    said = []
    for row, ahead in zip(offers, (HOUR, -HOUR), strict=True):
        name = "lapses_at" if isinstance(row, SignUp) else "expires_at"
        type(row).objects.filter(pk=row.pk).update(**{name: so_far(ahead)})
        if isinstance(row, SignUp):
            Event.objects.filter(pk=row.event_id).update(settles_at=so_far(ahead))
        try:
            accept(row)
        except Refused:
            said.append(False)
        else:
            said.append(True)
    return said


def test_an_offer_of_the_waiting_list_is_taken_in_time_and_not_after(own_clock):
    offered = [
        SignUpFactory(
            event=EventFactory(starts_at=so_far(9 * DAY), places_taken=1), status=OFFERED, lapses_at=so_far(HOUR)
        )
        for _ in range(2)
    ]

    said = is_accepted_before_and_after_it_runs_out(lambda place: accept_promotion(place, by=place.person), *offered)

    assert said == [True, False]


def test_a_place_that_is_passed_on_is_taken_in_time_and_not_after(own_clock):
    colleague = UserFactory()
    places = [sign_up(EventFactory(starts_at=so_far(9 * DAY)), by=UserFactory()) for _ in range(2)]
    offers = [offer_place(place, to_email=colleague.email, by=place.person) for place in places]

    said = is_accepted_before_and_after_it_runs_out(lambda offer: accept_offer(offer, by=colleague), *offers)

    assert said == [True, False]


def test_what_a_phone_pressed_at_the_desk_keeps_its_moment(own_clock, signed_in, fatima):
    place = SignUpFactory(event=EventFactory(starts_at=so_far(-HOUR), slug="today"))
    pressed = so_far(-dt.timedelta(minutes=10))
    mark = {"client_id": str(uuid.uuid4()), "what": "in", "at": pressed.isoformat(), "reference": str(place.reference)}
    sent = {"sent_at": so_far().isoformat(), "marks": [mark]}

    signed_in(fatima).post("/events/today/check-in/marks/", json.dumps(sent), content_type="application/json")

    place.refresh_from_db()
    assert abs(place.checked_in_at - pressed) < NEARLY


def test_feedback_is_not_opened_before_it_closes(own_clock, fatima):
    event = EventFactory(starts_at=so_far(-HOUR))
    check_in(SignUpFactory(event=event), by=fatima)
    ended = so_far(HOUR - dt.timedelta(days=14))
    Event.objects.filter(pk=event.pk).update(starts_at=ended - HOUR, ends_at=ended)

    assert close_feedback() == 0


def test_a_day_that_closes_a_thousandth_of_a_second_before_midnight_takes_who_comes_before_that(mail_at_any_time):
    closes_at = dt.datetime(2026, 10, 24, 23, 59, 59, 999_000, tzinfo=clock.LONDON)
    event = EventFactory(starts_at=closes_at + DAY, sign_up_closes_at=closes_at)
    a_tick = dt.timedelta(microseconds=1)

    with clock.at(closes_at - a_tick):
        assert sign_up(event, by=UserFactory()).status == CONFIRMED
    for late in (closes_at, closes_at + a_tick):
        with clock.at(late), pytest.raises(Refused, match="has closed"):
            sign_up(event, by=UserFactory())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one transaction at a time")
@pytest.mark.django_db(transaction=True)
def test_who_waited_for_the_lock_is_judged_by_the_moment_at_which_they_had_it():
    event = EventFactory(sign_up_closes_at=clock.now() + DAY)
    is_locked = threading.Event()

    def closes_it_while_another_waits():
        with transaction.atomic():
            lock(event)
            is_locked.set()
            wait_for_somebody_at_the_lock()
            # The present moment, by the same clock; whoever waits began before it.
            Event.objects.filter(pk=event.pk).update(sign_up_closes_at=clock.in_database())

    def comes_just_before():
        is_locked.wait(30)
        sign_up(event, by=person)

    person = UserFactory()
    closed, refused = all_at_once([closes_it_while_another_waits, comes_just_before])

    assert closed is None
    assert problems([refused])
    assert "has closed" in str(refused)


def wait_for_somebody_at_the_lock():
    for _ in range(1000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits")
