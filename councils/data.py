"""All data of a council as one file: each app adds its tables, in `AppConfig.ready()`:

    data.register(data.of_list(NEEDS, lambda councils: Q(council__in=councils)))

A table holds what its reader may see: everybody what is public, the council's own people also their drafts. It tells of
the council and of those that it took over from, and names nobody.
"""

import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import IO, Any

from django.db.models import Q

from accounts.models import AnyUser
from core.listing import Listing, ListQuery
from core.tables import MADE_UP, Table, made_up_cell, written_as_csv
from councils.lists import COUNCILS
from councils.models import Organisation
from councils.permissions import visible_systems

# The table of one council, for one reader.
CouncilTable = Callable[[Organisation, AnyUser], Table]

_tables: list[CouncilTable] = []


def register(*tables: CouncilTable) -> None:
    """Add tables to what is downloaded of a council; registering again has no effect."""
    _tables.extend(each for each in tables if each not in _tables)


def of_list(listing: Listing, own: Callable[[tuple[int, ...]], Q]) -> CouncilTable:
    """The table of a list, with the rows that are of the councils of these keys: the same columns as its own file."""
    assert not listing.is_personal, "what is downloaded of a council names nobody"

    def table(council: Organisation, user: AnyUser) -> Table:
        def rows(reader: Any, asked: ListQuery) -> Any:
            of_council = listing.rows(reader, asked).model._default_manager.filter(own(council.lineage))
            return listing.rows(reader, asked).filter(pk__in=of_council.values("pk"))

        return replace(listing, rows=rows).table(user, ListQuery())

    return table


def systems_of_council(council: Organisation, user: AnyUser) -> Table:
    """What a council says it runs; to its own people also what waits for its lead."""
    found = visible_systems(user).filter(council__in=council.lineage).select_related("council", "service")
    return Table(
        name="systems",
        title="What councils run, as they say themselves",
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
    listing = replace(COUNCILS, rows=lambda reader, asked: Organisation.objects.filter(pk__in=council.lineage))
    return listing.table(user, ListQuery())


def packed(council: Organisation, user: AnyUser) -> IO[bytes]:
    """The file: a ZIP with each table as a CSV, open at its start."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for make in _tables:
            table = make(council, user)
            table = replace(table, filters=f"of {council.official_name} and the councils that it took over from")
            archive.writestr(f"{table.name}.csv", written_as_csv(table))
    file.seek(0)
    return file
