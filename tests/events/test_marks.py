"""Attendance is a list of marks that is only added to: the same marks, in whatever order, leave the same room."""

import datetime as dt
import itertools
import random
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from audit.models import AppendOnly, AuditEvent
from core import clock
from core.errors import Refused
from councils.models import EmailDomain
from events.desk import operations as desk
from events.desk.operations import Press
from events.desk.queries import found_at_the_desk, unlike_their_marks
from events.models import DeskMark, Event, SignUp
from events.places.operations import accept_offer, offer_place, sign_up
from events.places.queries import miscounted
from events.programme.operations import set_capacity
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory
from tests.factories.events import EventFactory, OrganiserFactory, ParticipantKindFactory, SignUpFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


@pytest.fixture
def today():
    return EventFactory(started=True, starts_at=clock.now() - dt.timedelta(minutes=30), capacity=2)


def pressed(minutes_ago: float) -> Press:
    return Press(desk="2", client_id=uuid.uuid4(), at=clock.now() - dt.timedelta(minutes=minutes_ago))


def room(event):
    """What anybody can see of who has which place; positions stand for people."""
    event.refresh_from_db()
    names = "position", "status", "checked_in_at", "left_at", "is_let_in", "is_over_capacity", "released_at"
    return event.places_taken, event.arrived, list(event.sign_ups.order_by("position").values_list(*names))


def test_a_mark_is_never_changed_or_removed(today, fatima):
    desk.check_in(SignUpFactory(event=today), by=fatima)
    mark = DeskMark.objects.get()

    for deed in (mark.save, mark.delete, DeskMark.objects.all().delete, lambda: DeskMark.objects.update(what="out")):
        with pytest.raises(AppendOnly):
            deed()


@pytest.mark.parametrize("deed", [desk.check_in, desk.check_out, desk.undo_check_in, desk.release])
def test_nothing_is_done_at_the_desk_before_the_day_and_by_nobody_else(fatima, deed):
    place = SignUpFactory(event=EventFactory())

    with pytest.raises(Refused, match="opens on the day"):
        deed(place, by=fatima)
    with pytest.raises(PermissionDenied):
        deed(place, by=place.person)


def test_nobody_walks_in_before_the_day_or_as_a_kind_of_another_event(fatima, today):
    with pytest.raises(Refused, match="opens on the day"):
        desk.walk_in(EventFactory(), by=fatima, name="Wendy Ash")
    with pytest.raises(Refused, match="no longer one of the event") as refusal:
        desk.walk_in(today, by=fatima, name="Wendy Ash", kind=ParticipantKindFactory())
    assert refusal.value.field == "kind"


def test_a_walk_in_who_could_come_for_several_is_asked_for_whom(fatima, today, carlos, harlow):
    MembershipFactory(person=carlos, organisation=harlow)
    EmailDomain.objects.get_or_create(organisation=harlow, domain="harlow.gov.uk")

    for email, why in ((carlos.email, "Choose the one they come for"), ("new@harlow.gov.uk", "is an address of")):
        with pytest.raises(Refused, match=why) as refusal:
            desk.walk_in(today, by=fatima, name="Carlos", email=email)
        assert refusal.value.field == "organisation"


@pytest.mark.parametrize(
    ("status", "fields", "why"),
    [
        ("waiting", {}, "is on the waiting list and has no place"),
        ("confirmed", {"state": Event.State.CANCELLED}, "is cancelled"),
    ],
)
def test_no_place_is_released_that_is_none(fatima, today, status, fields, why):
    place = SignUpFactory(event=today, status=status)
    Event.objects.filter(pk=today.pk).update(**fields)

    with pytest.raises(Refused, match=why):
        desk.release(place, by=fatima)


def test_of_the_places_that_are_over_the_released_alone_come_back_and_to_their_own_holders(today, fatima):
    given_back = SignUpFactory(event=today, status="cancelled")
    released = desk.release(SignUpFactory(event=today), by=fatima)

    assert desk.walk_in(today, by=fatima, name="Wendy Ash", email=given_back.person.email).pk != given_back.pk
    assert desk.bring_back_released(today, by=fatima) == 1
    desk.release(released, by=fatima)
    assert desk.walk_in(today, by=fatima, name="Omar Bell").person != released.person
    assert desk.walk_in(today, by=fatima, name="Lena Marsh", email=released.person.email).pk == released.pk
    given_back.refresh_from_db()
    assert given_back.status == "cancelled"


@pytest.mark.parametrize("words", ["lena@", "Marsh Lena", "Northby"])
def test_the_desk_finds_people_by_name_address_and_organisation_and_nobody_else(today, words):
    council = OrganisationFactory(name="Northby")
    lena = {"event": today, "person__name": "Lena Marsh", "organisation": council}
    place = SignUpFactory(**lena, person__email="lena@example.org")
    SignUpFactory(event=today, person__name="Omar Bell", person__email="omar@example.org")
    SignUpFactory(**lena, person__email="lena@example.com", status="cancelled")

    assert list(found_at_the_desk(today, words)) == [place]


