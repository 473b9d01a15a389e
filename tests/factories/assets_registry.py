import factory

from assets_registry.models import Asset
from core import clock
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory


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
    published_at = factory.LazyFunction(clock.now)
    registered_by = factory.SubFactory(UserFactory)

    class Params:
        legacy = factory.Trait(state=Asset.State.LEGACY, published_at=None, source="A list of 2009")
