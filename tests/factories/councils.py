import datetime as dt

import factory

from core import clock
from councils.kinds import Kind, Tier
from councils.models import Membership, Organisation, Service, System
from tests.factories.accounts import UserFactory, with_second_factor


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A council made up for a test; the real ones are in the database already."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Eastbridge {n}")
    official_name = factory.LazyAttribute(lambda o: f"{o.name} District Council")
    slug = factory.Sequence(lambda n: f"eastbridge-{n}")
    kind = Kind.DISTRICT
    nation = "England"
    region = "East of England"


class DepartmentFactory(OrganisationFactory):
    name = factory.Sequence(lambda n: f"Department {n}")
    official_name = factory.LazyAttribute(lambda o: o.name)
    slug = factory.Sequence(lambda n: f"department-{n}")
    kind = Kind.DEPARTMENT
    region = ""


class MembershipFactory(factory.django.DjangoModelFactory):
    """A confirmed contributor; a lead comes with a second factor."""

    class Meta:
        model = Membership
        skip_postgeneration_save = True

    person = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Membership.Role.CONTRIBUTOR
    state = Membership.State.CONFIRMED

    @factory.post_generation
    def second_factor(self, create, extracted, **kwargs):
        if create and self.role == Membership.Role.LEAD:
            with_second_factor(self.person)


class ServiceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Service

    lgsl = factory.Sequence(lambda n: 9000 + n)
    name = factory.Sequence(lambda n: f"Service {n}")
    slug = factory.Sequence(lambda n: f"service-{n}")
    providing_tier = Tier.ALL


class SystemFactory(factory.django.DjangoModelFactory):
    """A product that a council runs, confirmed by its lead; `waiting=True` is one that nobody has confirmed."""

    class Meta:
        model = System

    class Params:
        waiting = factory.Trait(confirmed_by=None, confirmed_at=None)

    council = factory.SubFactory(OrganisationFactory)
    product = factory.Sequence(lambda n: f"Roundsman{n}x")
    used_for = "Waste rounds"
    declared_by = factory.SubFactory(UserFactory)
    confirmed_by = factory.SubFactory(UserFactory)
    confirmed_at = factory.LazyFunction(clock.now)


def replaced_by(*successors: Organisation, old: Organisation, ends_on: dt.date = dt.date(2019, 3, 31)) -> None:
    """Say that a council ended and who took over from it, as the register does."""
    old.ends_on = ends_on
    old.save(update_fields=["ends_on"])
    old.successors.set(successors)
