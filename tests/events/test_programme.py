"""Planning the programme: drafts, times that make sense, changes that reach everyone, cancelling with a reason."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from events.models import Event
from events.permissions import reader_groups
from events.places.operations import sign_up
from events.programme.operations import (
    announce_draft,
    bring_forth,
    cancel_event,
    change_event,
    draft_event,
    publish_event,
)
from tests.events.letters import letters
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import NeedFactory, PrototypeFactory
from tests.pages import words

pytestmark = pytest.mark.django_db


def plan(**changed):
    start = clock.now() + dt.timedelta(days=20)
    fields = {
        "title": "Discovery Day: parking",
        "summary": "Who parks where, and why.",
        "stream": Event.Stream.DISCOVERY,
        "kind": Event.Kind.DISCOVERY_DAY,
        "starts_at": start,
        "ends_at": start + dt.timedelta(hours=6),
        "venue": "Leeds",
        "capacity": 30,
    }
    return fields | changed


def test_a_facilitator_publishes_an_event_with_an_address_of_its_own(fatima):
    first, second = publish_event(by=fatima, **plan()), publish_event(by=fatima, **plan())

    assert (first.slug, second.slug) == ("discovery-day-parking", "discovery-day-parking-2")
    assert first.takes_sign_ups
    assert AuditEvent.objects.filter(action="events.published", by=fatima).count() == 2


def test_no_title_takes_the_address_of_the_form(fatima):
    assert publish_event(by=fatima, **plan(title="New")).slug == "new-event"


def test_only_those_who_run_events_plan_them(amina, grace, boris, edith):
    for person in (amina, grace, boris, edith):
        with pytest.raises(PermissionDenied):
            publish_event(by=person, **plan())


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ends_at": dt.datetime(2020, 2, 1, 16, tzinfo=dt.UTC)}, "ends_at"),
        ({"capacity": 0}, "capacity"),
        ({"sign_up_closes_at": dt.datetime(2100, 2, 1, tzinfo=dt.UTC)}, "sign_up_closes_at"),
    ],
)
def test_what_cannot_be_is_refused(fatima, changed, field):
    with pytest.raises(Refused) as refusal:
        publish_event(by=fatima, **plan(**changed))

    assert refusal.value.field == field
    assert not Event.objects.exists()


def test_what_is_over_is_not_opened_for_sign_up_by_any_way(fatima):
    over = plan(
        starts_at=dt.datetime(2020, 2, 1, 10, tzinfo=dt.UTC), ends_at=dt.datetime(2020, 2, 1, 16, tzinfo=dt.UTC)
    )
    to_come = publish_event(by=fatima, **plan())
    draft = draft_event(by=fatima, **over)

    for action in (
        lambda: publish_event(by=fatima, **over),
        lambda: announce_draft(draft, by=fatima),
        lambda: change_event(to_come, by=fatima, starts_at=over["starts_at"], ends_at=over["ends_at"]),
    ):
        with pytest.raises(Refused, match="is over"):
            action()
    held = EventFactory(starts_at=over["starts_at"], ends_at=over["ends_at"])
    assert change_event(held, by=fatima, title="A better title").title == "A better title"


def test_a_draft_is_for_facilitators_until_it_is_announced(fatima, amina):
    event = draft_event(by=fatima, **plan())
    assert reader_groups(event) == ["role:Facilitators", "role:Secretariat"]

    event = announce_draft(announce_draft(event, by=fatima), by=fatima)

    assert reader_groups(event) == ["everyone"]
    assert sign_up(event, by=amina)


def test_another_time_or_place_reaches_everyone_signed_up_and_their_calendars(fatima):
    place = SignUpFactory()

    event = change_event(place.event, by=fatima, venue="York", reason="A bigger room.")
    event = change_event(event, by=fatima, venue="Leeds", reason="York has no trains that day.")

    assert event.revision == 2
    assert letters("changed") == [event.pk] * 2  # changed twice, it is told twice


def test_another_title_updates_calendars_without_a_letter(fatima):
    event = change_event(EventFactory(), by=fatima, title="Better words")

    assert (event.title, event.revision) == ("Better words", 1)
    assert letters() == []


def test_saving_without_a_change_changes_nothing(fatima):
    event = EventFactory()

    event = change_event(event, by=fatima, title=event.title, capacity=event.capacity)

    assert event.revision == 0
    assert not AuditEvent.objects.filter(action="events.changed").exists()


def test_counters_and_state_cannot_be_changed_from_outside(fatima):
    event = change_event(EventFactory(capacity=2), by=fatima, places_taken=9, next_position=9, state="draft", slug="x")

    event.refresh_from_db()
    assert (event.places_taken, event.next_position, event.state) == (0, 1, "published")


def test_cancelling_needs_a_reason_and_tells_everyone_once(fatima):
    event = EventFactory()
    SignUpFactory.create_batch(2, event=event)
    with pytest.raises(Refused, match="Say why"):
        cancel_event(event, by=fatima, reason="")

    cancel_event(event, by=fatima, reason="The venue flooded.")
    event = cancel_event(event, by=fatima, reason="Again.")

    assert (event.state, event.cancelled_reason) == ("cancelled", "The venue flooded.")
    assert letters("cancelled") == [event.pk] * 2


def test_what_has_taken_place_cannot_be_cancelled(fatima):
    with pytest.raises(Refused, match="has taken place"):
        cancel_event(EventFactory(ended=True), by=fatima, reason="Too late")


def test_what_is_taking_place_is_not_cancelled_and_what_was_is_changed_and_brings_forth_no_more(fatima):
    event = EventFactory(started=True)
    place = SignUpFactory(event=event, checked_in_at=event.starts_at)
    with pytest.raises(Refused, match="1 person is checked in"):
        cancel_event(event, by=fatima, reason="Snow.")

    Event.objects.filter(pk=event.pk).update(state=Event.State.CANCELLED)
    with pytest.raises(Refused, match="was cancelled"):
        bring_forth(event, by=fatima)
    with pytest.raises(PermissionDenied):
        bring_forth(event, by=place.person)


def test_what_was_read_before_somebody_else_changed_it_is_not_saved(fatima):
    event = EventFactory()

    with pytest.raises(Refused):
        change_event(event, by=fatima, title="Better", read_at=event.revision + 1)


def test_a_cancelled_event_changes_no_more(fatima):
    event = cancel_event(EventFactory(), by=fatima, reason="The venue flooded.")

    for action in (lambda: change_event(event, by=fatima, title="Back"), lambda: announce_draft(event, by=fatima)):
        with pytest.raises(Refused, match="cancelled"):
            action()


def test_a_day_brings_forth_needs_and_prototypes(fatima, amina):
    event, need, prototype = EventFactory(started=True), NeedFactory(), PrototypeFactory()
    with pytest.raises(PermissionDenied):
        bring_forth(event, by=amina, needs=[need])

    bring_forth(event, by=fatima, needs=[need], prototypes=[prototype])
    bring_forth(event, by=fatima, needs=[need])

    assert list(event.needs.all()) == [need]
    assert list(event.prototypes.all()) == [prototype]


# On the page ----------------------------------------------------------------------------------------------

TYPED = {
    "title": "Skills day",
    "summary": "Learn.",
    "stream": "skills",
    "kind": "workshop",
    "starts_at_day": "4",
    "starts_at_month": "5",
    "starts_at_year": "2099",
    "starts_at_time": "10am",
    "ends_at_day": "4",
    "ends_at_month": "5",
    "ends_at_year": "2099",
    "ends_at_time": "16:00",
    "venue": "Online",
    "capacity": "12",
}


def test_planning_on_the_page(signed_in, fatima):
    response = signed_in(fatima).post("/events/new/", TYPED, follow=True)

    event = Event.objects.get()
    assert response.redirect_chain == [("/events/skills-day/", 302)]
    assert timezone.localtime(event.starts_at).hour == 10
    assert event.state == "published"


def test_planning_a_draft_and_announcing_it(signed_in, fatima):
    client = signed_in(fatima)
    client.post("/events/new/", TYPED | {"draft": "1"})
    assert Event.objects.get().state == "draft"

    client.get("/events/skills-day/announce/")
    assert Event.objects.get().state == "draft"
    client.post("/events/skills-day/announce/")

    assert Event.objects.get().state == "published"


START, END = ([f"{name}_{part}" for part in ("day", "month", "year", "time")] for name in ("starts_at", "ends_at"))


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"title": ""}, "Enter a title."),
        ({"title": "x" * 121}, "Keep it to 120 or fewer"),
        ({"starts_at_month": "13"}, "month"),
        (dict.fromkeys(START, ""), "Enter when it starts."),
        (dict.fromkeys(END, ""), "Enter when it ends."),
        ({"starts_at_time": "25:00"}, "Write the time like"),
        ({"ends_at_day": "3"}, "An event ends after it starts."),
        ({"capacity": "many"}, "as a number, like 40"),
        ({"capacity": "0"}, "at least one place"),
        ({"capacity": "9" * 40}, "100,000 or fewer"),
        ({"stream": "nonsense"}, "valid choice"),
        ({"host": "x"}, "valid choice"),
        ({"summary": "word " * 10_000}, "Keep it to 2,000 or fewer"),
        (
            {"starts_at_day": "29", "starts_at_month": "3", "starts_at_year": "2026", "starts_at_time": "1:30"},
            "no such time",
        ),
    ],
)
def test_what_makes_no_sense_is_answered_and_what_was_typed_kept(signed_in, fatima, typed, answer):
    response = signed_in(fatima).post("/events/new/", TYPED | {"venue": "Kept venue"} | typed)

    assert response.status_code == 422
    assert answer in words(response)
    assert "Kept venue" in words(response)
    assert not Event.objects.exists()


def test_the_facilitators_pages_are_shut_for_others(client, signed_in, amina, edith):
    event = EventFactory()
    pages = ["/events/new/", *(event.get_absolute_url() + rest for rest in ("edit/", "cancel/", "brought-forth/"))]

    for address in pages:
        assert client.get(address).status_code == 302
    for person in (amina, edith):
        for address in pages:
            assert signed_in(person).get(address).status_code == 403
            assert signed_in(person).post(address, TYPED).status_code == 403
    event.refresh_from_db()
    assert event.state == "published"


def test_more_places_say_how_many_moved_up(signed_in, fatima):
    event, client = EventFactory(capacity=1), signed_in(fatima)
    for _ in range(3):
        sign_up(event, by=UserFactory())

    answers = []
    for capacity in ("2", "2", "9"):
        event.refresh_from_db()
        sent = TYPED | {"capacity": capacity, "revision": event.revision, "reason": "A bigger room."}
        answers.append(words(client.post(event.get_absolute_url() + "edit/", sent, follow=True)))

    assert ["1 person moved up" in answer for answer in answers] == [True, False, True]


def test_changing_and_cancelling_on_the_page(signed_in, fatima):
    event, client, why = EventFactory(capacity=3), signed_in(fatima), {"reason": "A bigger room."}
    SignUpFactory.create_batch(2, event=event)
    assert client.get(event.get_absolute_url() + "edit/").status_code == 200

    refused = client.post(event.get_absolute_url() + "edit/", TYPED | {"capacity": "1", "revision": "0", **why})
    assert "2 places are taken already" in words(refused)
    client.post(event.get_absolute_url() + "edit/", TYPED | {"revision": "0", **why})
    event.refresh_from_db()
    assert (event.title, event.capacity) == ("Skills day", 12)

    assert "Say why the event is cancelled." in words(client.post(event.get_absolute_url() + "cancel/", {}))
    client.post(event.get_absolute_url() + "cancel/", {"reason": "The venue flooded."})
    event.refresh_from_db()
    assert event.state == "cancelled"


def test_noting_what_came_out_on_the_page(signed_in, fatima):
    event, need = EventFactory(started=True), NeedFactory()
    PrototypeFactory()
    client = signed_in(fatima)
    assert need.title in words(client.get(event.get_absolute_url() + "brought-forth/"))

    client.post(event.get_absolute_url() + "brought-forth/", {"needs": [need.pk]})
    refused = client.post(event.get_absolute_url() + "brought-forth/", {"needs": ["999999"]})
    of_another = client.post(event.get_absolute_url() + "brought-forth/", {"prototypes": ["0", "x"]})

    assert list(event.needs.all()) == [need]
    assert not event.prototypes.exists()
    assert (refused.status_code, of_another.status_code) == (422, 422)


def test_the_admin_lists_events_for_looking_up_and_nothing_else(signed_in, root_user):
    event, client = EventFactory(title="Looked up"), signed_in(root_user)

    assert "Looked up" in words(client.get("/cms/events/"))
    assert client.get(f"/cms/events/inspect/{event.pk}/").status_code == 200
    for rest in ("new/", f"edit/{event.pk}/", f"delete/{event.pk}/"):
        client.post(f"/cms/events/{rest}", {"title": "Changed"})
    assert list(Event.objects.values_list("title", flat=True)) == ["Looked up"]


def test_people_without_a_role_are_not_let_into_that_list(signed_in, amina):
    assert signed_in(UserFactory()).get("/cms/events/").status_code in {302, 403}
