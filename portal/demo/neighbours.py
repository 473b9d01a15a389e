"""Districts near Harlow with the assets they use and the people who agreed to be contacts."""

from assets_registry.models import Asset
from core import clock
from councils.models import Membership
from councils.operations import put_name_down
from portal.demo.bodies import council
from portal.demo.campaign import moment
from portal.demo.people import colleague, person
from take_up import operations
from take_up.models import Adoption

LIVE, PILOTING = Adoption.Status.LIVE, Adoption.Status.PILOTING
# council, asset, status, day
ADOPTIONS = [
    ("Norwich", "Open standards clause for waste contracts", PILOTING, "2015-09-14"),
    ("Stevenage", "Outline business case on two pages", LIVE, "2015-03-09"),
    ("Stevenage", "Assisted digital policy", LIVE, "2015-06-22"),
    ("Broxbourne", "Discovery Day in a box", LIVE, "2015-05-18"),
]
NAMES_DOWN = ("lead", "officer", "county")


def build() -> None:
    for name, asset, status, day in ADOPTIONS:
        place = council(name)
        with clock.at(moment(day)):
            adoption = operations.declare_adoption(
                Asset.objects.get(name=asset),
                by=colleague(place),
                council=place,
                status=status,
                since=clock.today(),
                is_illustrative=True,
            )
            operations.confirm_adoption(adoption, by=colleague(place, Membership.Role.LEAD))
    for name in NAMES_DOWN:
        someone = person(name)
        for membership in someone.memberships.filter(state=Membership.State.CONFIRMED):
            put_name_down(membership, by=someone)
