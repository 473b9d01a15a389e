"""Moments that are set before an event starts: none is past as it is entered, and none is after the start."""

import datetime as dt

import pytest

from core import clock
from core.errors import Refused
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
