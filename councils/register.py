"""Import of official lists from CSV tables. Rows are added, changed or ended, never deleted.

The functions take the model classes, so that a migration can hand in the historical ones.
"""

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from core.errors import Refused
from councils.kinds import NATIONS, REGIONS, Kind, Tier

REFERENCE = Path(__file__).parent / "reference"
KINDS = {
    "county": Kind.COUNTY,
    "district": Kind.DISTRICT,
    "unitary": Kind.UNITARY,
    "metropolitan": Kind.METROPOLITAN,
    "london borough": Kind.LONDON,
    "city corporation": Kind.CITY,
    "scottish": Kind.SCOTTISH,
    "welsh": Kind.WELSH,
    "northern irish": Kind.NORTHERN_IRISH,
}
COUNCIL_COLUMNS = {"name", "official_name", "type", "nation", "region", "gss", "start", "end", "successors", "domain"}
CODE_COLUMNS = {"code", "county"}  # which a list may have
SERVICE_COLUMNS = {"lgsl", "name", "providing_tier"}


@dataclass
class Changes:
    """The names of the rows that an import adds, changes and ends."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{len(self.added)} added, {len(self.changed)} changed, {len(self.ended)} ended"


def read_table(path: Path, columns: set[str], also: Iterable[str] = ()) -> list[dict[str, str]]:
    """The rows of a CSV with those columns, and of `also` those that it has; lines that begin with # are comments."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise Refused(f"{path} cannot be read: {problem}.") from problem
    reader = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    if missing := columns - set(reader.fieldnames or ()):
        raise Refused(f"{path} has no column {', '.join(sorted(missing))}.")
    kept = [*columns, *(name for name in also if name in (reader.fieldnames or ()))]
    return [{key: (row[key] or "").strip() for key in kept} for row in reader]


