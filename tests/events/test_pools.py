"""Pools keep places for some until they are released, and a council has no more than its most until a set day."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core import clock
from core.errors import Refused
from events.desk import operations as desk
from events.models import Event, Pool, SignUp
from events.places.operations import (
    add_pool,
    cancel_sign_up,
    change_pool,
    change_sign_up,
    lock,
    remove_pool,
    resize,
    settle_events,
    share_out,
    sign_up,
)
from events.places.operations.pools import keep_for
from events.places.queries import miscounted
from events.programme.operations import change_event, set_capacity
from tests.events.letters import letters
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory
from tests.factories.events import EventFactory, PoolFactory, SignUpFactory

pytestmark = [
    pytest.mark.sql, pytest.mark.django_db, pytest.mark.usefixtures("mail_at_any_time", "counters_stay_right")
]  # fmt: skip
DISTRICTS = {"name": "districts", "organisation_kinds": ["district"]}


@pytest.fixture
def day(fatima):
    """Four places, two of them kept for districts until a week before."""
    event = EventFactory(capacity=4)
    add_pool(event, by=fatima, places=2, releases_at=event.starts_at - dt.timedelta(days=7), **DISTRICTS)
    return event


def come(event, organisation=None):
    person = MembershipFactory(organisation=organisation).person if organisation else UserFactory()
    return sign_up(event, by=person, organisation=organisation)


def pool_of(place):
    return str(SignUp.objects.get(pk=place.pk).pool or "")


def standing(place):
    return SignUp.objects.get(pk=place.pk).status


def test_a_place_is_taken_from_ones_pool_first_then_from_those_for_anybody(day, harlow):
    places = [come(day, harlow) for _ in range(3)]

    assert [pool_of(place) for place in places] == ["districts", "districts", ""]


def test_what_a_pool_keeps_is_nobody_elses(day, surrey, harlow):
    places = [come(day, surrey), come(day), come(day, surrey), come(day, harlow)]

    assert [place.status for place in places] == ["confirmed", "confirmed", "waiting", "confirmed"]


def test_a_released_pool_goes_to_those_who_wait_in_order_by_the_schedule(day, surrey):
    places = [come(day, surrey) for _ in range(5)]
    assert [place.status for place in places] == ["confirmed"] * 2 + ["waiting"] * 3

    with clock.at(day.starts_at - dt.timedelta(days=7)):
        settle_events()

    assert [standing(place) for place in places] == ["confirmed"] * 4 + ["waiting"]


def test_whoever_signs_up_after_the_release_does_not_overtake_those_who_wait(day, surrey):
    waiting = [come(day, surrey) for _ in range(4)][2:]

    with clock.at(day.starts_at - dt.timedelta(days=6)):
        newcomer = come(day, surrey)

    assert [standing(place) for place in waiting] == ["confirmed"] * 2
    assert newcomer.status == "waiting"


def test_a_free_place_of_a_pool_goes_to_the_first_whom_it_is_for_and_a_line_says_why(day, surrey, harlow):
    from_harlow = [come(day, harlow) for _ in range(2)]
    others = [come(day, surrey) for _ in range(4)]
    late = come(day, harlow)

    cancel_sign_up(from_harlow[0], by=from_harlow[0].person)

    assert standing(late) == "confirmed"
    assert [standing(place) for place in others] == ["confirmed"] * 2 + ["waiting"] * 2
    line, *skipped = day.queue_lines.all()
    why = "The place is one of those for districts."
    assert (line.sign_up_id, line.passed_over, line.because) == (late.pk, 2, why)
    assert [(each.sign_up, each.what, each.because) for each in skipped] == [
        (place, "skipped", why) for place in others[2:]
    ]


def test_a_free_place_for_anybody_goes_to_the_first_whoever_they_are(day, surrey, harlow):
    _, general = [come(day, harlow) for _ in range(2)], [come(day, surrey) for _ in range(2)]
    first, _ = come(day, harlow), come(day, surrey)

    cancel_sign_up(general[0], by=general[0].person)

    assert standing(first) == "confirmed"
    assert day.queue_lines.get().passed_over == 0


def test_a_new_pool_counts_those_in_who_are_of_its_kind(fatima, harlow, surrey):
    event = EventFactory(capacity=4)
    places = [come(event, harlow), come(event, surrey), come(event, harlow)]

    pool = add_pool(event, by=fatima, places=2, **DISTRICTS)

    assert pool.taken == 2
    assert [pool_of(place) for place in places] == ["districts", "", "districts"]


def test_a_pool_cannot_keep_places_that_other_pools_keep(day, fatima):
    with pytest.raises(Refused, match="The other pools leave 2 places") as refusal:
        add_pool(day, by=fatima, name="counties", organisation_kinds=["county"], places=3)

    assert refusal.value.field == "places"
    assert add_pool(day, by=fatima, name="counties", organisation_kinds=["county"], places=2).places == 2


def test_a_pool_keeps_its_places_until_the_moment_at_which_it_is_released():
    release = clock.now()
    pool = PoolFactory.build(event=None, releases_at=release)

    assert [pool.is_live(release - dt.timedelta(seconds=1)), pool.is_live(release)] == [True, False]


def test_a_pool_cannot_keep_places_that_others_hold(fatima, surrey):
    event = EventFactory(capacity=4)
    for _ in range(3):
        come(event, surrey)

    with pytest.raises(Refused, match="1 place can be kept") as refusal:
        add_pool(event, by=fatima, places=2, **DISTRICTS)

    assert refusal.value.field == "places"
    assert not event.pools.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"places": 3, "name": "counties"}, "places"),
        ({"name": "Districts"}, "name"),
        ({"name": "counties", "releases_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, "releases_at"),
        ({"name": "counties", "releases_at": dt.datetime(2099, 1, 1, tzinfo=dt.UTC)}, "releases_at"),
    ],
)
def test_a_pool_that_cannot_be_is_refused_beside_its_field(day, fatima, changes, field):
    with pytest.raises(Refused) as refusal:
        add_pool(day, by=fatima, **{"places": 2, "organisation_kinds": ["county"]} | changes)

    assert refusal.value.field == field


def test_a_removed_pool_leaves_everybody_their_place_and_gives_its_free_ones_out(day, fatima, harlow, surrey):
    kept, *others = come(day, harlow), *(come(day, surrey) for _ in range(4))

    remove_pool(day.pools.get(), by=fatima)

    assert standing(kept) == "confirmed"
    assert [standing(place) for place in others] == ["confirmed"] * 3 + ["waiting"]


def test_a_pool_that_was_removed_meanwhile_cannot_be_changed(day, fatima):
    pool = day.pools.get()
    remove_pool(pool, by=fatima)
    remove_pool(pool, by=fatima)

    with pytest.raises(Refused, match="was removed while you had the form open"):
        change_pool(pool, by=fatima, places=1, **DISTRICTS)


def test_a_smaller_pool_gives_what_it_no_longer_keeps_to_those_who_wait(day, fatima, surrey):
    places = [come(day, surrey) for _ in range(3)]

    change_pool(day.pools.get(), by=fatima, places=1, **DISTRICTS)

    assert standing(places[2]) == "confirmed"


def test_whoever_comes_for_another_kind_leaves_the_pool_where_there_is_room(day, harlow, surrey):
    person = MembershipFactory(organisation=harlow).person
    MembershipFactory(person=person, organisation=surrey)
    place = sign_up(day, by=person, organisation=harlow)

    change_sign_up(place, by=person, organisation=surrey)

    assert pool_of(place) == ""
    day.pools.get(taken=0)


def test_whoever_comes_for_another_kind_keeps_what_they_have_where_there_is_no_room(day, harlow, surrey):
    person = MembershipFactory(organisation=harlow).person
    MembershipFactory(person=person, organisation=surrey)
    place = sign_up(day, by=person, organisation=harlow)
    for _ in range(2):
        come(day, surrey)

    with pytest.raises(Refused, match="This place is one of those for districts"):
        change_sign_up(place, by=person, organisation=surrey)

    assert pool_of(place) == "districts"


def test_a_council_has_no_more_than_its_most_until_the_cap_ends(fatima, harlow, surrey):
    event = EventFactory(capacity=9)
    share_out(event, by=fatima, offer_hours=0, council_cap=2, council_cap_until=event.starts_at - dt.timedelta(days=7))
    places = [come(event, harlow) for _ in range(4)]

    assert [place.status for place in places] == ["confirmed"] * 2 + ["waiting"] * 2
    assert come(event, surrey).status == "confirmed"
    assert come(event).status == "confirmed"  # who comes for no council is under no cap

    cancel_sign_up(places[0], by=places[0].person)
    assert [standing(place) for place in places[1:]] == ["confirmed"] * 2 + ["waiting"]

    with clock.at(event.starts_at - dt.timedelta(days=7)):
        settle_events()
    assert standing(places[3]) == "confirmed"


def test_whoever_goes_before_a_council_at_its_cap_has_a_line_that_says_why(fatima, harlow, surrey):
    event = EventFactory(capacity=2)
    share_out(event, by=fatima, offer_hours=0, council_cap=1, council_cap_until=event.starts_at - dt.timedelta(days=7))
    _, from_surrey = come(event, harlow), come(event, surrey)
    _, free = come(event, harlow), come(event)

    cancel_sign_up(from_surrey, by=from_surrey.person)

    line, skipped = event.queue_lines.all()
    assert skipped.because.startswith(f"{harlow} has the 1 place that one council may have until")
    assert (line.sign_up_id, line.passed_over) == (free.pk, 1)
    assert line.because.startswith("Councils may have no more than the 1 place that one council may have until")


def test_a_released_pool_can_be_renamed_and_nothing_else(day, fatima):
    pool, same = day.pools.get(), {"places": 2, "organisation_kinds": ["district"]}
    with clock.at(day.starts_at - dt.timedelta(days=6)):
        change_pool(pool, by=fatima, **same | {"name": "our districts", "releases_at": pool.releases_at})
        with pytest.raises(Refused, match="only the name can change"):
            change_pool(pool, by=fatima, **same | {"name": "x", "releases_at": pool.releases_at, "places": 3})

    pool.refresh_from_db()
    assert (pool.name, pool.places) == ("our districts", 2)


def test_an_event_moved_later_after_it_began_gives_its_free_places_to_those_who_wait(fatima):
    event = EventFactory(starts_at=clock.now() - dt.timedelta(minutes=30), capacity=2)
    SignUpFactory.create_batch(2, event=event)
    waits = SignUpFactory(event=event, status=SignUp.Status.WAITING)
    desk.release_no_shows(event, by=fatima)
    assert standing(waits) == "waiting"
    later = clock.now() + dt.timedelta(days=14)

    change_event(event, by=fatima, reason="Snow.", starts_at=later, ends_at=later + dt.timedelta(hours=6))

    assert standing(waits) == "confirmed"


def test_whoever_is_let_in_at_the_door_is_counted_in_no_pool(fatima, harlow):
    event = EventFactory(starts_at=clock.now() + dt.timedelta(minutes=5), capacity=2)
    let_in = desk.walk_in(event, by=fatima, name="Wendy Ash", organisation=harlow)

    pool = add_pool(event, by=fatima, places=1, **DISTRICTS)

    assert (pool_of(let_in), pool.taken) == ("", 0)
    assert desk.undo_check_in(let_in, by=fatima).status == "waiting"


def test_whoever_changes_to_another_council_leaves_a_place_under_the_cap_to_who_waits_for_theirs(
    fatima, harlow, surrey
):
    event = EventFactory(capacity=9)
    share_out(event, by=fatima, offer_hours=0, council_cap=1, council_cap_until=event.starts_at)
    first, waits = come(event, harlow), come(event, harlow)
    MembershipFactory(person=first.person, organisation=surrey)
    assert standing(waits) == "waiting"

    change_sign_up(first, by=first.person, organisation=surrey)

    assert standing(waits) == "confirmed"


def test_nobody_gets_round_the_cap_by_saying_afterwards_whom_they_come_for(fatima, harlow):
    event = EventFactory(capacity=9)
    share_out(event, by=fatima, offer_hours=0, council_cap=1, council_cap_until=event.starts_at)
    come(event, harlow)
    person = MembershipFactory(organisation=harlow).person
    place = sign_up(event, by=person)

    with pytest.raises(Refused, match="has the 1 place that one council may have"):
        change_sign_up(place, by=person, organisation=harlow)


def test_fewer_places_leave_two_choices_keep_all_and_take_nobody_new_until_below(fatima):
    event = EventFactory(capacity=4)
    places = [come(event) for _ in range(5)]

    event = set_capacity(event, by=fatima, capacity=2, those_over="keep")
    assert (event.capacity, event.places_taken, event.kept_over) == (2, 4, 2)
    for place in places[:2]:
        cancel_sign_up(place, by=place.person)
    assert standing(places[4]) == "waiting"
    cancel_sign_up(places[2], by=places[2].person)

    event.refresh_from_db()
    assert standing(places[4]) == "confirmed"
    assert (event.places_taken, event.kept_over) == (2, 0)


def test_fewer_places_leave_two_choices_or_move_the_last_back_to_the_list_who_are_told(fatima, deliver):
    event = EventFactory(capacity=4)
    places = [come(event) for _ in range(5)]
    deliver()

    set_capacity(event, by=fatima, capacity=2, those_over="move_back")

    assert [standing(place) for place in places] == ["confirmed"] * 2 + ["waiting"] * 3
    assert sorted(letters("moved_back")) == [places[2].pk, places[3].pk]
    assert "You are number 2 on it." in next(m.body for m in deliver() if m.to == [places[3].person.email])
    # They stand where they signed up: before whoever waited already.
    set_capacity(event, by=fatima, capacity=3)
    assert standing(places[2]) == "confirmed"


def test_an_event_has_a_place_and_who_is_here_is_not_moved_back(fatima):
    event = EventFactory(started=True, capacity=2)
    SignUpFactory.create_batch(2, event=event, checked_in_at=event.starts_at)

    for capacity, why in ((0, "at least one place"), (1, "Too many are here already")):
        with pytest.raises(Refused, match=why) as refusal, transaction.atomic():
            resize(lock(event), capacity, those_over="move_back")
        assert refusal.value.field == "capacity"


def test_those_over_are_moved_back_only_where_as_many_are_over_as_was_read():
    event = EventFactory(capacity=2)
    SignUpFactory.create_batch(2, event=event)

    with pytest.raises(Refused, match="1 person is over the new number now") as refusal, transaction.atomic():
        resize(lock(event), 1, those_over="move_back", read=2)
    assert refusal.value.field == "those_over"


@pytest.mark.parametrize(
    ("fields", "why"), [({"state": Event.State.CANCELLED}, "was cancelled"), ({"started": True}, "has started")]
)
def test_places_are_shared_out_of_no_event_that_has_begun_or_is_cancelled(fatima, fields, why):
    event = EventFactory(**fields)
    pool = PoolFactory(event=event)

    with pytest.raises(Refused, match=why):
        share_out(event, by=fatima, offer_hours=0)
    with pytest.raises(Refused, match=why):
        add_pool(event, by=fatima, name="counties", organisation_kinds=["county"], places=2)
    with pytest.raises(Refused, match=why):
        change_pool(pool, by=fatima, places=1, **DISTRICTS)
    with pytest.raises(Refused, match=why):
        remove_pool(pool, by=fatima)


@pytest.mark.parametrize(
    ("given", "missing"), [("council_cap_until", "council_cap"), ("council_cap", "council_cap_until")]
)
def test_a_cap_has_a_number_and_an_end(fatima, given, missing):
    event = EventFactory()
    cap = {"council_cap": 2, "council_cap_until": event.starts_at}

    with pytest.raises(Refused, match="Enter both") as refusal:
        share_out(event, by=fatima, offer_hours=0, **{given: cap[given]})
    assert refusal.value.field == missing


def test_fewer_places_than_the_pools_keep_are_refused(day, fatima):
    with pytest.raises(Refused, match="Its pools keep 2 places") as refusal:
        set_capacity(day, by=fatima, capacity=1)

    assert refusal.value.field == "capacity"


def test_only_those_who_run_the_event_share_out_its_places(day, ben):
    pool = day.pools.get()
    for call in (
        lambda: add_pool(day, by=ben, places=1, **DISTRICTS),
        lambda: change_pool(pool, by=ben, places=1, **DISTRICTS),
        lambda: remove_pool(pool, by=ben),
        lambda: share_out(day, by=ben, offer_hours=0),
    ):
        with pytest.raises(PermissionDenied):
            call()


def test_the_database_never_lets_a_pool_or_an_event_be_oversold():
    with pytest.raises(IntegrityError), transaction.atomic():
        PoolFactory(places=1, taken=2)


def test_the_database_keeps_more_than_the_capacity_only_where_it_was_lowered():
    event = SignUpFactory(event=EventFactory(capacity=1)).event

    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(places_taken=2)


def test_a_pool_that_is_miscounted_is_found(day):
    Pool.objects.update(taken=1)

    assert [event.slug for event in miscounted()] == [day.slug]
    Pool.objects.update(taken=0)


def test_whom_a_pool_is_for_is_written_in_one_place_alone_which_asks_for_one_kind_at_least(day):
    with pytest.raises(Refused, match="at least one kind") as refusal:
        keep_for(Pool(event=day, name="nobody", places=1), (), ())
    assert refusal.value.field == "organisation_kinds"
    assert not day.pools.filter(name="nobody").exists()

    changes = r"participant_kinds\.(?:set|add|clear|remove)\("
    writes = re.compile(rf"pools\.create\(|Pool\.objects\.(?:bulk_)?create|{changes}")
    app = Path(settings.BASE_DIR) / "events"
    files = [file for file in app.rglob("*.py") if "migrations" not in file.parts and writes.search(file.read_text())]
    assert [str(file.relative_to(app)) for file in files] == ["places/operations/pools.py"]


def test_a_pool_that_has_got_past_that_is_found(day):
    day.pools.update(organisation_kinds=[])

    assert [event.pk for event in miscounted()] == [day.pk]
    day.pools.update(organisation_kinds=["district"])