def test_undoing_what_was_not_done_leaves_no_mark(today, fatima):
    desk.undo_check_in(SignUpFactory(event=today), by=fatima)

    assert not today.marks.exists()


def test_a_second_mark_is_kept_and_changes_nothing(today, fatima):
    place = SignUpFactory(event=today)
    first = desk.check_in(place, by=fatima, press=Press(desk="new"))
    second = desk.check_in(place, by=fatima, press=Press(desk="new"))

    assert (first.checked_in_at, today.marks.count()) == (second.checked_in_at, 2)
    assert [mark.desk for mark in today.marks.order_by("pk")] == ["1", "2"], "each desk has a number of its own"
    assert AuditEvent.objects.filter(action="events.checked_in").count() == 1


def test_a_press_that_is_sent_twice_counts_once_and_is_not_taken_for_somebody_elses(today, fatima):
    place, other, press = SignUpFactory(event=today), SignUpFactory(event=today), pressed(5)
    desk.check_in(place, by=fatima, press=press)
    desk.check_in(place, by=fatima, press=press)
    with pytest.raises(Refused, match="somebody else"):
        desk.check_in(other, by=fatima, press=press)
    assert DeskMark.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        DeskMark.objects.create(event=today, sign_up=other, what="in", at=clock.now(), client_id=press.client_id)


def test_who_left_is_still_a_delegate_and_may_come_back(today, fatima):
    place = desk.check_out(desk.check_in(SignUpFactory(event=today), by=fatima), by=fatima)
    assert place.left_at > place.checked_in_at
    today.refresh_from_db()
    assert today.arrived == 1

    assert desk.check_in(place, by=fatima).left_at is None
    with pytest.raises(Refused, match="not checked in"):
        desk.check_out(SignUpFactory(event=today), by=fatima)


