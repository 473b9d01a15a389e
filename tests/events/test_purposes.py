"""An event is tagged with purposes of the Alliance and its campaign: by its form and in its copies."""

import datetime as dt

import pytest

from events.models import Event
from events.programme.operations import change_event
from events.series.operations import copy_event
from projects.models import Purpose
from tests.events.test_programme import TYPED
from tests.factories.events import EventFactory
from tests.factories.projects import DiscoveryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return list(Purpose.objects.of_the_alliance()[:1]) + list(Purpose.objects.filter(kind="campaign")[:1])


def test_the_form_offers_the_seven_and_the_three_and_keeps_what_is_chosen(signed_in, fatima, two):
    client = signed_in(fatima)
    form = client.get("/events/new/").context["form"]
    assert form.fields["purposes"].queryset.count() == 10

    client.post("/events/new/", TYPED | {"purposes": [each.pk for each in two]})
    event = Event.objects.get()
    assert set(event.purposes.all()) == set(two)

    page = client.get(f"/events/{event.slug}/edit/")
    assert page.context["form"]["purposes"].initial == two


def test_a_change_of_them_is_a_change_and_left_out_they_stay(fatima, two):
    event = EventFactory()

    changed = change_event(event, by=fatima, purposes=two)
    assert change_event(event, by=fatima, title="Another title").purposes.count() == 2
    assert change_event(changed, by=fatima, purposes=[]).purposes.count() == 0


def test_a_copy_has_them_too(fatima, two):
    event = EventFactory()
    event.purposes.set(two)
    start = event.starts_at + dt.timedelta(days=7)

    copy = copy_event(event, by=fatima, title="Again", starts_at=start, ends_at=start + dt.timedelta(hours=2))

    assert set(copy.purposes.all()) == set(two)


def test_a_day_of_a_discovery_begins_with_those_of_the_discovery(signed_in, fatima, two):
    discovery = DiscoveryFactory(purposes=two[:1])

    page = signed_in(fatima).get(f"/events/new/?discovery={discovery.pk}&kind=discovery_day")

    assert page.context["form"]["purposes"].initial == two[:1]
