"""What was set by the start of an event moves with it: kept places, the cap, sign-up, offers, reminders."""

import datetime as dt

import pytest
from django.utils import timezone

from core import clock
from core.forms import as_sent
from events.event.deadlines import as_long_before
from events.models import Event, SignUp
from events.places.operations import cancel_sign_up, offer_place, send_reminders, settle_events, sign_up
from events.places.queries import miscounted
from events.programme.operations import change_event
from tests.events.letters import letters
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory
from tests.factories.events import EventFactory, PoolFactory, SignUpFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db, pytest.mark.usefixtures("mail_at_any_time")]


def london(*parts):
    return timezone.make_aware(dt.datetime(*parts))


START = (2030, 6, 20, 10)


@pytest.fixture(autouse=True)
def today():
    """The first of June; afterwards every counter is right."""
    with clock.at(london(2030, 6, 1, 12)):
        yield
        assert not miscounted()


@pytest.fixture
def day():
    """A day on 20 June that has four deadlines: two of kept places, of which one is over, a cap, and sign-up."""
    event = EventFactory(
        starts_at=london(*START),
        capacity=9,
        sign_up_closes_at=london(2030, 6, 18, 17),
        council_cap=2,
        council_cap_until=london(2030, 6, 15, 12),
    )
    PoolFactory(event=event, name="districts", places=2, releases_at=london(2030, 6, 13, 10))
    PoolFactory(event=event, name="counties", places=2, organisation_kinds=["county"], releases_at=london(2030, 5, 30))
    PoolFactory(event=event, name="wales", places=1, organisation_kinds=["unitary"])
    return event


def move(event, fatima, *start, **more):
    starts_at = london(*start)
    ends_at = starts_at + dt.timedelta(hours=6)
    changed = change_event(
        Event.objects.get(pk=event.pk), by=fatima, starts_at=starts_at, ends_at=ends_at, reason="The hall.", **more
    )
    return Event.objects.get(pk=changed.pk)


def released(event):
    return dict(event.pools.values_list("name", "releases_at"))


def test_a_moment_is_as_long_before_by_the_clocks_of_london_and_never_after_the_start():
    start, new_start = london(2030, 3, 28, 10), london(2030, 4, 4, 10)

    assert as_long_before(london(2030, 3, 21, 9), start=start, new_start=new_start) == london(2030, 3, 28, 9)
    assert as_long_before(london(2030, 3, 29, 9), start=start, new_start=new_start) == new_start
    assert as_long_before(None, start=start, new_start=new_start) is None


def test_deadlines_to_come_move_with_the_start_and_what_is_released_stays_released(day, fatima):
    moved = move(day, fatima, 2030, 6, 27, 14)

    assert released(moved) == {
        "districts": london(2030, 6, 20, 14), "counties": london(2030, 5, 30), "wales": None,
    }  # fmt: skip
    assert moved.council_cap_until == london(2030, 6, 22, 16)
    assert moved.sign_up_closes_at == london(2030, 6, 25, 21)
    assert moved.settles_at == london(2030, 6, 20, 14)


def test_another_end_of_sign_up_that_is_given_with_the_move_stands(day, fatima):
    assert move(day, fatima, 2030, 6, 27, 10, sign_up_closes_at=None).sign_up_closes_at is None


def test_another_end_moves_nothing(day, fatima):
    changed = change_event(day, by=fatima, ends_at=day.ends_at + dt.timedelta(hours=1))

    assert changed.sign_up_closes_at == london(2030, 6, 18, 17)
    assert released(changed)["districts"] == london(2030, 6, 13, 10)


def test_places_whose_release_is_past_after_the_move_go_at_once_to_who_waits_in_order(fatima, surrey):
    event = EventFactory(starts_at=london(*START), capacity=3)
    PoolFactory(event=event, places=2, releases_at=london(2030, 6, 13, 10))
    places = [sign_up(event, by=MembershipFactory(organisation=surrey).person, organisation=surrey) for _ in range(4)]
    assert [place.status for place in places] == ["confirmed", *["waiting"] * 3]

    move(event, fatima, 2030, 6, 6, 10)

    assert list(event.sign_ups.order_by("position").values_list("status", flat=True)) == [
        *["confirmed"] * 3, "waiting",
    ]  # fmt: skip


def test_a_place_offered_to_a_colleague_is_open_no_longer_than_to_the_new_start(fatima):
    place = SignUpFactory(event=EventFactory(starts_at=london(*START)))
    offer = offer_place(place, to_email="ada@example.org", by=place.person)
    assert offer.expires_at == london(2030, 6, 8, 12)

    move(place.event, fatima, 2030, 6, 5, 10)

    offer.refresh_from_db()
    assert offer.expires_at == london(2030, 6, 5, 10)


