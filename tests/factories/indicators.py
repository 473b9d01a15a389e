import datetime as dt
from decimal import Decimal

import factory

from kpis.models import ServiceReturn
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory, ServiceFactory


class ServiceReturnFactory(factory.django.DjangoModelFactory):
    """A published return of the last quarter of 2014: £4.00, 50% completed, 80% digital, nobody asked for a rating."""

    class Meta:
        model = ServiceReturn

    council = factory.SubFactory(OrganisationFactory)
    council_kind = factory.SelfAttribute("council.kind")
    service = factory.SubFactory(ServiceFactory)
    quarter = dt.date(2014, 10, 1)
    returned_by = factory.SubFactory(UserFactory)
    returned_at = dt.datetime(2015, 1, 19, 12, tzinfo=dt.UTC)
    cost = Decimal(400)
    completed = 100
    completed_web = 80
    started_web = 160
