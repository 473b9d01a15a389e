"""Two record the reorganisation of one council at once, each with another successor: one of them is refused."""

import datetime as dt

import pytest
from django.db import Error

from core.errors import Refused
from councils import reorganising
from councils.founding import NewCouncil
from councils.models import Organisation, Reorganisation
from councils.reorganising import reorganise, take_back_reorganisation
from tests.factories.councils import MembershipFactory
from tests.race import all_at_once, problems, slowly

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def handing_on_takes_a_moment(monkeypatch):
    monkeypatch.setattr(reorganising, "check", slowly(reorganising.check))


def both_record(sunita):
    allerdale = Organisation.objects.get(slug="allerdale")
    MembershipFactory(organisation=allerdale)
    heirs = Organisation.objects.filter(slug__in=["cumberland", "westmorland-and-furness"])
    said = {"by": sunita, "ends_on": dt.date(2023, 3, 31), "order": "An order"}
    return all_at_once([lambda to=to: reorganise(allerdale, carried_on_by=to, **said) for to in heirs])


def test_one_is_refused_and_people_go_to_one_successor(sunita):
    told = both_record(sunita)

    assert [type(problem) for problem in problems(told)] == [Refused]
    to = Reorganisation.objects.get().carried_on_by
    assert to.memberships.count() == 1
    assert list(Organisation.objects.get(slug="allerdale").successors.all()) == [to]


def test_control_without_the_lock_both_are_carried_out_or_the_database_refuses(guard_off, sunita):
    told = both_record(sunita)

    broken = [problem for problem in problems(told) if isinstance(problem, Error)]
    successors = set(Organisation.objects.get(slug="allerdale").successors.all())
    assert broken or not problems(told) or successors != {Reorganisation.objects.get().carried_on_by}


def test_a_founded_council_is_taken_back_or_carries_on_another_too(sunita):
    harlow, surrey = Organisation.objects.filter(slug__in=["harlow", "surrey"])
    said = {"by": sunita, "ends_on": dt.date(2030, 3, 31), "order": "An order"}
    new = NewCouncil("West Essex", "West Essex Council", "unitary", "East of England")
    heir = reorganise(harlow, carried_on_by=new, **said).carried_on_by

    told = all_at_once(
        [
            lambda: take_back_reorganisation(harlow, by=sunita),
            lambda: reorganise(surrey, carried_on_by=heir, **said),
        ]
    )

    stands = Organisation.objects.filter(pk=heir.pk).exists()
    assert [type(problem) for problem in problems(told)] == ([] if stands else [Refused])
    assert Reorganisation.objects.filter(council=surrey).exists() == stands
