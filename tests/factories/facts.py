import datetime as dt
from decimal import Decimal

import factory

from kpis.facts.models import FactCard, FactQuestion


class FactQuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FactQuestion

    title = factory.Sequence(lambda n: f"How many of kind {n}?")
    slug = factory.Sequence(lambda n: f"how-many-{n}")


class FactCardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FactCard

    question = factory.SubFactory(FactQuestionFactory)
    slug = factory.Sequence(lambda n: f"fact-{n}")
    printed = "570m"
    number = Decimal(570_000_000)
    unit = "transactions a year"
    source = "A paper of July 2013"
    said_on = dt.date(2013, 7, 1)
    basis = "What the paper calls transactions"
    method = "Rounded estimate"
