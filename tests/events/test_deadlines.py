"""Moments that are set before an event starts: none is past as it is entered, and none is after the start."""

import datetime as dt

import pytest
from django.utils import timezone

from core import clock
from core.errors import Refused
from events.desk.hours import day_is_over, is_put_right, is_settled
from events.models import Event
from events.places.operations import add_pool, share_out
from events.programme.operations import announce_draft, change_event, draft_event, publish_event
from events.series.operations import copy_event
from tests.events.test_programme import plan
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


def in_a_pool(event, moment, fatima):
    fields = {"name": "districts", "places": 1, "organisation_kinds": ["district"]}
    return add_pool(event, by=fatima, releases_at=moment, **fields)


def as_a_cap(event, moment, fatima):
    return share_out(event, by=fatima, offer_hours=48, council_cap=2, council_cap_until=moment)


def as_the_closing_time(event, moment, fatima):
    return change_event(event, by=fatima, sign_up_closes_at=moment)


@pytest.mark.parametrize("put_down", [in_a_pool, as_a_cap, as_the_closing_time])
def test_a_deadline_is_to_come_and_not_after_the_start_and_the_sentence_stands_beside_its_field(fatima, put_down):
    event = EventFactory()

    for moment, why in ((clock.now() - HOUR, "is past"), (event.starts_at + HOUR, "event starts, or before")):
        with pytest.raises(Refused, match=why) as refused:
            put_down(event, moment, fatima)
        assert refused.value.field in {"releases_at", "council_cap_until", "sign_up_closes_at"}
    put_down(event, event.starts_at - HOUR, fatima)


@pytest.mark.parametrize("add", [publish_event, draft_event])
def test_a_new_event_does_not_close_before_it_opens_and_lasts_no_years(fatima, add):
    start = plan()["starts_at"]

    for fields in ({"sign_up_closes_at": clock.now() - HOUR}, {"ends_at": start + dt.timedelta(days=400)}):
        with pytest.raises(Refused, match=r"is past|at most 31 days") as refused:
            add(by=fatima, **plan(**fields))
        assert refused.value.field in fields


def test_sign_up_is_open_until_the_moment_at_which_it_closes():
    event = EventFactory.build(sign_up_closes_at=clock.now())

    for before, is_open in ((dt.timedelta(seconds=1), True), (dt.timedelta(), False)):
        with clock.at(event.sign_up_closes_at - before):
            assert event.takes_sign_ups == is_open


def midnight(moment):
    return timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)


@pytest.mark.parametrize(
    ("begins", "ends", "holds"),
    [
        (lambda event: event.starts_at, None, lambda event: event.has_started),
        (lambda event: event.ends_at, None, lambda event: event.has_ended),
        (lambda event: midnight(event.starts_at), None, lambda event: event.check_in_is_open),
        (lambda event: event.starts_at, lambda event: event.feedback_closes_at, lambda event: event.takes_feedback),
        (day_is_over, None, is_put_right),
        (lambda event: event.feedback_closes_at, None, is_settled),
    ],
    ids=["has started", "has ended", "check-in is open", "takes feedback", "is put right", "is settled"],
)
def test_what_holds_of_an_event_by_the_clock_begins_and_ends_at_its_moment(begins, ends, holds):
    event, second = EventFactory.build(), dt.timedelta(seconds=1)

    bounds = {begins(event): [False, True]} | ({ends(event): [True, False]} if ends else {})
    for bound, expected in bounds.items():
        found = []
        for moment in (bound - second, bound):
            with clock.at(moment):
                found.append(holds(event))
        assert found == expected


@pytest.mark.parametrize("state", [Event.State.DRAFT, Event.State.CANCELLED])
def test_an_event_that_is_not_published_takes_nothing_and_is_in_no_list_of_what_comes_or_was_held(state):
    coming, held = EventFactory(state=state), EventFactory(state=state, ended=True)
    on = EventFactory.build(state=state, started=True)

    assert (coming.takes_sign_ups, on.takes_feedback, on.check_in_is_open) == (False, False, False)
    assert not Event.objects.upcoming().filter(pk=coming.pk).exists()
    assert not Event.objects.held().filter(pk=held.pk).exists()


def test_an_event_is_to_come_until_it_starts_and_held_once_it_has_ended():
    event = EventFactory()
    mine, second = Event.objects.filter(pk=event.pk), dt.timedelta(seconds=1)

    for moment, found in (
        (event.starts_at - second, (True, False)),
        (event.starts_at, (False, False)),
        (event.ends_at - second, (False, False)),
        (event.ends_at, (False, True)),
    ):
        with clock.at(moment):
            assert ((mine & Event.objects.upcoming()).exists(), (mine & Event.objects.held()).exists()) == found


def test_a_draft_whose_closing_time_has_passed_is_not_opened_for_nobody(fatima):
    draft = draft_event(by=fatima, **plan(sign_up_closes_at=clock.now() + HOUR))

    with clock.at(clock.now() + 2 * HOUR):
        with pytest.raises(Refused, match="Sign-up would have closed on"):
            announce_draft(draft, by=fatima)
        change_event(draft, by=fatima, sign_up_closes_at=None)
        assert announce_draft(draft, by=fatima).takes_sign_ups


def test_what_has_passed_is_no_obstacle_to_saving_the_rest(fatima):
    event = EventFactory(sign_up_closes_at=clock.now() - HOUR, council_cap=1, council_cap_until=clock.now() - HOUR)

    change_event(event, by=fatima, title="Called something else")
    share_out(event, by=fatima, offer_hours=12, council_cap=1, council_cap_until=event.council_cap_until)


def test_a_copy_leaves_out_what_would_be_past_already(fatima):
    day = dt.timedelta(days=1)
    event = EventFactory(starts_at=clock.now() + 90 * day)
    Event.objects.filter(pk=event.pk).update(
        sign_up_closes_at=event.starts_at - 60 * day, council_cap=1, council_cap_until=event.starts_at - 60 * day
    )
    event.refresh_from_db()
    soon = clock.now() + 30 * day

    copy = copy_event(event, by=fatima, title="Again", starts_at=soon, ends_at=soon + HOUR, is_draft=False)

    assert copy.takes_sign_ups
    assert (copy.council_cap, copy.council_cap_until) == (None, None)
