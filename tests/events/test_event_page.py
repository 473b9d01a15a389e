"""An event's page: before its day how full it is and who comes, afterwards what came out; drafts stay hidden."""

import datetime as dt

import pytest
from django.core.cache import cache

from core import clock
from events.desk.operations import check_in
from events.models import Event, SignUp
from events.places.operations import add_kind, cancel_sign_up, change_kind, remove_kind, sign_up
from events.programme.operations import bring_forth, cancel_event
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import DiscoveryFactory, NeedFactory, PrototypeFactory
from tests.pages import words

pytestmark = pytest.mark.django_db


def page(client, event):
    response = client.get(event.get_absolute_url())
    assert response.status_code == 200
    return words(response)


def test_strangers_see_how_many_places_are_left_and_where_to_sign_up(client):
    event = EventFactory(capacity=20)
    SignUpFactory.create_batch(2, event=event)

    text = page(client, event)

    assert "18 of 20 places left" in text
    assert f"/events/{event.slug}/sign-up/" in text


def test_a_full_event_says_who_would_be_next(client):
    event = EventFactory(capacity=2)
    SignUpFactory.create_batch(2, event=event)
    SignUpFactory.create_batch(3, event=event, status=SignUp.Status.WAITING)

    text = page(client, event)

    assert "All 2 places are taken. 3 people waiting: you would be number 4." in text
    assert "Join the waiting list" in text


def test_the_counter_gives_way_to_ones_own_place(signed_in, amina):
    event = EventFactory()
    sign_up(event, by=amina)

    text = page(signed_in(amina), event)

    assert "You have a place" in text
    assert "places left" not in text
    assert "Sign up" not in text


def test_who_waits_sees_the_place_in_the_queue_until_promoted(signed_in, amina, ben):
    event = EventFactory(capacity=1)
    first = sign_up(event, by=ben)
    sign_up(event, by=amina)
    assert "You are number 1 on the waiting list" in page(signed_in(amina), event)

    cancel_sign_up(first, by=ben)

    assert "You have a place" in page(signed_in(amina), event)


def test_councils_are_named_and_people_only_if_they_want(client, signed_in, amina, ben, harlow):
    event = EventFactory()
    SignUpFactory(event=event, person__name="Open Olga", organisation=harlow, is_listed=True)
    SignUpFactory(event=event, person__name="Quiet Quentin", organisation=harlow)

    stranger, reader = page(client, event), page(signed_in(ben), event)

    assert "1 council attending: Harlow (2)" in stranger
    assert "Olga" not in stranger
    assert "Open Olga" in reader
    assert "Quentin" not in reader


def test_nobodys_address_is_on_the_page(signed_in, amina):
    event = EventFactory()
    place = SignUpFactory(event=event, is_listed=True, access_needs="Secret needs")

    text = page(signed_in(amina), event)

    assert place.person.email not in text
    assert "Secret needs" not in text


def test_a_co_design_day_warns_of_a_missing_kind(client):
    event = EventFactory(co_design=True)
    for kind in ("service_user", "developer", "policy_expert"):
        SignUpFactory(event=event, kind=kind)

    assert "Nobody is coming as a head of service." in page(client, event)

    SignUpFactory(event=event, kind="head_of_service")
    assert "needs all four kinds" not in page(client, event)


def test_the_page_names_the_kinds_that_the_event_needs_as_it_calls_them(client, fatima):
    event = EventFactory(co_design=True)
    developer = event.participant_kinds.get(key="developer")
    change_kind(developer, by=fatima, name="IT lead", is_needed=True)
    add_kind(event, by=fatima, name="Carer", is_needed=False)
    remove_kind(event.participant_kinds.get(key="policy_expert"), by=fatima)

    assert "It needs a service user, a head of service and an IT lead." in page(client, event)
    assert "It needs" not in page(client, EventFactory())


def test_on_the_day_nobody_is_said_to_have_still_to_sign_up(client):
    event = EventFactory(started=True)

    assert "No council is here yet." in page(client, event)


def test_other_events_do_not_ask_for_the_mix(client):
    assert "The mix of people" not in page(client, EventFactory())


