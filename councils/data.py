"""All data of a council as one file: each app adds its tables, in `AppConfig.ready()`:

    data.register(data.of_list(NEEDS, "Needs that it raised", lambda councils: Q(council__in=councils)))

A table holds what its reader may see: everybody what is public, the council's own people also their drafts. It tells of
the council and of those that it took over whole, and names nobody. A README.txt says what each file holds.
"""

import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import IO, Any

from django.conf import settings
from django.db.models import Q

from accounts.models import AnyUser
from core import clock
from core.listing import Listing, ListQuery
from core.tables import LICENCE, MADE_UP, Table, made_up_cell, written_as_csv
from core.words import day_in_words, series
from councils.lists import COUNCILS
from councils.models import Organisation
from councils.permissions import organisations_of, visible_systems

# The table of one council, for one reader.
CouncilTable = Callable[[Organisation, AnyUser], Table]

_tables: list[CouncilTable] = []


def register(*tables: CouncilTable) -> None:
    """Add tables to what is downloaded of a council; registering again has no effect."""
    _tables.extend(each for each in tables if each not in _tables)


def of_list(listing: Listing, title: str, own: Callable[[tuple[int, ...]], Q]) -> CouncilTable:
    """The table of a list, with the rows that are of the councils of these keys: the same columns as its own file.

    `title` says what it holds of a council, in the words of the README.
    """
    assert not listing.is_personal, "what is downloaded of a council names nobody"

    def table(council: Organisation, user: AnyUser) -> Table:
        def rows(reader: Any, asked: ListQuery) -> Any:
            of_council = listing.rows(reader, asked).model._default_manager.filter(own(council.lineage))
            return listing.rows(reader, asked).filter(pk__in=of_council.values("pk"))

        return replace(listing, title=title, rows=rows).table(user, ListQuery())

    return table


def systems_of_council(council: Organisation, user: AnyUser) -> Table:
    """What a council says it runs; to its own people also what waits for its lead."""
    found = visible_systems(user).filter(council__in=council.lineage).select_related("council", "service")
    return Table(
        name="systems",
        title="Systems that it runs" + (", confirmed or not yet" if council in organisations_of(user) else ""),
        columns=("Council", "Product", "For", "Supplier", "Until", "Confirmed", MADE_UP),
        rows=[
            (
                each.council,
                each.product,
                each.purpose,
                each.supplier,
                each.until,
                "yes" if each.is_confirmed else "no",
                made_up_cell(each),
            )
            for each in found.order_by("council__name", "product", "pk")
        ],
    )


def the_council(council: Organisation, user: AnyUser) -> Table:
    """The council itself and those that it took over from, as in the directory's file."""
    listing = replace(
        COUNCILS,
        title="The council itself",
        rows=lambda reader, asked: Organisation.objects.filter(pk__in=council.lineage),
    )
    return listing.table(user, ListQuery())


def packed(council: Organisation, user: AnyUser) -> IO[bytes]:
    """The file: a ZIP with each table as a CSV and a README, open at its start."""
    of_whom = _of_whom(council)
    is_of_reader = council in organisations_of(user)
    inside = ", with what only its own people may see" if is_of_reader else ""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    tables = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for make in _tables:
            table = replace(make(council, user), filters=f"of {of_whom}{inside}")
            archive.writestr(f"{table.name}.csv", written_as_csv(table))
            tables.append(table)
        archive.writestr("README.txt", _read_me(council, of_whom, tables, is_of_reader=is_of_reader))
    file.seek(0)
    return file


def _of_whom(council: Organisation) -> str:
    """The council by name, with those that it took over whole where there are any."""
    before = Organisation.objects.filter(pk__in=council.lineage[1:]).order_by("official_name")
    if not (names := list(before.values_list("official_name", flat=True))):
        return council.official_name
    return f"{council.official_name} and of what it took over: {series(names)}"


def _read_me(council: Organisation, of_whom: str, tables: list[Table], *, is_of_reader: bool) -> str:
    """What each file holds, as at which day, under which licence, and what is left out; plain text for any editor."""
    width = max(len(table.name) for table in tables) + len(".csv")
    lines = [
        f"Data of {of_whom}",
        "",
        f"As at {day_in_words(clock.today())}, from {settings.BASE_URL}{council.get_absolute_url()}",
        f"Licence of what is public: {LICENCE}. Name the source: {settings.SITE_NAME}.",
        *(
            ["It also holds what only the council's own people may see: drafts, figures for comparison only, and"]
            + ["what its lead has not confirmed. Take that out before you pass it on."]
            if is_of_reader
            else []
        ),
        "",
        "The files",
        *(f"  {table.name + '.csv':<{width}}  {table.title}" for table in tables),
        "",
        "Each is a CSV in UTF-8. The lines at its top that begin with # say what it is and when it was made; the next",
        f"names the columns. “yes” or “in part” under {MADE_UP}: the row is made up to show how the portal works.",
        "A file without rows means that there is nothing of the kind.",
        "",
        "Left out",
        "  Names and addresses of people, and what they voted, answered or asked.",
        "  Uses of assets that a council does not let be listed, and drafts of other councils.",
        "  What a council did of which only a part was taken over: it stands with that council.",
        "",
    ]
    return "\r\n".join(lines)
