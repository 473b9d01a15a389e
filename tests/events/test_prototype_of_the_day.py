"""A prototype is written down on the day in one page: title, two sentences, five figures, tied to day and discovery."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import Refused
from events.models import Event
from events.programme.operations import record_prototype
from projects.models import Discovery, Prototype
from tests.factories.events import EventFactory, OrganiserFactory
from tests.factories.projects import DiscoveryFactory

pytestmark = pytest.mark.django_db

MADE = {
    "title": "One check",
    "summary": "Whoever has looked at the papers says so. The next team need not.",
    "volume": 120_000,
    "unit_cost_now": Decimal("10.10"),
    "unit_cost_then": Decimal("4.60"),
    "take_up": Decimal(40),
    "one_off_cost": Decimal(60_000),
}


def day(**fields):
    return EventFactory(co_design=True, **{"started": True, "discovery": DiscoveryFactory(at_step_two=True)} | fields)


def test_it_is_tied_to_the_day_and_the_discovery_and_ready_for_a_vote(fatima):
    event = day()

    made = record_prototype(event, by=fatima, **MADE)

    assert (made.discovery, list(event.prototypes.all())) == (event.discovery, [made])
    assert made.is_ready_for_vote
    assert (made.outline.volume, made.outline.saving_per_unit, made.outline.take_up) == (120_000, Decimal("5.50"), 40)


def test_sent_twice_it_is_one(fatima):
    event = day()

    first, second = (record_prototype(event, by=fatima, **MADE) for _ in range(2))

    assert first == second
    assert Prototype.objects.count() == event.prototypes.count() == 1


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"state": Event.State.CANCELLED}, "was cancelled"),
        ({"started": False, "starts_at": None}, "has not come yet"),
        ({"discovery": None}, "belongs to no discovery"),
    ],
)
def test_a_day_that_makes_none_refuses(fatima, fields, why):
    if fields.pop("starts_at", 0) is None:
        event = EventFactory(co_design=True, discovery=DiscoveryFactory(at_step_two=True))
    else:
        event = day(**fields)

    with pytest.raises(Refused, match=why):
        record_prototype(event, by=fatima, **MADE)


def test_all_or_nothing(fatima):
    event = day()

    with pytest.raises(Refused, match="Take-up is a share"):
        record_prototype(event, by=fatima, **MADE | {"take_up": Decimal(140)})
    with pytest.raises(Refused, match="cost more than now") as refusal:
        record_prototype(event, by=fatima, **MADE | {"unit_cost_then": Decimal(11)})

    assert refusal.value.field == "unit_cost_then"
    assert not Prototype.objects.exists()


def test_only_those_who_run_the_day(amina):
    organiser = OrganiserFactory(event=day())
    assert record_prototype(organiser.event, by=organiser.person, **MADE).is_ready_for_vote

    for other in (amina, organiser.person):
        with pytest.raises(PermissionDenied):
            record_prototype(day(), by=other, **MADE)


def test_the_page_takes_figures_as_people_write_them_and_the_run_block_leads_to_it(signed_in, fatima):
    event, client = day(), signed_in(fatima)
    address = f"{event.get_absolute_url()}prototype/"
    assert f'href="{address}"' in client.get(event.get_absolute_url()).content.decode()
    typed = {name: str(value) for name, value in MADE.items()} | {"volume": "120,000", "one_off_cost": "£60,000"}

    refused = client.post(address, typed | {"unit_cost_then": "11"})
    assert refused.status_code == 422
    assert "Enter no more than one costs now." in refused.content.decode()
    assert 'value="One check"' in refused.content.decode()
    assert client.post(address, typed)["Location"] == event.get_absolute_url()

    assert event.prototypes.get().outline.one_off_cost == 60_000


def test_before_the_day_the_page_leads_back_with_a_sentence(signed_in, fatima):
    event = EventFactory(co_design=True, discovery=DiscoveryFactory(at_step_two=True))

    page = signed_in(fatima).get(f"{event.get_absolute_url()}prototype/", follow=True)

    assert "The day of this event has not come yet" in page.content.decode()


def test_a_discovery_that_is_not_at_step_two_says_so(fatima):
    event = day()
    Discovery.objects.filter(pk=event.discovery_id).update(step="finished", step_two_ended_on=dt.date(2026, 5, 4))

    with pytest.raises(Refused, match="at step 2"):
        record_prototype(event, by=fatima, **MADE)
