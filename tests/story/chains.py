"""A whole chain for tests, from need to case study."""

import datetime as dt

from django.utils import timezone
from django.utils.text import slugify

from events.models import Event
from projects.models import BusinessCase, NeedSupport, Project
from take_up.models import Adoption
from tests.factories.accounts import UserFactory
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import (
    BusinessCaseFactory,
    DiscoveryFactory,
    NeedFactory,
    ProjectFactory,
    PrototypeFactory,
)
from tests.factories.publishing import publish_case_study
from tests.factories.take_up import AdoptionFactory
from tests.factories.voting import BallotFactory, OptionFactory, voted
from voting.models import Ballot, BallotProject


class FlagshipChain:
    """Nine steps: a need of two councils, a day of two people, two prototypes, a vote of three, and so on."""

    def __init__(self, council: str = "Warwickshire test") -> None:
        self.council = OrganisationFactory(name=council, kind="county")
        self.discovery = DiscoveryFactory(at_step_two=True, title="Adult social care charges")
        self.need = NeedFactory(title="Paying for care", discovery=self.discovery)
        NeedSupport.objects.create(need=self.need, council=OrganisationFactory(), joined_by=UserFactory())
        self.discovery_day = self._day(Event.Kind.DISCOVERY_DAY, dt.datetime(2014, 5, 14, 10), people=2)
        self.co_design_day = self._day(Event.Kind.CO_DESIGN_DAY, dt.datetime(2014, 7, 9, 10), people=3)
        self.prototype = PrototypeFactory(title="Calculator", discovery=self.discovery)
        self.prototype.needs.add(self.need)
        PrototypeFactory(discovery=self.discovery)
        self.project = ProjectFactory(
            title="Deferred payment calculator",
            discovery=self.discovery,
            prototype=self.prototype,
            lead_council=self.council,
            stage=Project.Stage.LAUNCH,
            launched_on=dt.date(2015, 6, 1),
        )
        self.ballot = self._vote()
        self.case = BusinessCaseFactory(
            project=self.project,
            state=BusinessCase.State.ACCEPTED,
            decided_by_body="the board",
            decided_on=dt.date(2014, 12, 10),
            decision_number="DEC-2014-07",
        )
        self.asset = AssetFactory(
            name="Calculator, open source", project=self.project, released_on=dt.date(2015, 6, 1), tier="county/unitary"
        )
        self.adoption = AdoptionFactory(asset=self.asset, council=self.council)
        AdoptionFactory(asset=self.asset, council=OrganisationFactory(kind="county"), status=Adoption.Status.PILOTING)
        self.page = publish_case_study(self.council, asset=self.asset, project=self.project, slug=slugify(council))

    def records(self) -> dict[str, object]:
        """Every record of the chain by its name."""
        return {
            "need": self.need,
            "discovery": self.discovery,
            "discovery_day": self.discovery_day,
            "co_design_day": self.co_design_day,
            "prototype": self.prototype,
            "ballot": self.ballot,
            "project": self.project,
            "case": self.case,
            "asset": self.asset,
            "adoption": self.adoption,
            "page": self.page,
        }

    def _day(self, kind: str, start: dt.datetime, *, people: int) -> Event:
        starts_at = timezone.make_aware(start)
        event = EventFactory(
            title=f"{kind} on charges", kind=kind, stream="discovery", starts_at=starts_at, discovery=self.discovery
        )
        for _ in range(people):
            SignUpFactory(event=event, checked_in_at=starts_at)
        SignUpFactory(event=event)  # had a place, did not come
        return event

    def _vote(self) -> Ballot:
        """Two of three people, of one of two councils, ticked the winner."""
        moment = timezone.make_aware(dt.datetime(2014, 7, 9, 16))
        ballot = BallotFactory(
            event=self.co_design_day,
            state="revealed",
            opened_at=moment,
            closed_at=moment,
            revealed_at=moment,
            result={"voted": 3},
        )
        winner, other = OptionFactory(ballot=ballot, prototype=self.prototype), OptionFactory(ballot=ballot)
        elsewhere = OrganisationFactory()
        for organisation, option in ((self.council, winner), (self.council, winner), (elsewhere, other)):
            voted(ballot, organisation, option)
        ballot.roll.update(voted=True)
        BallotProject.objects.create(ballot=ballot, option=winner, project=self.project)
        return ballot
