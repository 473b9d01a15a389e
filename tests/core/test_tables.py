"""Tables that go out: CSV or a spreadsheet, saying what they are, without a formula, streamed where they are long."""

import csv
import datetime as dt
import io
import re
import threading
import warnings
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.signals import request_finished
from django.http import QueryDict
from django.test import RequestFactory
from openpyxl import load_workbook

from accounts.lists import PEOPLE
from core import clock, tables
from core.tables import MADE_UP, Table, csv_cell, made_up_cell, table_response, wants_table
from tests.factories.voting import BallotFactory

HEAD = 4  # lines above the columns
FORMULAS = [
    "=1+1", "+1+1|x", "-2+3", "@SUM(A1)", "\t=1", "\0=1", "\ufeff=1", " =1", "＝1+1", "|calc", ";x", "%0a",
    '=HYPERLINK("https://evil.example","Bins")', "+1_0", "-inf", "-٣", "+44 20", "-1e5+A1", "-1\n",
]  # fmt: skip
# Soft hyphen, Mongolian and Hangul fillers, marks of direction, a no-break space, a joiner, a tag, an unused one.
UNSEEN = "\u00ad\u180e\u202a\u202e\u2066\u2069\u3164\u115f\u1160\uffa0\u2800\u00a0\u034f\u2028\U000e0041\ufff0\u200b"


def table(rows, columns=("Title", "Number")):
    return Table(name="needs", title="Needs", columns=columns, rows=rows, filters="kind: district")


def response(rows, form="csv", **more):
    return table_response(RequestFactory().get(f"/?format={form}"), table(rows, **more))


def sheet(rows, **more):
    """The rows below the head of a spreadsheet, the columns' names first, as cells."""
    answer = response(rows, "xlsx", **more)
    content = answer.getvalue() if answer.streaming else answer.content
    return list(load_workbook(io.BytesIO(content)).active.rows)


def cells(*values):
    """One row of a spreadsheet, read again."""
    return sheet([values], columns=[f"Column {number}" for number in range(len(values))])[-1]


@pytest.fixture
def short_chunks(monkeypatch):
    monkeypatch.setattr(tables, "CHUNK", 2)


# No formula


@pytest.mark.parametrize("payload", FORMULAS)
def test_no_cell_of_a_csv_is_a_formula(payload):
    assert csv_cell(payload).startswith("'")


@pytest.mark.parametrize("unseen", [*UNSEEN, UNSEEN], ids=ascii)
def test_nothing_unseen_before_the_sign_hides_a_formula(unseen):
    assert csv_cell(f"{unseen}=1+1").startswith("'")
    assert csv_cell(f"{unseen}Bins") == f"{unseen}Bins"


def test_no_heading_and_no_row_of_a_csv_is_a_formula():
    answer = response([["Bins", "=1+1"]], columns=["=A", "B"])
    *_, heading, row = answer.content.decode().splitlines()

    assert (heading, row) == ("'=A,B", "Bins,'=1+1")


def test_no_cell_of_a_spreadsheet_is_a_formula_nor_becomes_one_when_somebody_edits_it():
    found = cells(*FORMULAS)

    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.quotePrefix for cell in found)
    assert found[0].value == "=1+1"


def test_no_heading_and_no_line_of_the_head_of_a_spreadsheet_is_a_formula():
    made = Table(name="x", title="=1+1", columns=["=A"], rows=[], filters="=2")
    answer = table_response(RequestFactory().get("/?format=xlsx"), made)

    rows = list(load_workbook(io.BytesIO(answer.content)).active.rows)

    assert [(row[0].value, row[0].data_type) for row in (rows[0], rows[-1])] == [("=1+1", "s"), ("=A", "s")]


def test_what_openpyxl_takes_for_an_error_is_a_text():
    assert cells("#N/A", "#REF!")[0].data_type == "s"


# What a cell holds


@pytest.mark.parametrize(
    ("value", "text"), [(-3, "-3"), ("-3.5", "-3.5"), (-1e-7, "-1e-07"), (None, ""), ("Harlow", "Harlow")]
)
def test_numbers_and_words_stay_as_they_are_in_a_csv(value, text):
    assert csv_cell(value) == text


