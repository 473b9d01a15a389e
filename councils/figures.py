"""Import of figures about councils from a published table: population and rurality, each row with its source."""

import datetime as dt
from collections.abc import Iterable

from core.errors import Refused
from core.numbers import whole_number
from councils.models import CouncilFigures, Organisation
from councils.register import Changes

FIGURE_COLUMNS = {"gss", "population", "rurality", "source", "as_at"}
MOST_PEOPLE = 20_000_000


def load_figures(rows: Iterable[dict[str, str]]) -> Changes:
    """Add and change the figures of the councils whose GSS codes the rows name; every row is checked before any is
    written, and a council without a row keeps what it has.
    """
    councils = {each.gss_code: each for each in Organisation.objects.councils().exclude(gss_code="")}
    wanted: dict[int, dict] = {}
    for number, row in enumerate(rows, start=1):
        where = f"Row {number} ({row['gss'] or 'no code'})"
        if (council := councils.get(row["gss"])) is None:
            raise Refused(f"{where}: no council has this GSS code.")
        if council.pk in wanted:
            raise Refused(f"{where}: {council} stands in the file twice.")
        wanted[council.pk] = _values(row, where)
    names = {each.pk: each.official_name for each in councils.values()}
    known = {each.council_id: each for each in CouncilFigures.objects.filter(council__in=wanted)}
    changes = Changes()
    for key, values in wanted.items():
        figures = known.get(key) or CouncilFigures(council_id=key)
        is_new = figures.pk is None
        if not is_new and all(getattr(figures, name) == value for name, value in values.items()):
            continue
        for name, value in values.items():
            setattr(figures, name, value)
        figures.save()
        (changes.added if is_new else changes.changed).append(names[key])
    return changes


def _values(row: dict[str, str], where: str) -> dict[str, object]:
    population = whole_number(row["population"].replace(",", ""), most=MOST_PEOPLE) if row["population"] else None
    if row["population"] and not population:
        raise Refused(f"{where}: {row['population'][:40]!r} is no number of people.")
    if not row["population"] and not row["rurality"]:
        raise Refused(f"{where}: says neither the population nor the rurality.")
    if not 0 < len(row["source"]) <= 200:
        raise Refused(f"{where}: needs a source of at most 200 characters, such as the name of the published table.")
    if len(row["rurality"]) > 60:
        raise Refused(f"{where}: the rurality has more than 60 characters.")
    try:
        as_at = dt.date.fromisoformat(row["as_at"])
    except ValueError:
        raise Refused(f"{where}: {row['as_at'][:40]!r} is no date. Write it as 2023-06-30.") from None
    return {"population": population, "rurality": row["rurality"], "source": row["source"], "as_at": as_at}
