import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone

from assets_registry.models import Adoption, Asset, Benefit
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.projects import ProjectFactory


class AssetFactory(factory.django.DjangoModelFactory):
    """Published code, for all councils."""

    class Meta:
        model = Asset

    name = factory.Sequence(lambda n: f"Waste standards and API {n}")
    slug = factory.Sequence(lambda n: f"waste-standards-and-api-{n}")
    kind = Asset.Kind.CODE
    summary = "One vocabulary and one interface for missed bins and collection days."
    owner = factory.SubFactory(OrganisationFactory)
    licence = "MIT"
    repository_url = factory.Sequence(lambda n: f"https://git.example.org/waste-{n}")
    state = Asset.State.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)
    registered_by = factory.SubFactory(UserFactory)


class AdoptionFactory(factory.django.DjangoModelFactory):
    """Live and confirmed."""

    class Meta:
        model = Adoption

    asset = factory.SubFactory(AssetFactory)
    council = factory.SubFactory(OrganisationFactory)
    status = Adoption.Status.LIVE
    since = dt.date(2015, 6, 1)
    declared_by = factory.SubFactory(UserFactory)
    confirmed_by = factory.SubFactory(UserFactory)
    confirmed_at = factory.LazyFunction(timezone.now)


class BenefitFactory(factory.django.DjangoModelFactory):
    """Claimed, of a project."""

    class Meta:
        model = Benefit

    project = factory.SubFactory(ProjectFactory)
    title = "Saving, all councils"
    claimed = Decimal("180000")
    claimed_in = "Business case"
    claimed_on = dt.date(2014, 12, 10)
    recorded_by = factory.SubFactory(UserFactory)
