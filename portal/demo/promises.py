"""What projects and councils promised, what was measured of it, and how many councils were meant to take it up.

The flagship's results are those its council gave in March 2016: 200 to 300 visits a council in six months, two
agreements a council a month, a business case hard to make. All else is illustrative. The yearly saving of a project is
promised by its accepted business case, so it is not repeated here.
"""

from decimal import Decimal

from accounts.models import User
from core import clock
from core.months import months_after
from portal.demo.bodies import council
from portal.demo.campaign import moment
from portal.demo.days import days
from portal.demo.people import colleague, person
from projects.models import Project
from take_up import operations
from take_up.models import Adoption, Benefit

SLIDES = "Deferred payment calculator, council slides, March 2016"
CALCULATOR, WASTE, PERMITS = "Deferred payment calculator", "Waste standards and API", "Parking permit renewals"
PLAN = "Plan for the launch"
# project, what, unit, before, claimed, day, (result, words, day, n, n words), source of the result
PROMISES = [
    (
        CALCULATOR, "Visits to the calculator, per council in six months", "visits", "0", "200", "2014-12-10",
        ("250", "200 to 300", "2015-12-08", 3, "councils"), SLIDES,
    ),
    (
        CALCULATOR, "Agreements, per council a month", "agreements", "1", "6", "2014-12-10",
        ("2", "", "2015-12-08", 3, "councils"), SLIDES,
    ),
    (
        WASTE, "Cost of changing supplier, per contract", "£", "45000", "15000", "2014-09-09",
        ("11200", "", "2015-11-30", 2, "contracts"), "",
    ),
]  # fmt: skip
# What four councils measured of the yearly saving that the case for waste promised: calls about missed bins.
SAVED_ON_WASTE = ("96400", "", "2015-11-30", 4, "councils")
WHY_FEW_AGREED = (
    "The council said in March 2016: 200 to 300 visits a council in six months led to two agreements a month, and a "
    "business case is hard to make."
)
# project, councils meant to use it, by when; planned on the day of its launch
PLANS = [(CALCULATOR, 30, "2015-12-31"), (WASTE, 12, "2015-12-31")]


def build() -> None:
    for row in PROMISES:
        _promise(*row)
    _measure(Benefit.objects.get(business_case__project__title=WASTE), SAVED_ON_WASTE, "")
    with clock.at(moment("2016-03-15")):
        agreements = Benefit.objects.get(project__title=CALCULATOR, unit="agreements")
        operations.explain_promise(agreements, explanation=WHY_FEW_AGREED, by=_of_lead(agreements))
    for title, councils, by_day in PLANS:
        project = Project.objects.get(title=title)
        with clock.at(moment(project.launched_on.isoformat())):
            operations.plan_take_up(
                project,
                councils=councils,
                by_day=moment(by_day).date(),
                by=person("facilitator"),
                is_illustrative=True,
            )


def build_today() -> None:
    """A promise of Harlow's that it missed and has not explained, and one of Bristol's that waits to be checked.

    Of Harlow's one measurement was turned down.
    """
    adoption = Adoption.objects.get(asset__name=WASTE, council=council("Harlow"))
    with clock.at(days(-400)):
        missed = operations.claim_benefit(
            adoption=adoption,
            title="Calls about missed bins, a month",
            unit="calls",
            better=Benefit.Better.LOWER,
            baseline=Decimal(410),
            baseline_on=clock.today(),
            claimed=Decimal(250),
            claimed_in="Harlow’s plan for waste",
            claimed_on=clock.today(),
            due_on=months_after(clock.today(), 12),
            by=person("lead"),
            is_illustrative=True,
        )
    _measure(missed, ("352", "", days(-200).date().isoformat(), 6, "months"), "", by=colleague(adoption.council))
    _measure(missed, ("318", "", days(-30).date().isoformat(), 12, "months"), "", by=colleague(adoption.council))
    with clock.at(days(-100)):
        doubtful = operations.report_measurement(
            missed,
            value=Decimal(120),
            measured_on=clock.today(),
            n=1,
            n_words="months",
            by=person("officer"),
            is_illustrative=True,
        )
        because = "One month is too short, and it was the quiet one of the year. Measure at least half a year."
        operations.turn_down_measurement(doubtful, because=because, by=person("analyst"))
    project = Project.objects.filter(lead_council=council("Bristol"), case_accepted_on__isnull=False).first()
    assert project is not None, "The board of today accepts a case of Bristol's."
    with clock.at(days(-150)):
        waiting = operations.claim_benefit(
            project=project,
            title="Renewals that still need papers, in a hundred",
            unit="renewals",
            better=Benefit.Better.LOWER,
            baseline=Decimal(100),
            baseline_on=clock.today(),
            claimed=Decimal(10),
            claimed_in="Plan for the first half year",
            claimed_on=clock.today(),
            by=person("facilitator"),
            is_illustrative=True,
        )
    with clock.at(days(-3)):
        operations.report_measurement(
            waiting,
            value=Decimal(22),
            measured_on=clock.today(),
            n=640,
            n_words="renewals",
            by=colleague(project.lead_council),
            is_illustrative=True,
        )


def _promise(project_title, title, unit, before, claimed, day, measured, source) -> None:
    project = Project.objects.get(title=project_title)
    with clock.at(moment(day)):
        benefit = operations.claim_benefit(
            project=project,
            title=title,
            unit=unit,
            baseline=Decimal(before) if before else None,
            claimed=Decimal(claimed),
            claimed_in=PLAN,
            claimed_on=clock.today(),
            by=person("facilitator"),
            is_illustrative=True,
        )
    _measure(benefit, measured, source)


def _measure(benefit: Benefit, measured: tuple, source: str, *, by: User | None = None) -> None:
    """What was measured, reported by the council that promised it and checked by the analyst."""
    value, words, on, n, n_words = measured
    with clock.at(moment(on)):
        reported = operations.report_measurement(
            benefit,
            value=Decimal(value),
            value_words=words,
            measured_on=clock.today(),
            n=n,
            n_words=n_words,
            source=source,
            is_illustrative=not source,
            by=by or _of_lead(benefit),
        )
        operations.check_measurement(reported, by=person("analyst"))


def _of_lead(benefit: Benefit) -> User:
    return colleague(benefit.council) if benefit.council else person("facilitator")