def _day(text: str, where: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(f"{where}: {text!r} is no date. Write it as 2023-03-31.") from None


def _council_values(row: dict[str, str]) -> dict[str, Any]:
    where = row["official_name"] or row["name"]
    if row["type"].lower() not in KINDS:
        raise Refused(f"{where}: {row['type']!r} is no type of council. The types are: {', '.join(KINDS)}.")
    starts_on, ends_on = _day(row["start"], where), _day(row["end"], where)
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused(f"{where}: ends before it begins.")
    if not 0 < len(row["name"]) <= 120 or not 0 < len(row["official_name"]) <= 160 or len(row["gss"]) > 9:
        raise Refused(f"{where!r}: needs a name, an official name and a code of at most 9 characters.")
    region = row["region"] or row["nation"]
    if row["nation"] not in NATIONS or region not in REGIONS:
        raise Refused(f"{where}: {row['nation']!r}, {region!r} is no nation and region. Regions: {', '.join(REGIONS)}.")
    return {
        "name": row["name"],
        "official_name": row["official_name"],
        "kind": KINDS[row["type"].lower()].value,
        "nation": row["nation"],
        "region": region,
        "gss_code": row["gss"],
        "starts_on": starts_on,
        "ends_on": ends_on,
    }


def _slugs(values: list[dict[str, Any]]) -> list[str]:
    """Slugs of the plain names; where two share one, the ended council adds its kind: north-yorkshire-county."""
    names = Counter(slugify(v["name"]) for v in values)
    return [
        f"{slug}-{slugify(v['kind'])}" if names[slug := slugify(v["name"])] > 1 and v["ends_on"] else slug
        for v in values
    ]


def load_councils(
    organisations: Any, domains: Any, rows: Iterable[dict[str, str]], *, most_ended: float = 1.0
) -> Changes:
    """Add, change and end councils as `rows` say; a council the list does not name stays as it is.

    A row is the council with its GSS code, else with its official name. Refuses a list that would end more
    than `most_ended` of the councils in force: such a list is more likely wrong than right.
    """
    rows = list(rows)
    values = [_council_values(row) for row in rows]
    known = list(organisations.objects.filter(kind__in=[kind.value for kind in KINDS.values()]))
    by_code = {o.gss_code: o for o in known if o.gss_code}
    by_name = {(o.official_name, o.kind): o for o in known}
    found = [by_code.get(v["gss_code"]) or by_name.get((v["official_name"], v["kind"])) for v in values]
    changes = Changes()
    for council, wanted in zip(found, values, strict=True):
        if council is None:
            changes.added.append(wanted["official_name"])
        elif wanted["ends_on"] and not council.ends_on:
            changes.ended.append(wanted["official_name"])
        elif any(getattr(council, name) != value for name, value in wanted.items()):
            changes.changed.append(wanted["official_name"])
    in_force = sum(1 for o in known if o.ends_on is None)
    if in_force and len(changes.ended) > most_ended * in_force:
        raise Refused(f"This list would end {len(changes.ended)} of {in_force} councils in force.")
    written = []
    for council, wanted, slug in zip(found, values, _slugs(values), strict=True):
        if council is None:
            council = organisations.objects.create(slug=slug, **wanted)
        elif any(getattr(council, name) != value for name, value in wanted.items()):
            _remember_name(council, wanted["name"])
            for name, value in wanted.items():
                if name != "ends_on" or value or not _was_reorganised(council):
                    setattr(council, name, value)
            council.save()
        written.append(council)
    _join_successors(written, rows)
    if any(CODE_COLUMNS & row.keys() for row in rows):
        said = {*changes.added, *changes.changed}
        changes.changed += [name for name in load_codes(organisations, rows) if name not in said]
    for council, row in zip(written, rows, strict=True):
        for domain in filter(None, (part.strip().lower() for part in row["domain"].split(";"))):
            domains.objects.get_or_create(domain=domain, organisation=council)
    return changes


def load_codes(organisations: Any, rows: Iterable[dict[str, str]]) -> list[str]:
    """Give councils their three-letter code and districts their county, where a row says so. Returns whose changed."""
    known = list(organisations.objects.filter(kind__in=[kind.value for kind in KINDS.values()]))
    by_name = {(each.official_name, each.kind): each for each in known}
    by_code = {each.gss_code: each for each in known if each.gss_code}
    counties = {each.name: each for each in known if each.kind == Kind.COUNTY}
    changed = []
    for row in rows:
        kind = KINDS[row["type"].lower()].value
        council = by_code.get(row["gss"]) or by_name.get((row["official_name"], kind))
        if council is None:
            continue
        code, county = row.get("code") or council.code, counties.get(row.get("county", "")) or council.county
        if row.get("county") and row["county"] not in counties:
            raise Refused(f"{row['official_name']}: the list has no county called {row['county']!r}.")
        if not (code == "" or (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper())):
            raise Refused(f"{row['official_name']}: {code!r} is no code of three letters.")
        if county is not None and kind != Kind.DISTRICT:
            raise Refused(f"{row['official_name']}: only a district lies in a county.")
        if (code, county) != (council.code, council.county):
            council.code, council.county = code, county
            council.save(update_fields=["code", "county"])
            changed.append(council.official_name)
    return changed


def _remember_name(council: Any, name: str) -> None:
    """Keep a renamed council's old name, by which people go on looking for it."""
    former = [part for part in getattr(council, "former_names", "").split(";") if part]
    if council.name not in {name, *former}:
        council.former_names = ";".join([*former, council.name])


def _was_reorganised(council: Any) -> bool:
    """Whether the secretariat has said how it ends, which a list that does not know of it leaves as it is."""
    return hasattr(council, "reorganisation")


def _join_successors(councils: list[Any], rows: list[dict[str, str]]) -> None:
    """Set successors: the council of the given name that begins after the other ends."""
    by_name: dict[str, list[Any]] = {}
    for council in councils:
        by_name.setdefault(council.name, []).append(council)
    for council, row in zip(councils, rows, strict=True):
        successors = []
        for name in filter(None, (part.strip() for part in row["successors"].split(";"))):
            later = [
                other
                for other in by_name.get(name, [])
                if other.pk != council.pk
                and (
                    len(by_name[name]) == 1
                    or (other.starts_on and council.ends_on and other.starts_on > council.ends_on)
                )
            ]
            if len(later) != 1:
                raise Refused(f"{council.official_name}: the list has no single successor called {name!r}.")
            successors.append(later[0])
        if successors:
            council.successors.set(successors)


def load_services(services: Any, rows: Iterable[dict[str, str]]) -> Changes:
    """Add and change services by their LGSL number."""
    known = {service.lgsl: service for service in services.objects.all()}
    taken = {service.slug for service in known.values()}
    changes = Changes()
    for row in rows:
        tier = row["providing_tier"].lower()
        if not row["lgsl"].isdecimal() or tier not in Tier.values:
            raise Refused(f"{row['name']}: needs an LGSL number and one of the tiers {', '.join(Tier.values)}.")
        wanted = {"name": row["name"], "providing_tier": tier}
        service = known.get(int(row["lgsl"]))
        if service is None:
            slug = slugify(row["name"])[:70]
            slug = f"{slug}-{row['lgsl']}" if slug in taken or not slug else slug
            taken.add(slug)
            known[int(row["lgsl"])] = services.objects.create(lgsl=int(row["lgsl"]), slug=slug, **wanted)
            changes.added.append(row["name"])
        elif any(getattr(service, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(service, name, value)
            service.save(update_fields=list(wanted))
            changes.changed.append(row["name"])
    return changes
