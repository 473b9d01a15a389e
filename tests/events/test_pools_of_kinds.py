"""Pools for kinds of people, alone or of some organisations; quotas of a Co-Design Day; places that change hands."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from core import clock
from core.errors import Refused
from events.models import Event, Pool, SignUp
from events.places.operations import (
    accept_offer,
    add_kind,
    add_pool,
    agree_to_pass_on,
    cancel_sign_up,
    change_pool,
    change_sign_up,
    confirm_held,
    hold_place,
    offer_place,
    remove_kind,
    remove_pool,
    settle_events,
    share_out,
    sign_up,
)
from events.places.room import room_of
from events.places.standing import left_by_event
from events.programme.operations import change_event, publish_event
from events.running.pages import run_page
from events.series.operations import copy_event
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory
from tests.factories.events import EventFactory, ParticipantKindFactory, PoolFactory, SignUpFactory

pytestmark = [
    pytest.mark.sql, pytest.mark.django_db, pytest.mark.usefixtures("mail_at_any_time", "counters_stay_right")
]  # fmt: skip


@pytest.fixture
def day(fatima):
    """Three places, two of them kept for developers."""
    event = EventFactory(capacity=3)
    ParticipantKindFactory(event=event)
    ParticipantKindFactory(event=event, key="policy_expert")
    add_pool(event, by=fatima, name="developers", places=2, participant_kinds=[kind(event)])
    return event


def kind(event, key="developer"):
    return event.participant_kinds.get(key=key)


def come(event, key=None, organisation=None):
    person = MembershipFactory(organisation=organisation).person if organisation else UserFactory()
    return sign_up(event, by=person, organisation=organisation, kind=kind(event, key) if key else None)


def now(place):
    place = SignUp.objects.get(pk=place.pk)
    return place.status, str(place.pool or "")


def test_a_place_kept_for_developers_is_theirs_alone(day):
    places = [come(day, "policy_expert"), come(day), come(day, "developer"), come(day, "developer")]

    assert [now(place) for place in places] == [
        ("confirmed", ""),
        ("waiting", ""),
        ("confirmed", "developers"),
        ("confirmed", "developers"),
    ]


def test_whoever_takes_a_place_of_a_pool_with_both_lists_is_of_both(fatima, harlow, surrey):
    event = EventFactory(capacity=2)
    ParticipantKindFactory(event=event)
    add_pool(
        event,
        by=fatima,
        name="developers of districts",
        places=2,
        organisation_kinds=["district"],
        participant_kinds=[kind(event)],
    )

    places = [come(event, "developer", surrey), come(event, None, harlow), come(event, "developer", harlow)]

    assert [place.status for place in places] == ["waiting", "waiting", "confirmed"]


def test_a_pool_for_nobody_and_one_for_a_kind_of_another_event_are_refused(day, fatima):
    other = ParticipantKindFactory()

    with pytest.raises(Refused, match="Choose at least one kind of organisation or of people"):
        add_pool(day, by=fatima, name="nobody", places=1)
    with pytest.raises(Refused, match="no longer one of the event"):
        change_pool(day.pools.get(), by=fatima, name="developers", places=1, participant_kinds=[other])


def test_a_free_place_of_developers_goes_to_the_first_developer_who_waits(day):
    seated = [come(day, "developer") for _ in range(3)]
    first, developer = come(day, "policy_expert"), come(day, "developer")

    cancel_sign_up(seated[0], by=seated[0].person)

    assert [now(first)[0], now(developer)] == ["waiting", ("confirmed", "developers")]
    assert {line.because for line in day.queue_lines.all()} == {"The place is one of those for developers."}


def test_a_new_pool_counts_those_of_its_kind_who_are_in(fatima):
    event = EventFactory(capacity=3)
    ParticipantKindFactory(event=event)
    come(event)
    come(event, "developer")

    assert add_pool(event, by=fatima, name="developers", places=2, participant_kinds=[kind(event)]).taken == 1


def test_whoever_says_afterwards_that_they_are_no_developer_leaves_the_pool_or_is_refused(day):
    place, other = come(day, "developer"), come(day, "developer")

    change_sign_up(place, by=place.person, kind=None)

    assert now(place) == ("confirmed", "")
    with pytest.raises(Refused, match="none is left for others") as refusal:
        change_sign_up(other, by=other.person, kind=None)
    assert refusal.value.field == "kind"
    assert now(other) == ("confirmed", "developers")


def test_a_kind_that_places_are_kept_for_is_not_removed(day, fatima):
    with pytest.raises(Refused, match="Places are kept for developers"):
        remove_kind(kind(day), by=fatima)

    remove_pool(day.pools.get(), by=fatima)
    remove_kind(kind(day), by=fatima)


def left(event, reader):
    return left_by_event(Event.objects.filter(pk=event.pk), reader)[event.pk]


def test_what_is_left_says_for_which_kind(day, amina):
    said = [left(day, amina)]
    come(day)
    said.append(left(day, amina))

    assert said == ["1 place left, and 2 for developers", "2 places left for developers"]


def test_the_one_query_of_a_sign_up_reads_the_kinds_of_every_pool(day, fatima, django_assert_max_num_queries):
    both = [kind(day), kind(day, "policy_expert")]
    add_pool(day, by=fatima, name="both kinds", places=1, participant_kinds=both)
    person, come_as = UserFactory(), kind(day, "policy_expert")

    with django_assert_max_num_queries(12):
        place = sign_up(day, by=person, kind=come_as)

    assert now(place) == ("confirmed", "both kinds")


def test_a_day_is_planned_with_its_quotas_in_one_step(fatima):
    planned = EventFactory.build()
    names = ("title", "summary", "stream", "starts_at", "ends_at", "venue")
    fields = {name: getattr(planned, name) for name in names} | {"kind": Event.Kind.CO_DESIGN_DAY}

    with pytest.raises(Refused, match="13 places are kept") as refusal:
        publish_event(by=fatima, capacity=12, quotas={"service_user": 5, "developer": 8}, **fields)
    assert refusal.value.field == "capacity"
    event = publish_event(by=fatima, capacity=20, quotas={"service_user": 5, "developer": 8}, **fields)

    assert [(pool.name, pool.places) for pool in event.pools.all()] == [("service users", 5), ("developers", 8)]
    come(event, "developer")
    mix = run_page(event, fatima)["mix"]
    assert ("Developer", "1", "8", "Yes") in mix
    assert ("Policy expert", "0", "None", "Yes: nobody yet") in mix


def test_a_copy_keeps_places_for_the_same_until_as_long_before(day, fatima, harlow):
    until = day.starts_at - dt.timedelta(days=7)
    add_pool(day, by=fatima, name="districts", places=1, organisation_kinds=["district"], releases_at=until)
    share_out(day, by=fatima, offer_hours=12, council_cap=2, council_cap_until=until)
    come(day, "developer", harlow)
    later = dt.timedelta(weeks=4)

    copy = copy_event(
        Event.objects.get(pk=day.pk),
        by=fatima,
        title="Again",
        starts_at=day.starts_at + later,
        ends_at=day.ends_at + later,
    )

    assert (copy.offer_hours, copy.council_cap) == (12, 2)
    developers, districts = copy.pools.order_by("pk")
    assert (developers.name, developers.places, developers.taken) == ("developers", 2, 0)
    assert list(developers.participant_kinds.all()) == [kind(copy)]
    assert abs(copy.starts_at - districts.releases_at - dt.timedelta(days=7)) <= dt.timedelta(hours=1)
    assert Event.objects.get(pk=copy.pk).settles_at is not None


def test_a_place_passed_on_to_another_kind_of_council_leaves_the_pool(fatima, harlow, surrey):
    event = EventFactory(capacity=2)
    PoolFactory(event=event, places=1)
    place, colleague = come(event, None, harlow), MembershipFactory(organisation=surrey).person
    offer = offer_place(place, to_email=colleague.email, by=place.person)
    accept_offer(offer, by=colleague)

    agree_to_pass_on(offer, by=fatima)

    assert (now(place), Pool.objects.get().taken) == (("confirmed", ""), 0)


def test_a_place_is_not_passed_on_past_the_cap_of_a_council_or_out_of_a_pool_that_is_needed(fatima, harlow, surrey):
    event = EventFactory(capacity=3)
    PoolFactory(event=event, places=1)
    place, colleague = come(event, None, harlow), MembershipFactory(organisation=surrey).person
    come(event, None, surrey)
    share_out(event, by=fatima, offer_hours=0, council_cap=1, council_cap_until=event.starts_at)
    offer = offer_place(place, to_email=colleague.email, by=place.person)
    accept_offer(offer, by=colleague)

    with pytest.raises(Refused, match="Surrey has the 1 place that one council may have"):
        agree_to_pass_on(offer, by=fatima)
    share_out(event, by=fatima, offer_hours=0)
    come(event)
    with pytest.raises(Refused, match="none is left for others"):
        agree_to_pass_on(offer, by=fatima)

    assert now(place) == ("confirmed", "districts")


def test_a_developers_place_passed_on_stays_a_developers_place(day):
    place, colleague = come(day, "developer"), UserFactory()
    offer = offer_place(place, to_email=colleague.email, by=place.person)

    accept_offer(offer, by=colleague)

    place.refresh_from_db()
    assert (place.person, place.kind, str(place.pool)) == (colleague, kind(day), "developers")


def held(event, organisation, anonymous):
    person = MembershipFactory(organisation=organisation).person
    return hold_place(event, by=anonymous, name="Ben", email=person.email)


@pytest.fixture
def anonymous():
    return AnonymousUser()


def test_nobody_gets_round_the_cap_of_their_council_by_signing_up_signed_out(fatima, harlow, anonymous):
    event = EventFactory(capacity=5)
    share_out(event, by=fatima, offer_hours=0, council_cap=1, council_cap_until=event.starts_at)
    come(event, None, harlow)
    place = held(event, harlow, anonymous)

    confirm_held(place, by=place.person)

    place.refresh_from_db()
    assert (place.status, place.organisation, place.lapses_at) == ("waiting", harlow, None)
    assert Event.objects.get(pk=event.pk).places_taken == 1


def test_a_held_place_moves_to_the_pool_of_its_council_and_lets_somebody_else_in(harlow, surrey, anonymous):
    event = EventFactory(capacity=2, offer_hours=0)
    PoolFactory(event=event, places=1)
    place = held(event, harlow, anonymous)
    waiting = come(event, None, surrey)

    confirm_held(place, by=place.person)

    assert (now(place), now(waiting)) == (("confirmed", "districts"), ("confirmed", ""))


@pytest.fixture
def offered():
    """A place that is offered for 48 hours, at an event in ten days."""
    event = EventFactory(capacity=1, starts_at=clock.now() + dt.timedelta(days=10), offer_hours=48)
    first, second = come(event), come(event)
    cancel_sign_up(first, by=first.person)
    second.refresh_from_db()
    assert second.status == "offered"
    return second


def move(place, fatima, hours):
    starts_at = clock.now() + dt.timedelta(hours=hours)
    ends_at = starts_at + dt.timedelta(hours=5)
    return change_event(place.event, by=fatima, starts_at=starts_at, ends_at=ends_at, reason="The hall", agenda=[])


def test_an_offer_ends_a_day_before_an_event_that_was_moved_earlier(offered, fatima):
    event = move(offered, fatima, 36)

    offered.refresh_from_db()
    assert offered.lapses_at == event.starts_at - dt.timedelta(hours=24)
    with clock.at(offered.lapses_at):
        settle_events()
    assert now(offered)[0] == "cancelled"


def test_an_offer_that_has_no_time_left_once_an_event_moves_is_theirs_at_once(offered, fatima):
    move(offered, fatima, 24)

    offered.refresh_from_db()
    assert (offered.status, offered.lapses_at) == ("confirmed", None)


def test_a_kind_is_added_to_a_pool_and_read_with_it(day, fatima):
    carer = add_kind(day, by=fatima, name="Carer")
    change_pool(day.pools.get(), by=fatima, name="makers", places=2, participant_kinds=[kind(day), carer])
    SignUpFactory(event=day)

    place = come(day, "carer")

    assert now(place) == ("confirmed", "makers")
    assert room_of(day).pools[0].kind_ids == {kind(day).pk, carer.pk}