def test_afterwards_the_page_tells_what_came_out(client, fatima, harlow):
    event = EventFactory(ended=True, co_design=True)
    need, prototype = NeedFactory(title="Bins on another day"), PrototypeFactory(title="Bin calendar")
    bring_forth(event, by=fatima, needs=[need], prototypes=[prototype])
    with clock.at(event.ends_at):
        check_in(SignUpFactory(event=event, organisation=harlow), by=fatima)
    SignUpFactory(event=event)

    text = page(client, event)

    assert need.get_absolute_url() in text
    assert prototype.get_absolute_url() in text
    assert "1 person was checked in. 1 council came: Harlow" in text
    assert "Sign up" not in text


def test_a_cancelled_event_keeps_its_address_and_says_why(client, fatima):
    event = cancel_event(EventFactory(), by=fatima, reason="The venue flooded.")

    text = page(client, event)

    assert "Cancelled" in text
    assert "The venue flooded." in text
    assert "/sign-up/" not in text


def test_a_draft_is_not_there_for_others(client, signed_in, amina, fatima):
    event = EventFactory(state=Event.State.DRAFT)

    for rest in ("", "sign-up/", "event.ics", "feedback/"):
        assert signed_in(amina).get(event.get_absolute_url() + rest).status_code == 404
    assert signed_in(fatima).get(event.get_absolute_url()).status_code == 200


def test_what_the_facilitator_comes_for_stands_above_the_summary_and_the_columns(signed_in, fatima):
    client, discovery = signed_in(fatima), DiscoveryFactory()
    days = {
        "Check people in": EventFactory(started=True, co_design=True, discovery=discovery),
        "Open it for everyone": EventFactory(state=Event.State.DRAFT, co_design=True, discovery=discovery),
    }
    for action, event in days.items():
        shown = page(client, event).partition("</head>")[2]
        assert shown.count(action) == 1
        assert shown.index(action) < shown.index(event.summary)


def test_what_was_made_up_or_taken_from_a_document_says_so(client):
    assert "llustrative" in page(client, EventFactory(is_illustrative=True))
    assert "Report of 2014" in page(client, EventFactory(source="Report of 2014"))


def test_script_in_what_people_typed_stays_text(client):
    event = EventFactory(title="<script>alert(1)</script>", summary='"><img src=x onerror=alert(1)>', venue="<b>x")

    text = page(client, event)

    assert "<script>alert" not in text
    assert "<img src=x" not in text


@pytest.mark.parametrize("days", [30, 0, -30], ids=["before", "during", "after"])
@pytest.mark.parametrize("who", ["nobody", "amina", "fatima"])
def test_the_page_costs_the_same_however_many_come(
    client, signed_in, request, fatima, django_assert_max_num_queries, who, days
):
    start = clock.now() + dt.timedelta(days=days, minutes=-1)
    discovery = DiscoveryFactory()
    event = EventFactory(co_design=True, capacity=100, discovery=discovery, starts_at=start)
    if who != "nobody":
        reader = request.getfixturevalue(who)
        signed_in(reader)
        SignUpFactory(event=event, person=reader)
    costs = []
    for number in (3, 9):
        for membership in MembershipFactory.create_batch(number):
            place = SignUpFactory(
                event=event, person=membership.person, organisation=membership.organisation, is_listed=True
            )
            if days < 30:
                with clock.at(min(event.ends_at, clock.now())):
                    check_in(place, by=fatima)
        bring_forth(
            event,
            by=fatima,
            needs=NeedFactory.create_batch(number),
            prototypes=PrototypeFactory.create_batch(number, discovery=discovery),
        )
        cache.clear()
        # Three more for whoever runs it: who is at the desk, the prototypes, and the questions from the floor.
        most = {"nobody": 12, "amina": 13, "fatima": 16}[who]
        with django_assert_max_num_queries(most) as queries:
            page(client, event)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_an_event_that_is_not_there_is_not_found(client):
    assert client.get("/events/no-such-event/").status_code == 404
    assert client.get("/events/NO%20SUCH/").status_code == 404


def test_nobody_is_named_who_only_waits(client, signed_in, ben):
    event = EventFactory(capacity=1)
    SignUpFactory(event=event, person=UserFactory(name="First"), is_listed=True)
    SignUpFactory(event=event, person=UserFactory(name="Waiting Wanda"), status="waiting", is_listed=True)

    assert "Wanda" not in page(signed_in(ben), event)