def test_a_moment_is_said_in_london():
    moment = dt.datetime(2014, 7, 9, 9, 30, 5, tzinfo=dt.UTC)

    assert csv_cell(moment) == "2014-07-09T10:30:05+01:00"
    assert cells(moment)[0].value == dt.datetime(2014, 7, 9, 10, 30, 5)
    with clock.at(moment):
        assert table([]).head[2] == "As at: 2014-07-09 10:30 BST"


def test_numbers_and_days_of_a_spreadsheet_stay_numbers_and_days():
    number, money, day, nothing, text, open_ = cells(3, Decimal("2.50"), dt.date(2014, 7, 9), None, "12", True)

    assert (number.value, money.value, nothing.value, text.value, open_.value) == (3, 2.5, None, "12", True)
    assert day.is_date
    assert day.value.date() == dt.date(2014, 7, 9)


def test_what_a_spreadsheet_has_no_number_for_is_a_text():
    values = [cell.value for cell in cells(dt.date(1889, 4, 1), float("nan"), SimpleNamespace())]

    assert values == ["1889-04-01", "nan", "namespace()"]


def test_what_a_spreadsheet_cannot_hold_is_left_out():
    value, long, wide = (cell.value for cell in cells("a\x00\x0bb\ufffe\n", "x" * 40_000, "🗑" * 20_000))

    assert value == "ab\n"
    assert len(long) == 32_767
    assert wide == "🗑" * 16_383  # each takes two places


# What a file says of itself


def test_a_csv_says_what_it_is():
    lines = response([["Bins", 1]]).content.decode("utf-8-sig").splitlines()

    assert lines[:2] == ["# Needs", "# Filters: kind: district"]
    assert lines[2].startswith("# As at: ")
    assert lines[3] == "# Licence: Open Government Licence v3.0"
    assert lines[HEAD:] == ["Title,Number", "Bins,1"]


def test_a_spreadsheet_says_the_same():
    rows = [[cell.value for cell in row] for row in sheet([["Bins", 1]])]

    assert [row[0] for row in rows[:2]] == ["Needs", "Filters: kind: district"]
    assert rows[2][0].startswith("As at: ")
    assert rows[3][0] == "Licence: Open Government Licence v3.0"
    assert rows[HEAD:] == [["Title", "Number"], ["Bins", 1]]


def test_each_format_has_its_name_and_type():
    for form, kind in (("csv", "text/csv; charset=utf-8"), ("xlsx", "application/vnd.openxmlformats-officedocument")):
        answer = response([], form)
        assert answer["Content-Type"].startswith(kind)
        assert answer["Content-Disposition"] == f'attachment; filename="needs.{form}"'


@pytest.mark.parametrize("form", ["pdf", "CSV", "xls", "", "%00", "csv&format=pdf"])
def test_a_format_that_there_is_not_asks_for_the_page(form):
    assert not wants_table(RequestFactory().get(f"/?format={form}"))


def test_made_up_is_said_of_all_that_a_row_tells():
    made_up, sourced = (SimpleNamespace(is_illustrative=True, source=source) for source in ("", "A report"))
    real = SimpleNamespace(is_illustrative=False, source="A report")

    assert [made_up_cell(record) for record in (made_up, sourced, real)] == ["yes", "in part", "no"]
    assert made_up_cell() == made_up_cell(real, real) == "no"
    assert made_up_cell(made_up, made_up) == "yes"
    assert made_up_cell(made_up, real) == made_up_cell(made_up, sourced) == "in part"


# Long ones


def written(answer):
    content = answer.getvalue() if answer.streaming else answer.content
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[HEAD:]


@pytest.mark.parametrize(("rows", "streams"), [(0, False), (1, False), (2, False), (3, True), (5, True)])
def test_a_table_of_one_chunk_is_answered_whole_and_a_longer_one_streams(short_chunks, rows, streams):
    given = [[f"Need {number}", str(number)] for number in range(rows)]

    answer = response(given)

    assert answer.streaming is streams
    assert written(answer) == [["Title", "Number"], *given]


