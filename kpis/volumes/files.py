"""The top 20 as a file, and the dictionary that says what each of its columns means."""

from decimal import Decimal

from core.tables import MADE_UP, Table
from kpis.volumes.models import VisitCount
from kpis.volumes.queries import Visits

DICTIONARY = (
    ("Key", "The row's own key: year and place. Area and visit type do not tell rows apart: two are alike in both."),
    ("Year", "The year in which the visits were counted."),
    ("Place", "The place in the printed table, by visits."),
    ("Service area", "The area of council work."),
    ("Visit type", "What people came to do."),
    ("Visits", "Visits to council websites, as we read the printed number."),
    ("Visits as printed", "The same with the misprints of the source: three have a point where a comma is meant."),
    ("Share as printed", "Share of all visits in per cent, as the source prints it."),
    ("Share worked out", "Visits divided by the base, in per cent to two decimals."),
    ("Base", "All web visits, worked out: the visits of all rows divided by their shares. Not a number of contacts."),
    ("Source", "Who counted, and where it is printed."),
    (MADE_UP, "Whether the row is made up. None is."),
)


def file_of(found: Visits) -> Table:
    """Every row as printed, with its share worked out."""
    return Table(
        name="top-20-2012",
        title="The 20 largest council transactions on the web, 2012",
        columns=[name for name, _ in DICTIONARY],
        rows=[
            [
                count.key, count.year, count.position, count.area.name, count.get_type_display(), count.visits,
                count.printed_visits, count.printed_share, _share(found, count), found.base, count.source, "no",
            ]
            for count in found.counts
        ],
        filters="year: 2012",
    )  # fmt: skip


def _share(found: Visits, count: VisitCount) -> Decimal | None:
    """The visits of a row divided by the base, as a number in per cent."""
    return found.share(count.visits).value


def dictionary_of() -> Table:
    """What each column means, as a table of its own."""
    return Table(
        name="top-20-2012-dictionary",
        title="Data dictionary: the 20 largest council transactions on the web, 2012",
        columns=["Column", "What it means"],
        rows=DICTIONARY,
    )
