"""The page on which those who run an event share out its places and read its waiting list."""

import pytest

from events.models import Event
from events.places.operations import add_pool, cancel_sign_up, sign_up
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory
from tests.factories.events import EventFactory, PoolFactory
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return EventFactory(slug="day", capacity=4)


@pytest.fixture
def organiser(signed_in, fatima):
    return signed_in(fatima)


def test_a_pool_is_added_changed_and_given_up(event, organiser):
    organiser.post(
        "/events/day/places/pools/new/", {"name": "districts", "places": 2, "organisation_kinds": ["district"]}
    )
    pool = event.pools.get()
    assert "0 of 2" in words(organiser.get("/events/day/places/"))

    organiser.post(
        f"/events/day/places/pools/{pool.pk}/", {"name": "districts", "places": 3, "organisation_kinds": ["district"]}
    )
    pool.refresh_from_db()
    assert pool.places == 3

    organiser.post(f"/events/day/places/pools/{pool.pk}/remove/")
    assert not event.pools.exists()


def test_a_pool_that_cannot_be_says_so_beside_its_field_and_keeps_what_was_typed(event, organiser):
    page = organiser.post(
        "/events/day/places/pools/new/", {"name": "Districts of Essex", "places": 9, "organisation_kinds": ["district"]}
    )

    assert page.status_code == 422
    assert "Enter 4 or fewer." in words(page)
    assert "Districts of Essex" in words(page)


def test_a_pool_removed_while_its_form_was_open_says_so_and_keeps_what_was_typed(event, organiser):
    pool = PoolFactory(event=event)
    address = f"/events/day/places/pools/{pool.pk}/"
    pool.delete()

    page = organiser.post(address, {"name": "Districts", "places": 2, "organisation_kinds": ["district"]})

    assert page.status_code == 409
    assert "This pool was removed while you had the form open." in words(page)
    assert 'value="Districts"' in words(page)


def test_the_queue_is_shown_in_order_with_what_happened_in_it(event, organiser):
    Event.objects.update(capacity=1, offer_hours=48)
    places = [sign_up(event, by=UserFactory(name=name)) for name in ("Ann Lee", "Bo Hart", "Cy Moss")]
    cancel_sign_up(places[0], by=places[0].person)

    response = organiser.get("/events/day/places/")
    page = words(response)

    assert page.index("Bo Hart") < page.index("Cy Moss")
    assert "Offered until" in page
    assert "Ann Lee" not in page
    assert [row[0] for row in response.context["queue"]] == ["", 1], "whoever has an offer stands in no queue"
    assert "number 1 on the waiting list" in words(organiser.get(places[2].get_absolute_url()))


def test_whoever_is_passed_over_reads_why_and_so_do_those_who_run_the_event(event, organiser, signed_in, fatima):
    Event.objects.update(capacity=2)
    add_pool(event, by=fatima, name="districts", places=1, organisation_kinds=["district"])
    council = OrganisationFactory(kind="district")
    seated, late = (MembershipFactory(organisation=council).person for _ in range(2))
    place = sign_up(event, by=seated, organisation=council)
    sign_up(event, by=UserFactory())
    over = sign_up(event, by=UserFactory(name="Grace Holt"))
    sign_up(event, by=late, organisation=council)

    cancel_sign_up(place, by=seated)

    (row,) = [row for row in organiser.get("/events/day/places/").context["lines"] if row[1] == "Grace Holt"]
    assert row[2:] == ["Passed over", "The place is one of those for districts."]
    own = words(signed_in(over.person).get(over.get_absolute_url()))
    assert "somebody who signed up after you had a place first. The place is one of those for districts." in own


def test_offers_and_the_cap_are_saved_and_half_a_cap_is_refused(event, organiser):
    assert "Saved." in words(organiser.post("/events/day/places/", {"offer_hours": 24}, follow=True))
    event.refresh_from_db()
    assert event.offer_hours == 24

    page = organiser.post("/events/day/places/", {"offer_hours": 24, "council_cap": 3})
    assert "Enter both how many and until when" in words(page)
