"""What organisations that answered have become by the close, by which all rules of the release count them."""

import datetime as dt

import pytest

from core import clock
from councils.models import Organisation
from councils.reorganising import reorganise
from surveys.fieldwork.bodies import as_on
from surveys.fieldwork.sealed import COUNCIL_TYPE
from tests.factories.councils import OrganisationFactory

pytestmark = pytest.mark.django_db


def sealed(council):
    return {"organisation": council.pk, "bands": {COUNCIL_TYPE: "as sealed", "level": "1"}, "answers": {}}


def named(slug):
    return Organisation.objects.get(slug=slug)


@pytest.fixture
def ended(sunita):
    """A function: end a council on a day, carried on by the first of these and divided among all of them."""

    def end(slug, *into, days_ago=1):
        day = clock.today() - dt.timedelta(days=days_ago)
        first, *others = (named(each) for each in into)
        reorganise(named(slug), by=sunita, ends_on=day, carried_on_by=first, others=others, order="An order")

    return end


@pytest.mark.parametrize(
    ("ends", "counts_as", "kind"),
    [
        ([], "harlow", "districts"),
        ([("harlow", "essex")], "essex", "counties"),
        ([("harlow", "uttlesford"), ("uttlesford", "essex")], "essex", "counties"),
        ([("harlow", "essex", "uttlesford")], "essex", "counties"),
    ],
    ids=["unchanged", "whole", "in two steps", "divided, and one carries on"],
)
def test_a_council_counts_as_what_it_has_become(ended, ends, counts_as, kind):
    for each in ends:
        ended(*each)

    [became] = as_on(clock.today(), [sealed(named("harlow"))])

    assert became["organisation"] == named(counts_as).pk
    assert became["bands"] == {COUNCIL_TYPE: kind, "level": "1"}
    assert became["answers"] == {}


def test_a_council_whose_work_nobody_carries_on_is_another_organisation():
    """As councils that ended before reorganisations were recorded: their area went to several."""
    harlow = named("harlow")
    harlow.successors.set([named("essex"), named("uttlesford")])
    Organisation.objects.filter(pk=harlow.pk).update(ends_on=clock.today() - dt.timedelta(days=1))

    [became] = as_on(clock.today(), [sealed(harlow)])

    assert (became["organisation"], became["bands"][COUNCIL_TYPE]) == (harlow.pk, "other")


def test_on_its_last_day_it_is_still_itself(ended):
    ended("harlow", "essex", days_ago=0)

    today, tomorrow = (
        as_on(clock.today() + dt.timedelta(days=days), [sealed(named("harlow"))])[0]["bands"][COUNCIL_TYPE]
        for days in (0, 1)
    )

    assert (today, tomorrow) == ("districts", "counties")


@pytest.mark.parametrize(
    ("of", "counts_as", "kind"),
    [(["harlow"], "harlow", "districts"), (["harlow", "uttlesford"], "new", "other")],
    ids=["of one", "of several"],
)
def test_a_council_that_was_founded_in_advance_counts_as_the_one_that_it_will_carry_on(of, counts_as, kind):
    """As on the day: it is not in force yet, and the other is."""
    begins = clock.today() + dt.timedelta(days=30)
    new = OrganisationFactory(kind="unitary", slug="new", starts_on=begins)
    for slug in of:
        named(slug).successors.set([new])
        Organisation.objects.filter(slug=slug).update(ends_on=begins - dt.timedelta(days=1))

    [now], [then] = (as_on(day, [sealed(new)]) for day in (clock.today(), begins))

    assert (now["organisation"], now["bands"][COUNCIL_TYPE]) == (named(counts_as).pk, kind)
    assert (then["organisation"], then["bands"][COUNCIL_TYPE]) == (new.pk, "unitaries")


def test_councils_outside_england_and_bodies_that_are_no_councils_keep_their_own_type():
    welsh = Organisation.objects.in_force().filter(nation="Wales").first()
    body = OrganisationFactory(kind="other")

    found = as_on(clock.today(), [sealed(welsh), sealed(body)])

    assert [each["organisation"] for each in found] == [welsh.pk, body.pk]
    assert [each["bands"][COUNCIL_TYPE] for each in found] == ["welsh", "other"]
