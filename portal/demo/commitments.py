"""What councils would do for assets, and what using them saved: all of it made up."""

from assets_registry.models import Asset
from core import clock
from councils.models import Membership
from portal.demo.bodies import council
from portal.demo.campaign import moment
from portal.demo.days import days
from portal.demo.people import colleague, person
from take_up import operations
from take_up.models import Adoption, Commitment

USE, PILOT, HELP = Commitment.Would.USE, Commitment.Would.PILOT, Commitment.Would.HELP
BINS, WASTE = "Missed bin reporter", "Waste standards and API"
# council, asset, what it would do, days of officer time, pounds, whether it may be named, days before today
COMMITMENTS = [
    ("Exeter", BINS, USE, 2, 0, True, 100),
    ("Norwich", BINS, PILOT, 5, 0, True, 72),
    ("Camden", BINS, USE, 0, 5000, True, 45),
    ("Luton", BINS, HELP, 3, 0, True, 30),
    ("Bristol", BINS, HELP, 0, 8000, False, 21),
    ("Cherwell", WASTE, USE, 4, 2500, True, 15),
]
# What six councils said of the waste standards: council, pounds that it avoided, days to put them in place
AVOIDED = [
    ("Harlow", 14000, 9),
    ("Luton", 21000, 14),
    ("Leeds", 46000, 22),
    ("Camden", 38500, 12),
    ("Bristol", 27000, 18),
    ("Exeter", 12500, 7),
]


def build() -> None:
    for name, pounds, took in AVOIDED:
        place = council(name)
        with clock.at(moment("2015-11-30")):
            adoption = operations.change_adoption(
                Adoption.objects.get(asset__name=WASTE, council=place),
                by=colleague(place),
                avoided_cost=pounds,
                officer_days=took,
            )
            operations.confirm_adoption(adoption, by=colleague(place, Membership.Role.LEAD))
    with clock.at(moment("2015-11-30")):
        operations.show_savings()
    for name, asset, would, officer_days, pounds, may_be_listed, ago in COMMITMENTS:
        place = council(name)
        with clock.at(days(-ago)):
            made = operations.commit_to_asset(
                Asset.objects.get(name=asset),
                by=colleague(place),
                council=place,
                would=would,
                officer_days=officer_days,
                co_fund=pounds,
                may_be_listed=may_be_listed,
                is_illustrative=True,
            )
            operations.confirm_commitment(made, by=colleague(place, Membership.Role.LEAD))
    _harlow()


def _harlow() -> None:
    """One that runs out in some days, and one that waits for its lead."""
    officer, harlow = person("officer"), council("Harlow")
    words = {"by": officer, "council": harlow, "is_illustrative": True}
    with clock.at(days(-172)):
        soon_over = operations.commit_to_asset(
            Asset.objects.get(name="Assisted digital policy"), would=USE, officer_days=2, **words
        )
        operations.confirm_commitment(soon_over, by=person("lead"))
    with clock.at(days(-2)):
        operations.commit_to_asset(Asset.objects.get(name="Prove it once"), would=PILOT, officer_days=3, **words)
