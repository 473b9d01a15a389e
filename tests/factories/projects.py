import datetime as dt
from decimal import Decimal

import factory

from core import clock
from core.history import is_told
from projects.models import (
    Block,
    BusinessCase,
    Discovery,
    Interest,
    Need,
    NeedSupport,
    OutlineBusinessCase,
    Project,
    Prototype,
    Purpose,
)
from projects.portfolio.case_content import content_hash
from tests.factories.accounts import UserFactory
from tests.factories.councils import DepartmentFactory, OrganisationFactory


class DiscoveryFactory(factory.django.DjangoModelFactory):
    """At step 1, with a department, for the first purpose of the Alliance; `purposes=[]` is for none."""

    class Meta:
        model = Discovery
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Adult social care charges {n}")
    slug = factory.Sequence(lambda n: f"adult-social-care-charges-{n}")
    summary = "What people pay for care, and when."
    department = factory.SubFactory(DepartmentFactory)
    facilitator = factory.SubFactory(UserFactory)
    starts_on = dt.date(2014, 5, 14)

    class Params:
        at_step_two = factory.Trait(
            step=Discovery.Step.CO_DESIGN_DAY,
            feasibility=Discovery.Feasibility.FEASIBLE,
            feasibility_reason="The figures exist.",
            step_one_ended_on=dt.date(2014, 6, 1),
        )

    @factory.post_generation
    def purposes(discovery, create, extracted, **kwargs):  # how the library calls it
        if create:
            discovery.purposes.set(Purpose.objects.of_the_alliance()[:1] if extracted is None else extracted)


class NeedFactory(factory.django.DjangoModelFactory):
    """Open, raised by one council, which counts as the first to have it."""

    class Meta:
        model = Need
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Tell residents when collection day changes {n}")
    slug = factory.Sequence(lambda n: f"collection-day-{n}")
    who_for = "Residents"
    what = "To know in time that the bins go out on another day."
    council = factory.SubFactory(OrganisationFactory)
    raised_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def first_support(self, create, extracted, **kwargs):
        if create:
            NeedSupport.objects.create(need=self, council=self.council, joined_by=self.raised_by)


SUMS = {
    "volume": 100_000,
    "unit_cost_now": Decimal("10.10"),
    "saving_per_unit": Decimal("4.20"),
    "take_up": Decimal("40.0"),
    "one_off_cost": Decimal("120000"),
}


class OutlineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutlineBusinessCase

    volume, unit_cost_now, saving_per_unit = SUMS["volume"], SUMS["unit_cost_now"], SUMS["saving_per_unit"]
    take_up, one_off_cost = SUMS["take_up"], SUMS["one_off_cost"]


class PrototypeFactory(factory.django.DjangoModelFactory):
    """With a summary and an outline business case; `outline=None` for one that is not ready."""

    class Meta:
        model = Prototype
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Deferred payment calculator {n}")
    slug = factory.Sequence(lambda n: f"deferred-payment-calculator-{n}")
    summary = "Shows people what putting off paying for care would cost."
    made_by = "Warwickshire and the Department of Health"
    discovery = factory.SubFactory(DiscoveryFactory, at_step_two=True)
    outline = factory.RelatedFactory(OutlineFactory, factory_related_name="prototype")


class ProjectFactory(factory.django.DjangoModelFactory):
    """At step 3, led by a council; with `stage` launch or finished, its case was accepted and it was launched."""

    class Meta:
        model = Project

    title = factory.Sequence(lambda n: f"Deferred payment calculator {n}")
    slug = factory.Sequence(lambda n: f"deferred-payment-calculator-{n}")
    summary = "Lets people who own a home see what putting off paying for care would cost."
    lead_council = factory.SubFactory(OrganisationFactory)
    started_on = dt.date(2014, 7, 9)
    case_accepted_on = factory.LazyAttribute(
        lambda o: dt.date(2014, 12, 10) if o.stage in {Project.Stage.LAUNCH, Project.Stage.FINISHED} else None
    )
    launched_on = factory.LazyAttribute(lambda o: o.case_accepted_on and dt.date(2015, 6, 1))
    stage = Project.Stage.CO_DEVELOP
    is_of_the_record = factory.LazyAttribute(lambda o: is_told(o.started_on))

    class Params:
        running = factory.Trait(started_on=factory.LazyFunction(clock.today))


class BusinessCaseFactory(OutlineFactory):
    """A draft; of one in another state the hash of its content is kept."""

    class Meta:
        model = BusinessCase

    project = factory.SubFactory(ProjectFactory)
    version = 1
    state = BusinessCase.State.DRAFT
    summary = "Fewer calls about charges, and earlier decisions."
    written_by = factory.SubFactory(UserFactory)
    content_hash = factory.LazyAttribute(lambda case: "" if case.state == BusinessCase.State.DRAFT else _hash_of(case))


def _hash_of(case) -> str:
    names = ("project", "version", "summary", *SUMS)
    return content_hash(BusinessCase(**{name: getattr(case, name) for name in names}))


class InterestFactory(factory.django.DjangoModelFactory):
    """What a council offers a project, as a tester; open."""

    class Meta:
        model = Interest

    project = factory.SubFactory(ProjectFactory, running=True)
    council = factory.SubFactory(OrganisationFactory)
    kind = Interest.Kind.TEST
    by = factory.SubFactory(UserFactory)
    words = "Two teams could try it in May."
    due_on = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=14))


class BlockFactory(factory.django.DjangoModelFactory):
    """Raised today; `raised_on` for an earlier day, from which it is open."""

    class Meta:
        model = Block

    project = factory.SubFactory(ProjectFactory, running=True)
    title = factory.Sequence(lambda n: f"No legal gateway {n}")
    slug = factory.Sequence(lambda n: f"no-legal-gateway-{n}")
    what = "Councils may not ask for the data of drivers."
    raised_by = factory.SubFactory(UserFactory)
    raised_on = factory.LazyFunction(clock.today)
    open_since = factory.SelfAttribute("raised_on")
    level_since = factory.SelfAttribute("raised_on")
