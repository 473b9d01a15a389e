"""Signing up for an event: places are limited, a full event keeps a waiting list, and twice counts once."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from audit.models import AuditEvent
from audit.owners import key_in, owners_of
from core import clock
from core.errors import Refused
from events.models import Event, SignUp
from events.places.operations import sign_up
from events.programme.operations import cancel_event
from tests.events.letters import letters
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory, kind_of

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


def test_the_first_to_come_get_the_places(amina):
    event = EventFactory(capacity=2)

    place = sign_up(event, by=amina)

    assert place.status == SignUp.Status.CONFIRMED
    event.refresh_from_db()
    assert (event.places_taken, event.places_left) == (1, 1)


def test_once_the_event_is_full_the_next_person_waits(amina, ben):
    event = EventFactory(capacity=1)
    sign_up(event, by=amina)

    place = sign_up(event, by=ben)

    assert place.status == SignUp.Status.WAITING
    event.refresh_from_db()
    assert event.places_taken == 1


def test_positions_are_in_the_order_of_signing_up_and_without_gaps():
    event = EventFactory(capacity=2)

    places = [sign_up(event, by=UserFactory()) for _ in range(5)]

    assert [place.position for place in places] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("number", [3, 30])
def test_a_sign_up_reads_twice_and_writes_four_rows_however_many_came_before(amina, number, asked):
    event = EventFactory(capacity=2, co_design=True)
    SignUpFactory.create_batch(number, event=event, status="waiting")
    developer = kind_of(event, "developer")

    with asked() as statements:
        sign_up(event, by=amina, kind=developer)

    # The event under its lock, then what is known of the person; the place, the counters, the trail, the letter.
    assert len(statements) == 2 + 4, "\n".join(statements)


def test_signing_up_twice_changes_nothing(amina):
    event = EventFactory()
    first = sign_up(event, by=amina, access_needs="A hearing loop")

    second = sign_up(event, by=amina, access_needs="")

    assert second == first
    assert event.sign_ups.get().access_needs == "A hearing loop"
    assert letters() == [first.pk]


def test_the_database_holds_one_living_sign_up_per_person(amina):
    place = SignUpFactory(person=amina)

    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.create(event=place.event, person=amina, position=9, status=SignUp.Status.WAITING)


def test_the_database_is_never_oversold():
    event = EventFactory(capacity=1, places_taken=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(places_taken=2)


def test_nobody_can_sign_up_after_the_start(amina):
    event = EventFactory(started=True)

    with pytest.raises(Refused, match="closed when this event started"):
        sign_up(event, by=amina)

    assert not event.sign_ups.exists()


def test_nobody_can_sign_up_after_the_closing_date(amina):
    event = EventFactory(sign_up_closes_at=clock.now() - dt.timedelta(minutes=1))

    with pytest.raises(Refused, match="has closed"):
        sign_up(event, by=amina)


def test_a_closing_date_after_the_start_does_not_keep_sign_up_open(amina):
    event = EventFactory(started=True, sign_up_closes_at=clock.now() + dt.timedelta(days=1))

    with pytest.raises(Refused):
        sign_up(event, by=amina)


@pytest.mark.parametrize(("state", "words"), [("cancelled", "was cancelled"), ("draft", "not open")])
def test_a_cancelled_or_drafted_event_takes_nobody(amina, state, words):
    with pytest.raises(Refused, match=words):
        sign_up(EventFactory(state=state), by=amina)


def test_an_address_that_was_never_confirmed_holds_no_place():
    with pytest.raises(Refused, match="Confirm your e-mail address"):
        sign_up(EventFactory(), by=UserFactory(verified=False))


def test_a_stranger_is_sent_to_sign_in():
    with pytest.raises(PermissionDenied):
        sign_up(EventFactory(), by=AnonymousUser())


def test_one_comes_for_an_organisation_one_belongs_to(amina, harlow):
    assert sign_up(EventFactory(), by=amina, organisation=harlow).organisation == harlow


def test_one_cannot_come_for_somebody_elses_council(amina, surrey):
    event = EventFactory()

    with pytest.raises(Refused, match="not a confirmed member of Surrey") as refusal:
        sign_up(event, by=amina, organisation=surrey)

    assert refusal.value.field == "organisation"
    assert not event.sign_ups.exists()


def test_history_may_say_whom_people_came_for_then(ben, surrey):
    event = EventFactory(starts_at=dt.datetime(2014, 5, 14, 10, tzinfo=dt.UTC))

    with clock.at(dt.datetime(2014, 4, 1)):
        place = sign_up(event, by=ben, organisation=surrey)

    assert place.organisation == surrey
    assert place.signed_up_at.year == 2014


def test_a_told_past_sends_no_mail(amina):
    event = EventFactory(starts_at=dt.datetime(2014, 5, 14, 10, tzinfo=dt.UTC))

    with clock.at(dt.datetime(2014, 4, 1)):
        sign_up(event, by=amina)

    assert letters() == []


def test_the_trail_says_who_signed_up_for_what_with_what_outcome(amina):
    event = EventFactory()

    place = sign_up(event, by=amina)

    line = AuditEvent.objects.get(action="events.signed_up")
    assert (owners_of([line])[key_in(line)], line.by, line.about_key) == (amina, None, str(event.pk))
    own = {"own": f"events.signup {place.reference}"}
    assert line.details == {"place": place.pk, "status": "confirmed", "position": 1, **own}


def test_a_cancelled_event_keeps_its_sign_ups_but_takes_no_more(fatima, amina, ben):
    event = EventFactory()
    sign_up(event, by=amina)
    cancel_event(event, by=fatima, reason="The venue flooded.")

    with pytest.raises(Refused, match="cancelled"):
        sign_up(event, by=ben)

    assert event.sign_ups.count() == 1
