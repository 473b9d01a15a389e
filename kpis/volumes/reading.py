"""A printed table of visits, read from its file; misprints of a kind we know are understood, and told."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.utils.text import slugify

from core.errors import Refused
from councils.register import read_table
from kpis.volumes.models import VisitCount

COLUMNS = {"place", "service area", "visit type", "% of total", "visits", "lgsl"}
MOST_ROWS = 1000
MOST_VISITS = 2_000_000_000
_GROUPS = re.compile(r"[0-9]{1,3}([.,][0-9]{3})*")
Type = VisitCount.Type
# The visit types as the paper prints them.
TYPES = {
    "make payment": Type.PAYMENT,
    "renew/reserve item": Type.RENEW,
    "make application": Type.APPLICATION,
    "make applications": Type.APPLICATION,
    "request service": Type.REQUEST,
    "report problem": Type.REPORT,
    "make booking": Type.BOOKING,
    "view an application": Type.VIEW,
}


@dataclass(frozen=True)
class PrintedRow:
    """One row of the table, as it is understood."""

    place: int
    area: str
    type: str
    share: Decimal
    visits: int
    printed_visits: str
    services: tuple[int, ...]

    @property
    def area_slug(self) -> str:
        return slugify(self.area.replace("/", " "))

    @property
    def misprint(self) -> str:
        """What is wrong with the number as printed, and how it is read; empty where nothing is."""
        return misprint_in(self.printed_visits, self.visits)


def misprint_in(printed: str, visits: int) -> str:
    """`11.055,088 in the source; read as 11,055,088`; empty where the number is printed as numbers are."""
    return f"{printed} in the source; read as {visits:,}" if "." in printed else ""


def read_visits(path: Path) -> list[PrintedRow]:
    """The rows of a file of visits; refuses it as a whole, with every fault, where one cannot be understood."""
    rows, faults = [], []
    table = read_table(path, COLUMNS)
    if not 0 < len(table) <= MOST_ROWS:
        raise Refused(f"{path.name} has {len(table)} rows; between 1 and {MOST_ROWS} can be read.")
    for number, row in enumerate(table, 1):
        try:
            rows.append(_read(row))
        except Refused as fault:
            faults.append(f"Row {number}: {fault}")
    places = [row.place for row in rows]
    faults += [f"Place {place} stands more than once." for place in sorted(set(places)) if places.count(place) > 1]
    if faults:
        raise Refused(" ".join(faults))
    return rows


def _read(row: dict[str, str]) -> PrintedRow:
    area, kind = row["service area"], row["visit type"]
    if not 0 < len(area) <= 60 or not slugify(area):
        raise Refused("the service area has no name, or one of more than 60 letters.")
    if kind.lower() not in TYPES:
        raise Refused(f"{kind!r} is no type of visit. The types are: {', '.join(TYPES)}.")
    visits = int(re.sub("[.,]", "", row["visits"])) if _GROUPS.fullmatch(row["visits"]) else MOST_VISITS + 1
    if visits > MOST_VISITS:
        raise Refused(f"{row['visits']!r} is no number of visits. Write it as 1,021,302.")
    return PrintedRow(
        place=_whole(row["place"], "a place"),
        area=area.capitalize(),
        type=TYPES[kind.lower()],
        share=_share(row["% of total"]),
        visits=visits,
        printed_visits=row["visits"],
        services=tuple(_whole(number, "an LGSL number") for number in row["lgsl"].split()),
    )


def _whole(text: str, what: str) -> int:
    if not re.fullmatch("[0-9]{1,4}", text):
        raise Refused(f"{text!r} is not {what}.")
    return int(text)


def _share(text: str) -> Decimal:
    try:
        share = Decimal(text)
    except InvalidOperation:
        share = Decimal("NaN")
    if not (share.is_finite() and 0 <= share <= 100):
        raise Refused(f"{text!r} is no share in per cent. Write it as 2.92.")
    return share