def test_a_press_is_of_the_day_and_never_of_the_future(today, fatima):
    early = desk.check_in(SignUpFactory(event=today), by=fatima, press=pressed(60 * 24 * 9))
    late = desk.check_in(SignUpFactory(event=today), by=fatima, press=pressed(-60))

    first = today.starts_at.astimezone(clock.LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
    assert early.checked_in_at == first
    assert late.checked_in_at <= clock.now()


def test_a_list_that_is_sent_afterwards_leaves_the_same_room_in_any_order(fatima):
    """A day with two places, one of them promised: three come from the waiting list, one by mistake, and one leaves."""
    now, client_ids, ends = clock.now(), [uuid.uuid4() for _ in range(6)], []
    for order in random.Random(9).sample(list(itertools.permutations(range(6))), 12):
        with transaction.atomic():
            event = EventFactory(starts_at=now - dt.timedelta(minutes=50), capacity=2)
            own, *waiting = [SignUpFactory(event=event, status=status) for status in ["confirmed"] + ["waiting"] * 3]
            presses = [
                (desk.check_in, waiting[2], 30),
                (desk.check_in, waiting[0], 20),
                (desk.undo_check_in, waiting[2], 10),
                (desk.check_in, own, 9),
                (desk.check_out, waiting[0], 8),
                (desk.check_in, waiting[1], 7),
            ]
            for deed, place, ago, client_id in [(*presses[n], client_ids[n]) for n in order]:
                deed(place, by=fatima, press=Press("2", client_id, now - dt.timedelta(minutes=ago)))
            ends.append(room(event))
            assert not miscounted()
            transaction.set_rollback(True)

    assert all(end == ends[0] for end in ends)
    taken, arrived, places = ends[0]
    assert (taken, arrived) == (2, 3)
    assert [(place[1], place[5]) for place in places] == [
        ("confirmed", False), ("confirmed", False), ("confirmed", True), ("waiting", False)
    ]  # fmt: skip


@pytest.mark.parametrize("is_told_late", [False, True])
def test_a_desk_that_was_offline_while_no_shows_were_released_ends_as_if_it_had_not_been(today, fatima, is_told_late):
    here, came = SignUpFactory.create_batch(2, event=today)
    desk.check_in(here, by=fatima, press=pressed(20))
    over = desk.walk_in(today, by=fatima, name="Wendy Ash", email="wendy@example.org", press=pressed(15))
    press = pressed(10)
    if not is_told_late:
        desk.check_in(came, by=fatima, press=press)
    desk.release_no_shows(today, by=fatima)
    if is_told_late:
        over.refresh_from_db()
        assert not over.is_over_capacity
        desk.check_in(came, by=fatima, press=press)

    came.refresh_from_db()
    over.refresh_from_db()
    assert (came.status, came.released_at, came.is_over_capacity, over.is_over_capacity) == (
        "confirmed",
        None,
        False,
        True,
    )
    assert not miscounted()


def test_no_shows_are_released_together_to_those_waiting_in_the_room_and_brought_back(today, fatima):
    first, second = SignUpFactory.create_batch(2, event=today, access_needs="A ramp")
    over = desk.walk_in(today, by=fatima, name="Wendy Ash", email="wendy@example.org")
    today.refresh_from_db()
    at_home = SignUpFactory(event=today, status="waiting")

    assert desk.release_no_shows(today, by=fatima) == 2
    assert desk.release_no_shows(today, by=fatima) == 0
    states = lambda: [SignUp.objects.get(pk=place.pk).status for place in (first, second, over, at_home)]  # noqa: E731 - said twice
    assert states() == ["cancelled", "cancelled", "confirmed", "waiting"]
    over.refresh_from_db()
    today.refresh_from_db()
    assert (over.is_over_capacity, today.places_taken) == (False, 1)

    assert desk.bring_back_released(today, by=fatima) == 2
    over.refresh_from_db()
    first.refresh_from_db()
    assert states() == ["confirmed", "confirmed", "confirmed", "waiting"]
    assert (over.is_over_capacity, first.access_needs) == (True, "A ramp")
    assert not miscounted()


def test_those_who_kept_their_places_over_the_capacity_have_them_again_when_they_are_brought_back(today, fatima):
    set_capacity(today, by=fatima, capacity=4)
    today.refresh_from_db()
    places = SignUpFactory.create_batch(4, event=today)
    set_capacity(today, by=fatima, capacity=3, those_over="keep")
    desk.check_in(places[0], by=fatima)

    assert desk.release_no_shows(today, by=fatima) == 3
    assert desk.walk_in(today, by=fatima, name="Wendy Ash", email="wendy@example.org").is_over_capacity is False

    assert desk.bring_back_released(today, by=fatima) == 3
    today.refresh_from_db()
    assert (today.places_taken, today.kept_over) == (4, 1)
    assert SignUp.objects.get(person__email="wendy@example.org").is_over_capacity
    assert not miscounted()


def test_of_somebody_released_twice_one_place_is_brought_back(fatima):
    event = EventFactory(starts_at=clock.now() + dt.timedelta(minutes=5), capacity=3)
    place = SignUpFactory(event=event)
    desk.check_in(SignUpFactory(event=event), by=fatima)
    desk.release(place, by=fatima)
    again = sign_up(event, by=place.person)
    desk.release(again, by=fatima)

    assert desk.bring_back_released(event, by=fatima) == 1
    assert event.sign_ups.living().filter(person=place.person).get() == again
    assert not miscounted()


def test_who_was_released_and_comes_gets_in_with_the_row_they_had(today, fatima):
    place = SignUpFactory(event=today)
    desk.release_no_shows(today, by=fatima)

    place = desk.check_in(place, by=fatima)
    assert (place.status, place.is_let_in, place.is_over_capacity) == ("confirmed", True, False)
    assert today.sign_ups.count() == 1
    assert desk.undo_check_in(place, by=fatima).status == "cancelled"
    assert not miscounted()


def test_only_who_runs_the_event_releases_and_only_until_the_end(today, fatima, amina):
    olga = OrganiserFactory(event=today).person
    SignUpFactory(event=today)
    for deed in (desk.release_no_shows, desk.bring_back_released):
        with pytest.raises(PermissionDenied, match="Only the event’s organisers, facilitators and the secretariat"):
            deed(today, by=amina)
        assert deed(today, by=olga) == 1
        with clock.at(today.ends_at), pytest.raises(Refused, match="over"):
            deed(today, by=fatima)


def test_a_walk_in_without_an_address_is_in_and_each_of_them_is_somebody(today, fatima):
    places = [desk.walk_in(today, by=fatima, name="Wendy Ash") for _ in range(2)]

    assert all(place.checked_in_at for place in places)
    assert len({place.person_id for place in places}) == 2
    assert not any(place.person.has_usable_password() for place in places)


def test_each_place_has_a_code_of_its_own_and_another_once_it_is_passed_on(harlow):
    event = EventFactory()
    places = [SignUpFactory(event=event) for _ in range(3)]
    assert len({place.code for place in places}) == 3

    colleague, before = UserFactory(), (places[0].code, places[0].reference)
    place = accept_offer(offer_place(places[0], to_email=colleague.email, by=places[0].person), by=colleague)
    assert place.code != before[0]
    assert place.reference != before[1]


def test_a_place_that_differs_from_its_marks_is_found(today, fatima):
    place = desk.check_in(SignUpFactory(event=today), by=fatima)
    desk.check_in(desk.undo_check_in(place, by=fatima), by=fatima)
    assert not unlike_their_marks()

    SignUp.objects.filter(pk=place.pk).update(checked_in_at=clock.now() + dt.timedelta(minutes=5))
    assert list(unlike_their_marks()) == [place]
    Event.objects.update(arrived=9)
    assert list(miscounted()) == [today]
