"""What the demo's assets say of their kind, their earlier versions, how they hang together, and two legacy entries.

All of it is illustrative.
"""

from typing import Any

from accounts.models import User
from assets_registry.details.operations import change_details
from assets_registry.legacy.operations import enter_legacy_asset
from assets_registry.links.operations import link_assets
from assets_registry.models import Asset, AssetLink
from assets_registry.versions.operations import add_version, change_version
from core import clock
from councils.models import Membership
from portal.demo.bodies import council
from portal.demo.campaign import moment
from portal.demo.people import colleague, person

DAY = "2015-06-02"  # after the last of them was published
DETAILS: dict[str, dict[str, Any]] = {
    "Deferred payment calculator": {"hosting": ["on_the_councils_own_servers", "in_the_cloud"]},
    "Waste standards and API": {
        "standing": "agreed",
        "steward": "The eleven councils and four suppliers that wrote it",
        "conformance_test": "https://code.example.org/luton/waste-standards-and-api/test",
    },
    "Missed bin reporter": {"hosting": ["on_the_councils_own_servers", "in_the_cloud"]},
    "What families ask about paying for care": {
        "method": ["interviews"],
        "participants": "22",
        "when": "Summer 2014",
        "may_be_shared": "yes",
    },
    "Outline business case on two pages": {"outcome": "approved", "year_of_figures": "2013 to 2014"},
    "Open standards clause for waste contracts": {
        "route": "Any, under English law",
        "value_band": "over_1m",
        "lawyer_checked_on": "2015-02-20",
    },
    "Prove it once": {"tested_with": "31", "accessibility_tested": "unknown"},
    "Discovery Day in a box": {
        "length": "A day",
        "training_format": ["in_a_room"],
        "level": "those_who_have_some_practice",
    },
    "Assisted digital policy": {"adopted_by": "Cabinet", "adopted_on": "2014-07-16", "review_on": "2016-07-31"},
}
DEMONSTRATIONS = {
    "Deferred payment calculator": "https://demo.example.org/deferred-payment-calculator",
    "Missed bin reporter": "https://demo.example.org/missed-bin-reporter",
}
# asset, version, day, notes; the version that the entry says already gets its notes
VERSIONS = [
    ("Waste standards and API", "1.0", "2014-10-06", "The first 33 names, and the calls for missed bins."),
    (
        "Waste standards and API", "1.1", "2014-12-01",
        "Bulky waste and collection days.\n\nWhoever answers the calls of 1.0 answers these too: nothing has gone.",
    ),
    ("Waste standards and API", "1.2", "2015-02-16", "“Bin not out” as a reason, as Norwich asked."),
    ("Deferred payment calculator", "1.1", "2015-03-23", "Rates, fees and thresholds moved into one file."),
    ("Deferred payment calculator", "1.2", "2015-06-01", "The letter that a social worker hands over."),
    ("Discovery Day in a box", "2", "2014-06-12", "Cards in eight to a sheet."),
]  # fmt: skip
LINKS = [
    ("Missed bin reporter", AssetLink.Relation.DEPENDS_ON, "Waste standards and API"),
    ("Open standards clause for waste contracts", AssetLink.Relation.PART_OF, "Waste standards and API"),
]
LEGACY = [
    {
        "owner": "Warwickshire",
        "name": "Street fault map",
        "kind": Asset.Kind.CODE,
        "summary": "Shows on a map which faults in a street have been reported, and by when they are put right.",
        "year": 2009,
    },
    {
        "owner": "Kent",
        "name": "Guide to forms on the web",
        "kind": Asset.Kind.DESIGN_PATTERN,
        "summary": "How to put a paper form on a website so that people can finish it.",
        "year": 2007,
    },
]
LIST = "Made-up list of projects funded before 2010"


def build() -> None:
    with clock.at(moment(DAY)):
        for name, answers in DETAILS.items():
            asset = Asset.objects.get(name=name)
            change_details(asset, by=_owner_of(asset), answers=answers, demonstration_url=DEMONSTRATIONS.get(name, ""))
        for row in VERSIONS:
            _version(*row)
        for name, relation, other in LINKS:
            asset = Asset.objects.get(name=name)
            link_assets(asset, by=_owner_of(asset), relation=relation, other=Asset.objects.get(name=other))
        for entry in LEGACY:
            said = {**entry, "owner": council(entry["owner"])}
            enter_legacy_asset(by=person("editor"), **said, source=LIST, is_illustrative=True)


def _version(name: str, version: str, day: str, notes: str) -> None:
    asset = Asset.objects.get(name=name)
    said = {"version": version, "released_on": moment(day).date(), "notes": notes}
    if row := asset.versions.select_related("asset").filter(version=version).first():
        change_version(row, by=_owner_of(asset), **said)
    else:
        add_version(asset, by=_owner_of(asset), **said)


def _owner_of(asset: Asset) -> User:
    return colleague(asset.owner, Membership.Role.PUBLISHER)
