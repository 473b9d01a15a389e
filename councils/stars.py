"""Stars that Better Connected gave councils' websites: read from published tables, and shown on a council's page."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.errors import Refused
from core.numbers import whole_number
from core.words import counted, series
from councils.models import Organisation, StarsComparator, WebsiteStars
from councils.models.stars import MOST_STARS
from councils.register import Changes

STAR_COLUMNS = {"gss", "year", "stars", "source"}
COMPARATOR_COLUMNS = {"gss", "comparator", "source"}
FIRST_YEAR, LAST_YEAR = 1999, 2099
NOT_ON_RECORD = "not on record"


# Reading them ---------------------------------------------------------------------------------------------


def load_stars(rows: Iterable[dict[str, str]]) -> Changes:
    """Add and change the stars of councils by GSS code and year; every row is checked before any is written."""
    councils = _by_code()
    wanted: dict[tuple[int, int], tuple[int, str]] = {}
    for where, council, row in _each(rows, councils):
        year = whole_number(row["year"], most=LAST_YEAR)
        if not year or year < FIRST_YEAR:
            raise Refused(f"{where}: {row['year'][:40]!r} is no year from {FIRST_YEAR} on.")
        stars = whole_number(row["stars"], most=MOST_STARS)
        if not stars:
            raise Refused(f"{where}: {row['stars'][:40]!r} is no number of stars from 1 to {MOST_STARS}.")
        if (council.pk, year) in wanted:
            raise Refused(f"{where}: {council} stands in the file twice for {year}.")
        wanted[council.pk, year] = stars, row["source"]
    known = {(each.council_id, each.year): each for each in WebsiteStars.objects.filter(council__in=_keys(wanted))}
    names = {each.pk: each.official_name for each in councils.values()}
    changes = Changes()
    for (key, year), (stars, source) in wanted.items():
        line = known.get((key, year))
        if line and (line.stars, line.source) == (stars, source):
            continue
        (changes.changed if line else changes.added).append(f"{names[key]} {year}")
        line = line or WebsiteStars(council_id=key, year=year)
        line.stars, line.source = stars, source
        line.save()
    return changes


def load_comparators(rows: Iterable[dict[str, str]]) -> Changes:
    """Add whom a source compares councils with, both by GSS code; what stands already stays as it is."""
    councils = _by_code()
    wanted: dict[tuple[int, int], str] = {}
    for where, council, row in _each(rows, councils):
        other = councils.get(row["comparator"])
        if other is None:
            raise Refused(f"{where}: no council has the GSS code of the comparator.")
        if other == council:
            raise Refused(f"{where}: {council} is not compared with itself.")
        wanted[council.pk, other.pk] = row["source"]
    there = StarsComparator.objects.filter(council__in=_keys(wanted)).values_list("council", "comparator")
    new = wanted.keys() - set(there)
    names = {each.pk: each.official_name for each in councils.values()}
    changes = Changes()
    for council_key, comparator_key in sorted(new):
        source = wanted[council_key, comparator_key]
        StarsComparator.objects.create(council_id=council_key, comparator_id=comparator_key, source=source)
        changes.added.append(f"{names[council_key]} with {names[comparator_key]}")
    return changes


def _by_code() -> dict[str, Organisation]:
    return {each.gss_code: each for each in Organisation.objects.councils().exclude(gss_code="")}


def _each(
    rows: Iterable[dict[str, str]], councils: dict[str, Organisation]
) -> Iterable[tuple[str, Organisation, dict[str, str]]]:
    """Each row with where it stands and the council that it is about; its source is checked."""
    for number, row in enumerate(rows, start=1):
        where = f"Row {number} ({row['gss'] or 'no code'})"
        if (council := councils.get(row["gss"])) is None:
            raise Refused(f"{where}: no council has this GSS code.")
        if not 0 < len(row["source"]) <= 200:
            raise Refused(f"{where}: needs a source of at most 200 characters.")
        yield where, council, row


def _keys(wanted: Iterable[tuple[int, int]]) -> set[int]:
    return {council for council, _ in wanted}


# Showing them ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stars:
    """What a council's page says of its website's stars: a sentence, and the table beside its comparators."""

    sentence: str
    columns: list[object]
    rows: list[list[object]]
    sources: str


def stars_of(council: Organisation) -> Stars | None:
    """The stars of a council by year beside those of its comparators; None where none are on record."""
    others = list(StarsComparator.objects.filter(council=council).select_related("comparator"))
    compared = [each.comparator for each in others]
    by_council: dict[int, dict[int, WebsiteStars]] = {}
    for line in WebsiteStars.objects.filter(council__in=[council, *compared]):
        by_council.setdefault(line.council_id, {})[line.year] = line
    if not (own := by_council.get(council.pk)):
        return None
    years = sorted({year for lines in by_council.values() for year in lines})
    rows: list[list[object]] = [[council.full_name, *_cells(own, years)]]
    rows += [
        [(each.full_name, each.get_absolute_url()), *_cells(by_council.get(each.pk, {}), years)] for each in compared
    ]
    sources = dict.fromkeys([*(line.source for line in own.values()), *(each.source for each in others)])
    columns: list[object] = ["Council", *((str(year), "numeric") for year in years)]
    return Stars(_sentence(own), columns, rows, series(sources))


def _cells(lines: dict[int, WebsiteStars], years: list[int]) -> list[str]:
    return [f"{lines[year].stars} of {MOST_STARS}" if year in lines else NOT_ON_RECORD for year in years]


def _sentence(own: dict[int, WebsiteStars]) -> str:
    """The first and the last year, and the change between them in words."""
    first, last = own[min(own)], own[max(own)]
    if first == last:
        return f"{counted(last.stars, 'star')} of {MOST_STARS} in {last.year}."
    change = last.stars - first.stars
    more = f"{abs(change)} {'more' if change > 0 else 'fewer'}" if change else "as many as before"
    sign = f" ({'+' if change > 0 else '−'}{abs(change)})" if change else ""
    return f"{counted(first.stars, 'star')} of {MOST_STARS} in {first.year}, {last.stars} in {last.year}: {more}{sign}."
