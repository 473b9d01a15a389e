"""The kinds of organisation, the tiers of English councils, and the nations and regions that councils lie in."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

# A council outside England has its nation as its region.
REGIONS = (
    "East Midlands",
    "East of England",
    "London",
    "North East",
    "North West",
    "South East",
    "South West",
    "West Midlands",
    "Yorkshire and The Humber",
    "Scotland",
    "Wales",
    "Northern Ireland",
)
NATIONS = ("England", *REGIONS[-3:])


class Kind(models.TextChoices):
    """What an organisation is. The first nine are councils."""

    COUNTY = "county", "County"
    DISTRICT = "district", "District"
    UNITARY = "unitary", "Unitary"
    METROPOLITAN = "metropolitan", "Metropolitan district"
    LONDON = "london_borough", "London borough"
    CITY = "city_corporation", "City corporation"
    SCOTTISH = "scottish", "Scottish council"
    WELSH = "welsh", "Welsh council"
    NORTHERN_IRISH = "northern_irish", "Northern Irish council"
    DEPARTMENT = "department", "Government department"
    ASSOCIATION = "association", "Association"
    PROFESSIONAL_BODY = "professional_body", "Professional body"
    SUPPLIER = "supplier", "Supplier"
    OTHER = "other", "Other organisation"


COUNCIL_KINDS = (
    Kind.COUNTY,
    Kind.DISTRICT,
    Kind.UNITARY,
    Kind.METROPOLITAN,
    Kind.LONDON,
    Kind.CITY,
    Kind.SCOTTISH,
    Kind.WELSH,
    Kind.NORTHERN_IRISH,
)
COUNCIL_CHOICES = [(kind.value, str(kind.label)) for kind in COUNCIL_KINDS]


def in_words(kind: str) -> str:
    """A kind as within a sentence: district, London borough, Welsh council."""
    named = {Kind.LONDON, Kind.SCOTTISH, Kind.WELSH, Kind.NORTHERN_IRISH}
    label = str(Kind(kind).label)
    return label if kind in named else label.lower()


def many_in_words(kind: str) -> str:
    """The plural of a kind within a sentence: districts, counties, Welsh councils."""
    word = in_words(kind)
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


class Tier(models.TextChoices):
    """Which councils provide a service, in England."""

    ALL = "all", "All councils"
    UPPER = "county/unitary", "Counties and single-tier councils"
    LOWER = "district/unitary", "Districts and single-tier councils"
    COUNTY = "county", "Counties only"
    DISTRICT = "district", "Districts only"


# Single-tier councils do what a county and a district do elsewhere.
SINGLE_TIER = (Kind.UNITARY, Kind.METROPOLITAN, Kind.LONDON, Kind.CITY)
KINDS_OF_TIER: dict[str, tuple[Kind, ...]] = {
    Tier.ALL: (Kind.COUNTY, Kind.DISTRICT, *SINGLE_TIER),
    Tier.UPPER: (Kind.COUNTY, *SINGLE_TIER),
    Tier.LOWER: (Kind.DISTRICT, *SINGLE_TIER),
    Tier.COUNTY: (Kind.COUNTY,),
    Tier.DISTRICT: (Kind.DISTRICT,),
}
ENGLISH_KINDS = KINDS_OF_TIER[Tier.ALL]


def provides(kind: str, tier: str) -> bool:
    """Whether councils of a kind provide services of `tier`; outside England every council provides them all."""
    return kind in KINDS_OF_TIER[tier] or kind not in ENGLISH_KINDS


def provided(kind: str, tier: str) -> Q:
    """The same as a condition on rows: `kind` and `tier` name the columns that hold them."""
    in_england = (Q(**{tier: each, f"{kind}__in": kinds}) for each, kinds in KINDS_OF_TIER.items())
    return reduce(or_, in_england, ~Q(**{f"{kind}__in": ENGLISH_KINDS}))
