"""What serves which purpose, what departments mean for councils, and how councils assess themselves.

The purposes and the fifteen items come with their sources, and so do the stars of Surrey's website. Which record serves
which purpose, what departments' services mean for councils and how councils assess themselves is illustrative.
"""

import datetime as dt
import random

from assets_registry.models import Asset
from core import clock
from councils.models import Membership
from councils.stars import load_comparators, load_stars
from events.models import Event
from portal.demo.bodies import body, council, purposes
from portal.demo.people import SEED, colleague, person
from projects.models import Project, Purpose
from projects.portfolio.operations import tag_project
from steering import operations
from steering.framework import FLAG_SOURCE, KEYS
from steering.models import LocalImpact

STARS_SOURCE = "Socitm, Better Connected, as quoted in Local Government and Digital by Default, 2013"
STARS = {2012: "4", 2013: "2"}
COMPARATORS = ("East Sussex", "Kent", "West Sussex", "Hampshire")

_OF_KIND = {
    Event.Kind.DISCOVERY_DAY: ("Input into exemplar services", "Lasting two-way sharing"),
    Event.Kind.CO_DESIGN_DAY: ("Collaboration with partners", "Standards and APIs"),
    Event.Kind.WORKSHOP: ("Sharing good practice",),
    Event.Kind.CONFERENCE: ("Sharing good practice", "Amplify the best"),
    Event.Kind.THOUGHT_LEADERSHIP: ("Sector-wide leadership",),
    Event.Kind.DINNER_DEBATE: ("Sector-wide leadership", "Lasting two-way sharing"),
}
_OF_TITLE = {"Digital inclusion: nobody left out": ("Transition and assisted digital",)}
# project, purposes of the campaign, principles
_OF_PROJECT = [
    ("Waste standards and API", ("Standards and APIs",), ("Collaborate, share and re-use",)),
    ("Deferred payment calculator", ("Amplify the best",), ("Redesign services", "Innovate to empower")),
    ("Parking permits that renew themselves", ("Amplify the best",), ("Redesign services",)),
]
# council, the days on which it assessed itself, how far it is on the whole
_ASSESSED = [
    ("Surrey", ("2013-10-01", "2014-10-01"), 1.6),
    ("Harlow", ("2014-05-06", "2015-05-05"), 2.2),
    ("Luton", ("2014-11-04",), 2.6),
    ("Exeter", ("2014-12-02",), 2.0),
    ("Norwich", ("2015-02-03",), 1.8),
    ("Bristol", ("2015-03-03",), 2.9),
]
_PROVIDER, _PARTNER, _INNOVATOR = LocalImpact.Part.PROVIDER, LocalImpact.Part.PARTNER, LocalImpact.Part.INNOVATOR
_SOME, _STRONG, _NONE = LocalImpact.Level.SOME, LocalImpact.Level.STRONG, LocalImpact.Level.NONE
_IMPACTS = [
    ("HMRC", _PROVIDER, _SOME, "People bring letters about tax credits to council desks and ask what they mean."),
    ("HMRC", _PARTNER, _SOME, "Income that is known centrally is asked for again with free school meals."),
    ("Department for Transport", _PROVIDER, _STRONG, "Blue badges are checked by councils, with papers each time."),
    ("Department for Transport", _PARTNER, _STRONG, "Parking and permits need vehicle data that councils cannot ask."),
    ("DWP", _PROVIDER, _STRONG, "Housing benefit moves, and with it the people who ask at the council."),
    ("DWP", _PARTNER, _STRONG, "Whoever is entitled to one thing is mostly entitled to another: no shared check."),
    ("DWP", _INNOVATOR, _SOME, "Councils try out support for people who claim online for the first time."),
    ("Ministry of Justice", _PARTNER, _NONE, "No transaction was found that councils take part in."),
    ("BIS", _INNOVATOR, _SOME, "Small firms find council contracts where they are published as data."),
    ("Defra", _PROVIDER, _SOME, "Farms and food firms register with both."),
    ("Defra", _PARTNER, _SOME, "Waste carriers are checked against a central list."),
    ("Home Office", _PARTNER, _SOME, "Councils confirm addresses for visas by letter."),
]


def purposes_of_event(kind: str, title: str) -> list[Purpose]:
    return purposes(*_OF_KIND[Event.Kind(kind)], *_OF_TITLE.get(title, ()))


def purposes_of_asset(kind: str) -> list[Purpose]:
    is_shared_rule = kind in {Asset.Kind.STANDARD, Asset.Kind.API}
    return purposes("Sharing good practice", *(("Standards and APIs",) if is_shared_rule else ()))


def build() -> None:
    _load_stars()
    for title, *more in _OF_PROJECT:
        project = Project.objects.filter(title=title).first()
        if project:
            added = purposes(*(name for names in more for name in names))
            tag_project(project, by=person("secretariat"), purposes=[*project.purposes.all(), *added])
    _fill_impacts()
    for name, days, level in _ASSESSED:
        for number, day in enumerate(days):
            _assess(name, dt.date.fromisoformat(day), level + 0.6 * number)


def _load_stars() -> None:
    """The stars of Surrey, and whom the source compares it with: their own stars are not in it."""
    code = council("Surrey").gss_code
    load_stars(
        {"gss": code, "year": str(year), "stars": stars, "source": STARS_SOURCE} for year, stars in STARS.items()
    )
    load_comparators(
        {"gss": code, "comparator": council(name).gss_code, "source": STARS_SOURCE} for name in COMPARATORS
    )


def _fill_impacts() -> None:
    secretary = person("secretariat")
    with clock.at(dt.datetime(2013, 10, 1, 10)):
        first = "Councils ask for vehicle data by post."
        _fill("Department for Transport", _PARTNER, _SOME, first, secretary)
    with clock.at(dt.datetime(2014, 7, 1, 10)):
        for name, part, level, wording in _IMPACTS:
            _fill(name, part, level, wording, secretary)


def _fill(name: str, part: str, level: str, wording: str, secretary) -> None:
    operations.fill_impact(body(name), part=part, level=level, wording=wording, by=secretary, is_illustrative=True)


def _assess(name: str, day: dt.date, level: float) -> None:
    """Steps around the council's level, the same in every run."""
    place, chance = council(name), random.Random(f"{SEED}{name}{day}")
    steps = {key: max(0, min(4, round(level + chance.uniform(-1.2, 1.2)))) for key in KEYS}
    lead = person("lead") if name == "Harlow" else colleague(place, Membership.Role.LEAD)
    with clock.at(dt.datetime.combine(day, dt.time(11))):
        operations.assess_council(
            place, by=lead, assessed_on=day, source=f"Items: {FLAG_SOURCE}", is_illustrative=True, **steps
        )
