"""One record of each kind that can be found, with none of its links left empty."""

import datetime as dt

from django.contrib.auth.models import Group
from django.db.models import Model
from wagtail.models import PageViewRestriction

from councils.models import Service
from events.event.models import Series
from events.event.skills import Skill
from events.models import AgendaItem
from projects.models import NeedSupport, PotentialProject, PriorityIssue, Purpose, StatusUpdate
from publishing.models import CaseStudyIndexPage
from tests.factories.accounts import UserFactory
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import DepartmentFactory, OrganisationFactory
from tests.factories.events import EventFactory
from tests.factories.projects import (
    BlockFactory,
    BusinessCaseFactory,
    DiscoveryFactory,
    NeedFactory,
    ProjectFactory,
    PrototypeFactory,
)
from tests.factories.publishing import publish_case_study
from tests.factories.steering import DecisionFactory, MeetingItemFactory
from tests.factories.take_up import AdoptionFactory, BenefitFactory
from tests.factories.voting import BallotFactory, OptionFactory


def _service() -> Service:
    return Service.objects.first()


def _purpose() -> Purpose:
    return Purpose.objects.get_or_create(
        order=99, defaults={"kind": "principle", "name": "Share", "wording": "To share what works."}
    )[0]


def council() -> Model:
    council = OrganisationFactory(county=OrganisationFactory())
    council.successors.add(OrganisationFactory())
    return council


def need() -> Model:
    need = NeedFactory(service=_service(), discovery=DiscoveryFactory())
    NeedSupport.objects.create(need=need, council=OrganisationFactory(), joined_by=need.raised_by)
    return need


def discovery() -> Model:
    discovery = DiscoveryFactory()
    discovery.purposes.add(_purpose())
    PriorityIssue.objects.create(discovery=discovery, wording="Nobody knows what care costs.")
    PotentialProject.objects.create(discovery=discovery, title="Calculator", scope="Shows what it costs.")
    return discovery


def block() -> Model:
    block = BlockFactory(project=ProjectFactory(title="Permits"), who_can_remove=DepartmentFactory())
    block.councils.add(OrganisationFactory())
    return block


def prototype() -> Model:
    prototype = PrototypeFactory()
    prototype.needs.add(NeedFactory())
    return prototype


def project() -> Model:
    prototype = PrototypeFactory()
    project = ProjectFactory(
        discovery=prototype.discovery, prototype=prototype, service=_service(), contact=UserFactory()
    )
    project.partners.add(OrganisationFactory())
    project.purposes.add(_purpose())
    StatusUpdate.objects.create(project=project, line="The calculator works.", by=UserFactory())
    return project


def asset() -> Model:
    asset = AssetFactory(project=ProjectFactory())
    asset.services.add(_service())
    asset.purposes.add(_purpose())
    AdoptionFactory(asset=asset)
    return asset


def event() -> Model:
    event = EventFactory(
        host=OrganisationFactory(),
        contact=UserFactory(),
        discovery=DiscoveryFactory(),
        made_by=UserFactory(),
        series=Series.objects.create(name="Days about care", slug="days-about-care"),
    )
    event.skills.add(Skill.objects.get_or_create(slug="care", defaults={"name": "Care", "order": 99})[0])
    event.services.add(_service())
    event.purposes.add(_purpose())
    event.needs.add(NeedFactory())
    event.prototypes.add(PrototypeFactory())
    AgendaItem.objects.create(event=event, at=dt.time(10), title="Care, hour by hour")
    return event


def ballot() -> Model:
    ballot = BallotFactory(open=True, opened_by=UserFactory(), run_off_of=BallotFactory())
    OptionFactory(ballot=ballot)
    return ballot


def decision() -> Model:
    said = {"basis": "The sums of Luton.", "dissent": "Too dear for small councils."}
    item = MeetingItemFactory()
    return DecisionFactory(meeting=item.meeting, item=item, business_case=BusinessCaseFactory(), **said)


def page() -> Model:
    """A case study that could be replicated, below a page that only one group reads."""
    asset = AssetFactory()
    BenefitFactory(project=None, adoption=AdoptionFactory(asset=asset))
    page = publish_case_study(
        OrganisationFactory(),
        service=_service(),
        project=ProjectFactory(),
        asset=asset,
        measure="calls",
        **{"before": 10, "before_unit": "calls", "before_n": 3, "before_on": dt.date(2014, 1, 31)},
        **{"after": 5, "after_unit": "calls", "after_n": 3, "after_on": dt.date(2015, 1, 31)},
        checked_by="A. Checker",
        checker_organisation=OrganisationFactory(),
    )
    restriction = PageViewRestriction.objects.create(
        page=CaseStudyIndexPage.objects.get(), restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.first())
    return page
