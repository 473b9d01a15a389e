"""Made-up returns of services: fourteen councils report all four figures of parking permits for the end of 2014.

Luton’s story is the one of the pictures: it does not ask its users yet, and half of them give up before the end.
"""

import datetime as dt
import random
from collections.abc import Iterator

from core import clock
from core.months import months_after
from councils.models import Membership, Organisation, Service
from kpis.indicators.operations import choose_top_services, return_services
from kpis.indicators.quarters import last_day, last_ended, quarter_key
from kpis.indicators.queries import services_of
from portal.demo.bodies import council
from portal.demo.people import colleague

PERMITS = "parking-permits"
LATEST = dt.date(2014, 10, 1)
# Luton: cost, finished, on the web, begun on the web; a quarter each.
LUTON = [
    ("9520", "1700", "612", "1530"),
    ("8785", "1750", "713", "1660"),
    ("8190", "1800", "864", "1840"),
    ("7622", "1850", "1000", "2000"),
]
# Who reports all four, unitaries first, so that Luton has others of its kind beside it.
REPORT_ALL = (
    "Bedford", "Bracknell Forest", "Brighton and Hove", "Medway", "Milton Keynes", "Peterborough", "Plymouth",
    "Portsmouth", "Reading", "Southampton", "Swindon", "Thurrock", "Harlow", "Norwich",
)  # fmt: skip
FOR_COMPARISON = ("Exeter",)
# Districts that Harlow is compared with: some do not ask their users, more return for comparison only.
DO_NOT_ASK = ("Basildon", "Braintree", "Broxbourne", "Chelmsford", "Colchester", "Dacorum", "Ipswich", "Stevenage")
MORE_FOR_COMPARISON = (
    "Ashford", "Maidstone", "Cambridge", "Canterbury", "Cheltenham", "Gloucester", "Hastings", "Lincoln", "Oxford",
    "Watford", "Worcester",
)  # fmt: skip
MEASURED_OF_LUTON = 7
# Harlow’s reports of missed bins, of which its officer writes a case study: a year before, and the last that came.
MISSED_BINS = (
    {"cost": "9202", "completed": "2140", "completed_web": "792", "started_web": "1310"},
    {"cost": "6386", "completed": "2060", "completed_web": "1277", "started_web": "1640", "ratings": "214",
     "satisfied": "171"},
)  # fmt: skip


def build() -> None:
    """Choose the largest services of the councils, and return their figures quarter by quarter."""
    chance = random.Random(2014)
    for name in ("Luton", *REPORT_ALL, *FOR_COMPARISON):
        place = council(name)
        officer = colleague(place, Membership.Role.CONTRIBUTOR)
        with clock.at(dt.datetime(2014, 4, 7, 10)):
            top = _largest(place)
            choose_top_services(place, by=officer, services=top)
        for quarter, rows in _quarters(name, top, chance):
            with clock.at(dt.datetime.combine(last_day(quarter) + dt.timedelta(days=19), dt.time(10))):
                return_services(place, list(enumerate(rows, 2)), by=officer, is_illustrative=True)
    _correct_luton()
    _today(chance)
    _districts(chance)
    _missed_bins()


def _largest(place: Organisation) -> list[Service]:
    """Parking permits first, then others that such a council provides; twenty in all."""
    services = list(services_of(place).order_by("lgsl"))
    return sorted(services, key=lambda each: each.slug != PERMITS)[:20]


def _quarters(name: str, top: list[Service], chance: random.Random) -> Iterator[tuple[dt.date, list[dict[str, str]]]]:
    for place in range(4):
        quarter = months_after(LATEST, 3 * place - 9)
        key = {"quarter": quarter_key(quarter), "for_comparison_only": "yes" if name in FOR_COMPARISON else "no"}
        if name == "Luton":
            cost, completed, web, started = LUTON[place]
            # The last came in first with a slip, which version 2 puts right.
            given = {"cost": cost, "completed": completed, "completed_web": web, "started_web": started}
            if place == 3:
                given["cost"] = "7262"
            others = top[1:MEASURED_OF_LUTON]
        else:
            given, others = _made_up(chance, place), top[1:4]
        yield (
            quarter,
            [
                {"service": PERMITS, **key, **given},
                *({"service": each.slug, **key, **_made_up(chance, place)} for each in others),
            ],
        )


def _made_up(chance: random.Random, place: int) -> dict[str, str]:
    completed = chance.randrange(900, 4200)
    take_up = min(0.85, chance.uniform(0.28, 0.62) + 0.03 * place)
    web = round(completed * take_up)
    ratings = chance.randrange(24, 260)
    return {
        "cost": str(round(completed * chance.uniform(3.2, 7.4))),
        "completed": str(completed),
        "completed_web": str(web),
        "started_web": str(round(web / chance.uniform(0.46, 0.82))),
        "ratings": str(ratings),
        "satisfied": str(round(ratings * chance.uniform(0.58, 0.9))),
    }


def _districts(chance: random.Random) -> None:
    """Parking permits of more districts at the end of 2014, so that there is a median of them."""
    for name in (*DO_NOT_ASK, *MORE_FOR_COMPARISON):
        place, figures = council(name), _made_up(chance, 3)
        if name in DO_NOT_ASK:
            figures |= {"ratings": "", "satisfied": ""}
        only = "no" if name in DO_NOT_ASK else "yes"
        row = {"service": PERMITS, "quarter": quarter_key(LATEST), "for_comparison_only": only, **figures}
        officer = colleague(place, Membership.Role.CONTRIBUTOR)
        with clock.at(dt.datetime.combine(last_day(LATEST) + dt.timedelta(days=21), dt.time(10))):
            return_services(place, [(2, row)], by=officer, is_illustrative=True)


def _correct_luton() -> None:
    cost, completed, web, started = LUTON[-1]
    row = {
        "service": PERMITS, "quarter": quarter_key(LATEST), "cost": cost, "completed": completed,
        "completed_web": web, "started_web": started, "reason": "Two digits of the cost had changed places",
    }  # fmt: skip
    luton = council("Luton")
    with clock.at(dt.datetime(2015, 1, 19, 15)):
        officer = colleague(luton, Membership.Role.CONTRIBUTOR)
        return_services(luton, [(2, row)], by=officer, is_illustrative=True)


def _today(chance: random.Random) -> None:
    """Harlow’s figures of the quarter before the last, so that the last is due."""
    harlow = council("Harlow")
    quarter = quarter_key(months_after(last_ended(), -3))
    rows = [
        {"service": each.service.slug, "quarter": quarter, **_made_up(chance, 3)}
        for each in harlow.top_services.select_related("service")[:7]
    ]
    officer = colleague(harlow, Membership.Role.CONTRIBUTOR)
    return_services(harlow, list(enumerate(rows, 2)), by=officer, is_illustrative=True)


def _missed_bins() -> None:
    """What Harlow returned of household waste for the quarter before the last, and for the same a year before."""
    harlow, service = council("Harlow"), Service.objects.get(lgsl=524)
    officer = colleague(harlow, Membership.Role.CONTRIBUTOR)
    for months, figures in zip((-15, -3), MISSED_BINS, strict=True):
        quarter = months_after(last_ended(), months)
        row = {"service": service.slug, "quarter": quarter_key(quarter), **figures}
        with clock.at(dt.datetime.combine(last_day(quarter) + dt.timedelta(days=19), dt.time(10))):
            return_services(harlow, [(2, row)], by=officer, is_illustrative=True)
