"""Prototypes carry an outline business case with its sums, and stay as they are once voted on (W2)."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core.errors import Refused
from projects.discoveries import operations
from projects.models import OutlineBusinessCase, Prototype
from tests.factories.projects import SUMS, DiscoveryFactory, NeedFactory, OutlineFactory, PrototypeFactory


def test_a_co_design_day_makes_prototypes_for_needs(fatima):
    need = NeedFactory()

    prototype = operations.add_prototype(
        DiscoveryFactory(at_step_two=True), title="Calculator", summary="Sums", made_by="Luton", needs=[need], by=fatima
    )

    assert list(prototype.needs.all()) == [need]
    assert not prototype.is_ready_for_vote


def test_at_step_one_there_are_no_prototypes(fatima):
    with pytest.raises(Refused, match="step 2"):
        operations.add_prototype(DiscoveryFactory(), title="Calculator", by=fatima)


def test_sent_twice_it_stands_once(fatima):
    discovery = DiscoveryFactory(at_step_two=True)
    for _ in range(2):
        operations.add_prototype(discovery, title="Calculator", summary="Sums", by=fatima)

    assert Prototype.objects.count() == 1


def test_with_its_outline_it_is_ready_for_a_vote(fatima):
    prototype = PrototypeFactory(outline=None)

    operations.outline_case(prototype, by=fatima, **SUMS)

    assert Prototype.objects.get().is_ready_for_vote


def test_the_sums_of_the_parking_permit_example():
    """100,000 a year, 40% move, £4.20 saved each: £168,000 a year, so £120,000 is back in 9 months."""
    sensitivity = OutlineFactory.build().sensitivity()

    assert {words: (each.yearly_saving, each.months) for words, each in sensitivity.items()} == {
        "20% less": (Decimal("134000"), 11),
        "as assumed": (Decimal("168000"), 9),
        "20% more": (Decimal("202000"), 8),
    }


def test_where_nothing_is_saved_nothing_comes_back():
    assert OutlineFactory.build(take_up=Decimal(0)).payback().months is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"saving_per_unit": "10.11"}, "saving_per_unit"),
        ({"take_up": "100.1"}, "take_up"),
        ({"one_off_cost": "-1"}, "one_off_cost"),
        ({"volume": -1}, "volume"),
        ({"volume": 3_000_000_000}, "volume"),
        ({"unit_cost_now": "NaN"}, "unit_cost_now"),
    ],
)
def test_sums_that_cannot_be_are_refused_at_their_field(fatima, wrong, field):
    with pytest.raises(Refused) as refusal:
        operations.outline_case(PrototypeFactory(outline=None), by=fatima, **SUMS | wrong)

    assert refusal.value.field == field
    assert not OutlineBusinessCase.objects.exists()


@pytest.mark.parametrize("wrong", [{"saving_per_unit": 11}, {"take_up": 101}, {"one_off_cost": -1}])
def test_the_database_refuses_sums_that_cannot_be(db, wrong):
    prototype = PrototypeFactory(outline=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        OutlineFactory(prototype=prototype, **wrong)


def test_written_again_the_outline_replaces_the_first(fatima):
    prototype = PrototypeFactory()

    operations.outline_case(prototype, by=fatima, **SUMS | {"volume": 5})

    assert OutlineBusinessCase.objects.get().volume == 5


def test_once_a_ballot_opened_it_stays_as_it_was_voted_on(fatima):
    prototype, other = PrototypeFactory(), PrototypeFactory()

    operations.freeze_prototypes([prototype])

    with pytest.raises(Refused, match="stays as it was voted on"):
        operations.change_prototype(prototype, title="X", summary="Y", made_by="", needs=[], by=fatima)
    with pytest.raises(Refused, match="stays as it was voted on"):
        operations.outline_case(prototype, by=fatima, **SUMS)
    assert operations.change_prototype(other, title="X", summary="Y", made_by="", needs=[], by=fatima).title == "X"


def test_freezing_again_keeps_the_first_moment(db, on_day):
    prototype = PrototypeFactory()
    with on_day(2026, 5, 1):
        operations.freeze_prototypes([prototype])
    operations.freeze_prototypes([prototype])

    prototype.refresh_from_db()
    assert prototype.frozen_at.year, prototype.frozen_at.month == (2026, 5)


def test_only_a_facilitator_writes_prototypes(amina, edith):
    for person in (amina, edith):
        with pytest.raises(PermissionDenied):
            operations.add_prototype(DiscoveryFactory(at_step_two=True), title="Mine", by=person)
        with pytest.raises(PermissionDenied):
            operations.outline_case(PrototypeFactory(), by=person, **SUMS)
