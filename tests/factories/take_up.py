import datetime as dt
from decimal import Decimal

import factory

from core import clock
from take_up.models import Adoption, Benefit, Commitment
from tests.factories.accounts import UserFactory
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.projects import ProjectFactory


class AdoptionFactory(factory.django.DjangoModelFactory):
    """Live and confirmed; with `noted`, also in the history of what was confirmed when."""

    class Meta:
        model = Adoption
        skip_postgeneration_save = True

    asset = factory.SubFactory(AssetFactory)
    council = factory.SubFactory(OrganisationFactory)
    status = Adoption.Status.LIVE
    since = dt.date(2015, 6, 1)
    declared_by = factory.SubFactory(UserFactory)
    confirmed_by = factory.SubFactory(UserFactory)
    confirmed_at = factory.LazyFunction(clock.now)

    @factory.post_generation
    def noted(self, create, extracted, **kwargs):
        if extracted:
            who = {"said_by": self.declared_by, "confirmed_by": self.confirmed_by}
            self.statuses.create(status=self.status, since=self.since, confirmed_at=self.confirmed_at, **who)


class CommitmentFactory(factory.django.DjangoModelFactory):
    """To use it, confirmed today, for half a year."""

    class Meta:
        model = Commitment

    asset = factory.SubFactory(AssetFactory)
    council = factory.SubFactory(OrganisationFactory)
    would = Commitment.Would.USE
    proposed_by = factory.SubFactory(UserFactory)
    confirmed_by = factory.SubFactory(UserFactory)
    confirmed_at = factory.LazyFunction(clock.now)
    begins_on = factory.LazyFunction(clock.today)
    expires_on = factory.LazyAttribute(lambda it: it.begins_on + dt.timedelta(days=182))

    class Params:
        waiting = factory.Trait(confirmed_by=None, confirmed_at=None, begins_on=None, expires_on=None)


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
