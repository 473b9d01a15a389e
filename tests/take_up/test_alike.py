"""Councils like a council, and what they use that it does not."""

import datetime as dt

import pytest

from councils.kinds import Kind
from take_up.models import Adoption
from take_up.queries.alike import councils_alike
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import DepartmentFactory, OrganisationFactory, SystemFactory, replaced_by
from tests.factories.take_up import AdoptionFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


@pytest.fixture
def stranger():
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()


def district(name: str, **fields):
    return OrganisationFactory(name=name, slug=name.lower(), **fields)


def named(found) -> list[tuple[str, int, list[str]]]:
    return [(each.likeness.council.name, each.in_common, [name for name, _ in each.others]) for each in found]


def test_those_with_the_most_in_common_come_first_and_five_at_most(harlow, stranger):
    shared, clause, policy = (AssetFactory(name=name) for name in ("Shared", "Clause", "Policy"))
    AdoptionFactory(council=harlow, asset=shared)
    for number in range(5):
        AdoptionFactory(council=district(f"Alpha{number}"), asset=policy)
    near = district("Zeta")
    for asset in (shared, clause, policy):
        AdoptionFactory(council=near, asset=asset)

    found = named(councils_alike(harlow, stranger))

    assert found[0] == ("Zeta", 1, ["Clause", "Policy"])
    assert [each[0] for each in found[1:]] == ["Alpha0", "Alpha1", "Alpha2", "Alpha3"]


def test_only_what_may_be_named_and_is_in_use_counts(harlow, stranger):
    council = district("Eastbrook")
    for fields in (
        {"status": Adoption.Status.EVALUATING},
        {"status": Adoption.Status.RETIRED},
        {"may_be_listed": False},
        {"confirmed_by": None, "confirmed_at": None},
    ):
        AdoptionFactory(council=council, **fields)

    assert councils_alike(harlow, stranger) == []


def test_the_most_alike_come_before_those_with_more_in_common(harlow, stranger):
    shared, clause = AssetFactory(name="Shared"), AssetFactory(name="Clause")
    SystemFactory(council=harlow, product="Roundsman")
    AdoptionFactory(council=harlow, asset=shared)
    near, other = district("Near"), district("Other")
    SystemFactory(council=near, product="Roundsman")
    for council, assets in ((near, [clause]), (other, [shared, clause])):
        for asset in assets:
            AdoptionFactory(council=council, asset=asset)

    assert named(councils_alike(harlow, stranger)) == [("Near", 0, ["Clause"]), ("Other", 1, ["Clause"])]


def test_other_kinds_other_regions_and_ended_councils_are_not_alike(harlow, luton, stranger):
    asset = AssetFactory()
    for council in (
        luton,
        district("Exeter2", region="South West"),
        district("Bygone", ends_on=dt.date(2019, 3, 31)),
        OrganisationFactory(kind=Kind.COUNTY),
    ):
        AdoptionFactory(council=council, asset=asset)

    assert councils_alike(harlow, stranger) == []


def test_a_council_uses_what_those_before_it_used(stranger):
    old, new, other = district("Old", ends_on=dt.date(2019, 3, 31)), district("New"), district("Other")
    replaced_by(new, old=old)
    clause = AssetFactory(name="Clause")
    AdoptionFactory(council=old, asset=clause)
    AdoptionFactory(council=other, asset=clause)

    assert councils_alike(new, stranger) == []


def test_a_council_is_not_told_of_what_it_or_those_before_it_own(stranger):
    old, new, other = district("Old", ends_on=dt.date(2019, 3, 31)), district("New"), district("Other")
    replaced_by(new, old=old)
    for owner in (old, new):
        AdoptionFactory(council=other, asset=AssetFactory(owner=owner))
    AdoptionFactory(council=other, asset=AssetFactory(name="Clause"))

    assert named(councils_alike(new, stranger)) == [("Other", 0, ["Clause"])]


def test_the_heading_counts_distinct_things_and_the_row_says_why(client, harlow):
    shared, clause = AssetFactory(name="Shared"), AssetFactory(name="Clause")
    AdoptionFactory(council=harlow, asset=shared)
    for name in ("Eastbrook", "Westbrook"):
        council = district(name)
        AdoptionFactory(council=council, asset=shared)
        AdoptionFactory(council=council, asset=clause)

    page = client.get("/councils/harlow/").content.decode()

    assert "Councils like Harlow use 1 thing that it does not" in page
    assert page.count("both use 1 asset") == 2
    assert "district, East of England" in page
    assert page.count("Clause</a>") == 2


def test_three_are_named_and_the_others_are_a_link_away(client, harlow):
    council = district("Eastbrook")
    for letter in "ABCDE":
        AdoptionFactory(council=council, asset__name=f"Asset {letter}")

    page = client.get("/councils/harlow/").content.decode()

    assert "Asset C</a> and <a" in page
    assert "Asset D" not in page
    assert 'href="/councils/eastbrook/#uses">2 more<' in page


def test_nothing_in_common_is_said_honestly_and_only_of_councils_in_force(client, harlow):
    nothing = "None of them is known to use anything that Harlow does not."
    assert nothing in client.get("/councils/harlow/").content.decode()
    for address in ("/councils/allerdale/", DepartmentFactory().get_absolute_url()):
        assert "Councils like" not in client.get(address).content.decode()
