"""Tables as CSV: the same filters as the page, a header that says what it is, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse

from core import clock

LICENCE = "Open Government Licence v3.0"


def cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    if text.lstrip()[:1] in set("=+-@\t\r＝＋－＠；;|%") and not _is_number(text):
        return "'" + text
    return text.replace("\0", "")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def csv_response(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    filters: str = "none",
    name: str = "table",
) -> HttpResponse:
    """`rows` as a download whose first lines, marked `#`, give title, filters, moment and licence."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    for line in (
        title,
        f"Filters: {filters}",
        f"As at: {clock.now():%Y-%m-%d %H:%M %Z}",
        f"Licence: {LICENCE}",
    ):
        writer.writerow([f"# {line}"])
    writer.writerow([cell(column) for column in columns])
    writer.writerows([cell(value) for value in row] for row in rows)
    return response


def wants_csv(request: HttpRequest) -> bool:
    """Whether the rows are asked for as a file."""
    return request.GET.get("format") == "csv"