def test_an_offer_keeps_its_hour_where_the_start_comes_later(fatima):
    event = EventFactory(starts_at=london(*START), capacity=1, offer_hours=48)
    first, second = (sign_up(event, by=person) for person in UserFactory.create_batch(2))
    cancel_sign_up(first, by=first.person)

    move(event, fatima, 2030, 6, 27, 10)

    second.refresh_from_db()
    assert (second.status, second.lapses_at) == ("offered", london(2030, 6, 3, 12))


def test_who_was_reminded_of_the_former_start_is_reminded_of_the_new_one(fatima):
    place = SignUpFactory(event=EventFactory(starts_at=london(*START)), signed_up_at=clock.now())

    def reminded(*moment):
        with clock.at(london(*moment)):
            return send_reminders()

    assert [reminded(2030, 6, 14, 12), reminded(2030, 6, 19, 12)] == [1, 1]
    with clock.at(london(2030, 6, 19, 13)):
        move(place.event, fatima, 2030, 6, 24, 10)
    assert [reminded(2030, 6, 19, 14), reminded(2030, 6, 23, 12)] == [0, 1], (
        "a week before is past, a day before is not"
    )
    with clock.at(london(2030, 6, 23, 13)):
        move(place.event, fatima, 2030, 7, 24, 10)
    assert [reminded(2030, 7, 18, 12), reminded(2030, 7, 23, 12)] == [1, 1]
    assert letters("reminder") == [place.pk] * 5


# On the page ----------------------------------------------------------------------------------------------


@pytest.fixture
def save(signed_in, fatima, day):
    """A function: sends the form of a change of the day, as it is on the page, with what is typed."""
    client, address = signed_in(fatima), f"{day.get_absolute_url()}edit/"

    def send(sent=None, **typed):
        if sent is None:
            page = client.get(address)
            sent = as_sent(page.context["form"]) | {"revision": page.context["revision"], "moves": ""}
        return client.post(address, sent | {"reason": "The hall."} | typed), sent | typed

    return send


LATER = {"starts_at_day": "27", "ends_at_day": "27"}


def test_before_it_moves_the_page_shows_what_moves_with_it_and_saves_only_then(save, day):
    asked, sent = save(**LATER)
    day.refresh_from_db()
    assert (asked.status_code, day.starts_at) == (409, london(*START))
    assert "What stands below moves with the start of the event." in asked.content.decode()
    assert asked.context["moving"] == [
        ("Sign-up closes", "18 June 2030, 17:00", "25 June 2030, 17:00"),
        ("Places kept for districts, until", "13 June 2030, 10:00", "20 June 2030, 10:00"),
        ("Most places of one council, until", "15 June 2030, 12:00", "22 June 2030, 12:00"),
    ]

    assert save(sent, moves=asked.context["moves"])[0].status_code == 302
    day.refresh_from_db()
    assert (day.starts_at, day.sign_up_closes_at) == (london(2030, 6, 27, 10), london(2030, 6, 25, 17))


def test_what_would_move_otherwise_than_was_read_is_shown_again(save, day):
    asked, sent = save(**LATER)
    day.pools.filter(name="districts").update(releases_at=london(2030, 6, 14, 10))

    again, _ = save(sent, moves=asked.context["moves"])

    assert again.status_code == 409
    assert ("Places kept for districts, until", "14 June 2030, 10:00", "21 June 2030, 10:00") in (
        again.context["moving"]
    )
    assert save(sent, moves=again.context["moves"])[0].status_code == 302


def test_what_a_move_leaves_no_time_for_is_said_to_happen_at_once(save, day):
    SignUpFactory(event=day, status=SignUp.Status.OFFERED, lapses_at=london(2030, 6, 3, 12))

    asked, _ = save(starts_at_day="2", ends_at_day="2")

    assert [row[::2] for row in asked.context["moving"]] == [
        ("Sign-up closes", "At once"),
        ("Places kept for districts, until", "At once they are for anybody"),
        ("Most places of one council, until", "At once there is no limit"),
        ("1 person answers the offer of a place by", "The place is theirs at once"),
    ]


def test_a_day_of_which_nothing_moves_with_it_is_saved_at_once(signed_in, fatima):
    event, client = EventFactory(starts_at=london(*START)), signed_in(fatima)
    page = client.get(f"{event.get_absolute_url()}edit/")
    sent = as_sent(page.context["form"]) | {"revision": page.context["revision"], **LATER}

    assert client.post(f"{event.get_absolute_url()}edit/", sent).status_code == 302
    assert settle_events() == 0