def test_a_long_csv_is_made_while_it_is_sent_and_no_further_than_it_is_read(short_chunks, monkeypatch):
    monkeypatch.setattr(request_finished, "send", lambda **sender: None)
    made = []

    def rows():
        try:
            for number in range(100):
                made.append(number)
                yield ["Need", number]
        finally:
            made.append("closed")

    answer = response(rows())
    assert len(made) == 4  # two chunks, to see whether there is a second
    parts = iter(answer)
    for _ in range(3):
        next(parts)
    assert len(made) == 6

    answer.close()

    assert made[-1] == "closed"


def test_a_long_spreadsheet_is_sent_in_parts(monkeypatch):
    from core import spreadsheets

    monkeypatch.setattr(spreadsheets, "PART", 1000)
    answer = response([["Need", number] for number in range(50)], "xlsx")

    assert answer.streaming
    assert [row[1].value for row in load_workbook(io.BytesIO(answer.getvalue())).active.rows][HEAD + 1 :] == [
        *range(50)
    ]


async def test_served_over_asgi_a_long_table_is_made_part_by_part_beside_the_loop_and_without_a_warning(short_chunks):
    makers = []

    def rows():
        for number in range(6):
            makers.append(threading.current_thread())
            yield ["Need", number]

    answer = response(rows())  # which makes the first two parts of three, to see whether it is long
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parts = aiter(answer)
        sent = [await anext(parts), await anext(parts)]
        made_by_then = len(makers)
        sent += [part async for part in parts]

    assert made_by_then == 4
    assert b"".join(sent).decode().count("Need,") == 6
    assert threading.current_thread() not in makers[4:]


# Every table of the site

OF_RECORDS = (
    "/needs/", "/discoveries/", "/projects/", "/events/", "/votes/", "/assets/", "/board/", "/board/decisions/",
    "/board/promises/", "/figures/", "/case-studies/", "/search/?q=bins",
)  # fmt: skip
OF_NOTHING_MADE_UP = ("/councils/", "/people/", "/audit/")


def test_every_table_comes_in_both_formats_and_says_in_one_column_what_is_made_up(signed_in, root_user):
    reader, vote = signed_in(root_user), BallotFactory(open=True, shows_tally=True).get_absolute_url()
    wrong = {}
    for address in (*OF_RECORDS, f"{vote}results/", f"{vote}record/", *OF_NOTHING_MADE_UP):
        whole = f"{address}{'&' if '?' in address else '?'}format="
        names, *rows = written(reader.get(f"{whole}csv"))
        assert not {"True", "False"} & {cell for row in rows for cell in row}, address
        book = load_workbook(io.BytesIO(reader.get(f"{whole}xlsx").content))
        marks = [name for name in names if "llustrative" in name]
        in_both = [cell.value for cell in list(book.active.rows)[HEAD]] == names
        if not in_both or marks != ([] if address in OF_NOTHING_MADE_UP else [MADE_UP]):
            wrong[address] = names

    assert wrong == {}


def test_no_other_module_writes_a_table():
    ours = settings.BASE_DIR
    folders = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == ours]
    sources = [path for folder in folders for path in folder.rglob("*.py")]
    ways = re.compile(r"csv\.(Dict)?[Ww]riter|text/csv|import openpyxl|from openpyxl")

    found = {str(path.relative_to(ours)) for path in sources if ways.search(path.read_text())}

    # The record of a vote on a budget has a file in a format of others, for programs that count it.
    assert found == {"core/tables.py", "core/spreadsheets.py", "voting/record/views.py"}


def test_a_file_that_names_people_gives_no_licence_and_says_so():
    table = Table(name="people", title="People", columns=["Person"], rows=[["Ada"]], is_personal=True)

    assert table.head[3] == "Personal data: not to be passed on or published. No licence is given."
    assert not any("Licence" in line for line in table.head)
    assert PEOPLE.table(AnonymousUser(), PEOPLE.read(QueryDict())).is_personal
