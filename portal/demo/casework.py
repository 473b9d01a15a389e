"""What the projects of today say about themselves, and what councils offer them: all of it made up."""

import datetime as dt
from dataclasses import dataclass

from core import clock
from core.office_days import office_day
from councils.models import Membership
from portal.demo.bodies import council
from portal.demo.days import days
from portal.demo.people import colleague, person
from projects.interest.models import Interest
from projects.interest.operations import answer_interest, offer_interest
from projects.models import Project
from projects.portfolio import operations as portfolio
from projects.sums.models import SUMS

Looks, Budget = Project.Collaboration, Project.BudgetBand
IDEAS, TEST, FUND = Interest.Kind.IDEAS, Interest.Kind.TEST, Interest.Kind.FUND


@dataclass(frozen=True)
class Offer:
    """What a council offers, how many days ago, and the answer, if there is one."""

    council: str
    kind: str
    words: str
    ago: int
    outcome: str = ""
    answer: str = ""


@dataclass(frozen=True)
class ToldProject:
    """The fixed fields of a project, and what councils offer it. Its step ends so many days from today."""

    title: str
    department: str
    looks_for: str
    budget: str
    ends_in: int
    why: str
    users: str
    market: str
    before: str
    offers: tuple[Offer, ...]


PERMITS = ToldProject(
    title="Parking permits that renew themselves",
    department="Parking and highways",
    looks_for=Looks.ADOPTERS,
    budget=Budget.TO_100K,
    ends_in=120,
    why="A renewal costs £6.10, and nearly every one changes nothing.",
    users="Residents with a permit. 380 of 400 who renewed last spring had the same address and the same car.",
    market="Two suppliers of permit systems were asked. Neither renews without papers; both would read a register.",
    before="Camden’s case for vehicle data: fifteen councils set out at two events what a permit costs.",
    offers=(
        Offer("Norwich", TEST, "One ward, about 300 permits, from the first of next month.", 40, "accepted",
              "Welcome. Your first list comes on Monday; ring us when it does not."),
        Offer("Luton", IDEAS, "We tried permits of three years. Half of the people had moved by the second.", 9),
        Offer("Camden", FUND, "Up to £8,000 for reading the register of cars.", 25),
    ),
)  # fmt: skip
NOTICES = ToldProject(
    title="Planning notices people read",
    department="Planning",
    looks_for=Looks.TESTERS,
    budget=Budget.TO_50K,
    ends_in=60,
    why="Of two hundred who get a letter about a planning application, three look at the plans.",
    users="People next door to what is to be built. Six were asked to read a notice aloud; five could say what it was.",
    market="Planning systems send letters. None that we looked at sends a picture.",
    before="Bristol put pictures on site notices in 2015 and stopped when the printer broke.",
    offers=(
        Offer("Exeter", TEST, "Three applications in the spring, with the case officers who handle them.", 12),
        Offer("York", TEST, "Ten applications a month in one ward.", 30, "later",
              "We have two testers and cannot look after a third before June. We write to you then."),
    ),
)  # fmt: skip


# The real example: £10.10 a permit, three calls included, £2.24 of it for checks, from 15 councils at two events.
BASES_OF_PERMITS = {
    "cost_base": "the councils of two events on parking permits; three calls a permit are in it",
    "cost_councils": 15,
    "cost_as_at": dt.date(2014, 10, 1),
    "saving_base": "the same councils, by what checking who and what costs them",
    "saving_councils": 15,
    "saving_as_at": dt.date(2014, 10, 1),
}
SECOND_VERSION = (
    "Sharing DVLA data with local authorities to help them fill information gaps and deliver services more efficiently. "
    "The cost of a permit is that of fifteen councils at two events, three calls included; what is saved is the check of "
    "who and what. The legal gateway is asked for first, and its work is in the cost."
)


def draft_second_version() -> None:
    """The second version of the case that the board sent back: a draft, which those who write it compare with the first."""
    project = Project.objects.get(title="DVLA data sharing")
    case = project.business_cases.get()
    with clock.at(dt.datetime(2015, 2, 10, 10)):
        portfolio.draft_case(
            project,
            by=person("facilitator"),
            summary=SECOND_VERSION,
            bases=BASES_OF_PERMITS,
            source="First iteration of a business case for parking permits: £10.10, £2.24, 15 councils, two events",
            is_illustrative=True,
            **{name: getattr(case, name) for name in SUMS} | {"take_up": 35, "one_off_cost": 260_000},
        )


def build() -> None:
    draft_second_version()
    for said in (PERMITS, NOTICES):
        project = Project.objects.get(title=said.title)
        if project.lead_council is None:
            continue
        with clock.at(days(-45)):
            _describe(project, said)
        for offer in said.offers:
            _offer(project, offer)


def _describe(project: Project, said: ToldProject) -> None:
    portfolio.change_project(
        project,
        by=person("facilitator"),
        department=said.department,
        collaboration=said.looks_for,
        budget_band=said.budget,
        contact=colleague(project.lead_council),
        phase_ends_on=office_day(clock.today() + dt.timedelta(days=45 + said.ends_in)),
        why=said.why,
        users_and_needs=said.users,
        market_engagement=said.market,
        previous_work=said.before,
    )


def _offer(project: Project, offer: Offer) -> None:
    place = council(offer.council)
    with clock.at(days(-offer.ago)):
        made = offer_interest(
            project, by=colleague(place), council=place, kind=offer.kind, words=offer.words, is_illustrative=True
        )
    if offer.outcome:
        with clock.at(days(-offer.ago + 5)):
            publisher = colleague(project.lead_council, Membership.Role.PUBLISHER)
            answer_interest(made, by=publisher, outcome=offer.outcome, answer=offer.answer)
