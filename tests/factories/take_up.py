import datetime as dt
from decimal import Decimal

import factory

from core import clock
from councils.kinds import Tier
from take_up.models import Adoption, Benefit, Commitment, Measurement, TakeUpPlan, TurnedDown
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
    """Claimed, of a project; with a `scope` for so many of all councils."""

    class Meta:
        model = Benefit

    project = factory.SubFactory(ProjectFactory)
    adoption = None
    origin = factory.LazyAttribute(lambda it: "project" if it.project else "adoption" if it.adoption else "case_study")
    title = "Saving, all councils"
    claimed = Decimal("180000")
    claimed_in = "Business case"
    claimed_on = dt.date(2014, 12, 10)
    baseline = None
    better = factory.LazyAttribute(
        lambda it: "lower" if it.baseline is not None and it.claimed < it.baseline else "higher"
    )
    scope = None
    tier = factory.LazyAttribute(lambda it: Tier.ALL if it.scope else "")
    recorded_by = factory.SubFactory(UserFactory)


class MeasurementFactory(factory.django.DjangoModelFactory):
    """Of three councils in December 2015, and checked; with `waiting` by nobody yet."""

    class Meta:
        model = Measurement
        skip_postgeneration_save = True

    promise = factory.SubFactory(BenefitFactory)
    value = Decimal(2)
    n = 3
    n_words = "councils"
    measured_on = dt.date(2015, 12, 8)
    reported_by = factory.SubFactory(UserFactory)
    checked_by = factory.SubFactory(UserFactory)
    checked_at = factory.LazyFunction(clock.now)

    class Params:
        waiting = factory.Trait(checked_by=None, checked_at=None)
        explained = factory.Trait(
            explanation="Fewer took part.",
            explained_by=factory.SubFactory(UserFactory),
            explained_at=factory.LazyFunction(clock.now),
        )

    @factory.post_generation
    def kept_as_latest(self, create, extracted, **kwargs):
        latest = self.promise.latest
        if self.is_checked and (latest is None or latest.measured_on < self.measured_on):
            self.promise.latest = self
            self.promise.save()


class TakeUpPlanFactory(factory.django.DjangoModelFactory):
    """Of an asset for all councils: 40 of 353 by the end of 2015, as planned in June 2014."""

    class Meta:
        model = TakeUpPlan

    asset = factory.SubFactory(AssetFactory)
    councils = 40
    base = 353
    tier = Tier.ALL
    made_on = dt.date(2014, 6, 1)
    by_day = dt.date(2015, 12, 31)
    made_by = factory.SubFactory(UserFactory)


class TurnedDownFactory(factory.django.DjangoModelFactory):
    """What two councils were said to have measured, and somebody else turned down."""

    class Meta:
        model = TurnedDown

    promise = factory.SubFactory(BenefitFactory)
    value = Decimal(2)
    n = 2
    n_words = "councils"
    measured_on = dt.date(2015, 12, 8)
    reported_by = factory.SubFactory(UserFactory)
    because = "It is of another year."
    by = factory.SubFactory(UserFactory)
