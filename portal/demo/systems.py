"""What some councils run, as the demo's people say it; the products are made up."""

from accounts.models import User
from core import clock
from councils import systems
from councils.models import Membership, Organisation, Service
from portal.demo.bodies import council
from portal.demo.campaign import moment
from portal.demo.people import colleague, person

WASTE, TAX, PLANNING = "Household waste collection", "Council tax", "Planning register"
# council, product, service or what else it is for, supplier
SYSTEMS = [
    ("Harlow", "Roundsman", WASTE, "Kerbside Software"),
    ("Harlow", "Ledgerline", TAX, "Northmoor Systems"),
    ("Harlow", "Front Counter", "Customer records", "Counterpoint"),
    ("Norwich", "Roundsman", WASTE, "Kerbside Software"),
    ("Norwich", "Drawing Board", PLANNING, ""),
    ("Stevenage", "Roundsman 4", WASTE, "Kerbside Software Ltd"),
    ("Stevenage", "Ledgerline", TAX, "Northmoor Systems"),
    ("Broxbourne", "Binwise", WASTE, "Tidewell"),
    ("Luton", "Roundsman", WASTE, "Kerbside Software"),
    ("Luton", "Ledgerline", TAX, "Northmoor Systems"),
    ("Exeter", "Binwise", WASTE, "Tidewell"),
    ("Surrey", "Carepath", "Adult social care assessment", "Counterpoint"),
]
WAITS = ("Harlow", "Drawing Board", PLANNING, "")


def build() -> None:
    services = {service.name: service for service in Service.objects.all()}
    with clock.at(moment("2015-10-05")):
        for name, product, purpose, supplier in SYSTEMS:
            place = council(name)
            _declare(place, product, purpose, supplier, services, role=Membership.Role.LEAD)
        name, product, purpose, supplier = WAITS
        _declare(council(name), product, purpose, supplier, services, role=Membership.Role.CONTRIBUTOR)


def _declare(
    place: Organisation, product: str, purpose: str, supplier: str, services: dict[str, Service], *, role: str
) -> None:
    systems.declare_system(
        place,
        by=_somebody_of(place, role),
        product=product,
        service=services.get(purpose),
        used_for="" if purpose in services else purpose,
        supplier=supplier,
        is_illustrative=True,
    )


def _somebody_of(place: Organisation, role: str) -> User:
    """The demo's own people for Harlow, an officer of the programme elsewhere."""
    of_harlow = {Membership.Role.LEAD.value: "lead", Membership.Role.CONTRIBUTOR.value: "officer"}
    return person(of_harlow[role]) if place.slug == "harlow" else colleague(place, role)
