"""Files of a survey, read and checked whole before anything is written. docs/survey-files.md describes them."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from core.figures import Share
from core.words import series
from surveys.waves.models import AskedTable, Basis, Continuity, CouncilType, Measure, PrintedCell
from surveys.waves.places import FilePlace

TABLES = "tables.json"
NUMBER = re.compile(r"-?[0-9]{1,11}(\.[0-9]{1,4})?")
STATES = {str(label).lower(): value for value, label in PrintedCell.State.choices if value != "printed"}


# Tables, which all waves share ----------------------------------------------------------------------------------


@dataclass
class TableRead:
    """A table with its measures and rows, each as the values of its fields."""

    fields: dict[str, Any]
    has_skills: bool
    measures: dict[str, dict[str, Any]]
    rows: dict[str, dict[str, Any]]

    @property
    def headline(self) -> str:
        return next((key for key, measure in self.measures.items() if measure["is_headline"]), "")


def read_tables(place: FilePlace) -> dict[str, TableRead]:
    """The tables of a file by their slug, in order."""
    place.names("tables")
    found = {}
    for position, each in enumerate(place.under("tables").entries(), start=1):
        each.names("slug", "title", "row_noun", "is_ranked", "has_skills", "measures", "rows")
        slug = each.under("slug").key()
        if slug in found:
            each.wrong(f"{slug} stands in the file twice.")
        fields = {
            "slug": slug,
            "title": each.under("title").text(120),
            "row_noun": each.under("row_noun").text(40),
            "is_ranked": each.under("is_ranked").flag(),
            "position": position,
        }
        measures = _by_key(each.under("measures"), _measure)
        rows = _by_key(each.under("rows"), _row)
        table = TableRead(fields, each.under("has_skills").flag(), measures, rows)
        if sum(measure["is_headline"] for measure in measures.values()) != 1:
            each.wrong("needs exactly one measure that is the headline.")
        found[slug] = table
    return found


def _by_key(place: FilePlace, reader: Any) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for position, each in enumerate(place.entries(), start=1):
        key = each.under("key").key()
        if key in found:
            each.wrong(f"{key} stands there twice.")
        found[key] = {"key": key, "position": position, **reader(each)}
    return found


def _measure(place: FilePlace) -> dict[str, Any]:
    place.names("key", "words", "unit", "basis", "breakdown", "is_headline")
    return {
        "words": place.under("words").text(120),
        "unit": place.under("unit").one_of(Measure.Unit.values, "%"),
        "basis": place.under("basis").one_of(Basis.values, "respondents"),
        "breakdown": place.under("breakdown").text(40, is_needed=False),
        "is_headline": place.under("is_headline").flag(),
    }


def _row(place: FilePlace) -> dict[str, Any]:
    place.names("key", "words", "is_rest")
    return {"words": place.under("words").text(300), "is_rest": place.under("is_rest").flag()}


# One wave ---------------------------------------------------------------------------------------------------------


@dataclass
class WaveRead:
    """A wave as its file has it, each part as the values of its fields."""

    fields: dict[str, Any]
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    cells: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    demand: dict[str, dict[str, Any]] = field(default_factory=dict)
    responses: list[dict[str, Any]] = field(default_factory=list)
    named: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    questionnaire: dict[str, Any] = field(default_factory=dict)
    file: str = ""


ASKED_FIELDS = ("number", "words", "scale", "shown", "continuity", "continuity_words", "section", "base", "base_words")
ROW_FIELDS = ("continuity", "words", "is_published", "reason", "values", "counts")


def read_wave(place: FilePlace, tables: dict[str, TableRead]) -> WaveRead:
    """The wave of a file; faults are noted at their places."""
    place.names(
        "year", "title", "closed_on", "respondents", "published_on", "source", "source_url", "licence", "tables",
        "response", "organisations", "notes", "questionnaire",
    )  # fmt: skip
    wave = WaveRead(
        fields={
            "year": place.under("year").number(least=2013, most=2099),
            "title": place.under("title").text(120),
            "closed_on": place.under("closed_on").day(),
            "respondents": place.under("respondents").number(least=1, is_needed=False),
            "published_on": place.under("published_on").day(),
            "source": place.under("source").text(300),
            "source_url": place.under("source_url").text(200, is_needed=False),
            "licence": place.under("licence").text(120),
        },
        file=place.file,
    )
    for each in place.under("tables").entries():
        if each.last in tables:
            _asked(each, tables[each.last], wave)
        else:
            each.wrong(f"{TABLES} has no table {each.last}.")
    _responses(place.under("response"), wave)
    _named(place.under("organisations"), wave)
    _notes(place.under("notes"), tables, wave)
    wave.questionnaire = _questionnaire(place.under("questionnaire"))
    return wave


def _asked(place: FilePlace, table: TableRead, wave: WaveRead) -> None:
    """Read what a wave asked for a table, and its rows and cells."""
    place.names(*ASKED_FIELDS, "source", "rows")
    slug = table.fields["slug"]
    continuity = place.under("continuity").one_of(Continuity.values)
    wave.tables[slug] = {
        "number": place.under("number").text(12, is_needed=False),
        "words": place.under("words").text(1000, is_needed=False),
        "scale": place.under("scale").words(),
        "shown": place.under("shown").text(300, is_needed=False),
        "continuity": continuity,
        "continuity_words": place.under("continuity_words").text(1000, is_needed=continuity == Continuity.CHANGED),
        "section": place.under("section").text(12, is_needed=False),
        "base": place.under("base").one_of(AskedTable.Base.values, "none"),
        "base_words": place.under("base_words").text(1000, is_needed=False),
    }
    rows = place.under("rows")
    named = rows.value if isinstance(rows.value, dict) else {}
    for strange in sorted(named.keys() - table.rows.keys()):
        rows.under(strange).wrong(f"the table {slug} has no row {strange}.")
    is_asked = continuity not in {Continuity.NOT_ASKED, Continuity.UNSAID, Continuity.DROPPED}
    if is_asked and (missing := sorted(table.rows.keys() - named.keys())):
        rows.wrong(f"says nothing of {series(missing)}.")
    for key in table.rows:
        if key in named or not is_asked:
            _asked_row(rows.under(key), table, key, continuity, wave)
        if table.has_skills and is_asked and key in named:
            _demand(rows.under(key), key, place.under("source").text(300), wave)


def _asked_row(place: FilePlace, table: TableRead, key: str, of_table: str, wave: WaveRead) -> None:
    slug = table.fields["slug"]
    if not isinstance(place.value, dict):  # the headline alone
        values = {} if place.value is None else {table.headline: place.value}
        place = FilePlace(place.file, place.path, {"values": values}, place.faults)
    place.names(*ROW_FIELDS)
    is_published = place.under("is_published", default=True).flag()
    continuity = place.under("continuity").one_of(Continuity.values, of_table)
    needs_reason = not is_published or continuity == Continuity.CHANGED
    wave.rows[slug, key] = {
        "continuity": continuity,
        "words": place.under("words").text(1000, is_needed=False),
        "is_published": is_published,
        "reason": place.under("reason").text(1000, is_needed=needs_reason),
    }
    if table.has_skills:
        return  # its figures are the skill's own
    is_asked = continuity not in {Continuity.NOT_ASKED, Continuity.DROPPED}
    empty = PrintedCell.State.NOT_PRINTED if is_asked else PrintedCell.State.NOT_ASKED
    values = place.under("values", default={})
    values.names(*table.measures)
    for measure in table.measures:
        given = values.under(measure)
        is_percent = table.measures[measure]["unit"] == "%" and table.measures[measure]["basis"] != Basis.MEAN
        cell = {"state": empty} if given.value is None else _cell(given, is_percent=is_percent)
        wave.cells[slug, key, measure] = {
            "state": empty, "value": None, "places": 1, "numerator": None, "denominator": None, **cell,
        }  # fmt: skip


def _cell(place: FilePlace, *, is_percent: bool) -> dict[str, Any]:
    """A figure: "86.0", or with its counts ["47.9", 45, 94], or the words of a state."""
    printed, *counts = place.value if isinstance(place.value, list) and place.value else [place.value]
    if isinstance(printed, str) and printed.lower() in STATES and not counts:
        return {"state": STATES[printed.lower()]}
    if not isinstance(printed, str) or not NUMBER.fullmatch(printed):
        place.wrong(f"{printed!r} is neither a number in quotation marks nor {series(sorted(STATES))}.")
        return {}
    value = Decimal(printed)
    places = len(printed.partition(".")[2])
    cell = {"state": PrintedCell.State.PRINTED, "value": value, "places": places}
    if not counts:
        return cell
    if len(counts) != 2 or any(type(each) is not int for each in counts) or not 0 <= counts[0] <= counts[1] != 0:
        place.wrong("counts are two whole numbers, of which the first is no larger than the second.")
        return cell
    share = Share(*counts, places=places)
    if not is_percent or share.value != value:
        place.wrong(f"{share}, not {printed}.")
        return cell
    return cell | {"numerator": counts[0], "denominator": counts[1]}


def _demand(place: FilePlace, key: str, source: str, wave: WaveRead) -> None:
    counts = place.under("counts")
    if not isinstance(counts.value, list) or len(counts.value) != 3:
        counts.wrong("needs three numbers: not important, important, key.")
        return
    said = [each.number() for each in counts.entries()]
    wave.demand[key] = dict(zip(("not_important", "important", "key"), said, strict=True), source=source)


def _responses(place: FilePlace, wave: WaveRead) -> None:
    for position, each in enumerate(place.entries(), start=1):
        each.names("type", "councils", "answered", "share")
        councils = each.under("councils").number(least=1, most=1000) or 1
        wave.responses.append(
            {
                "council_type": each.under("type").one_of(CouncilType.values),
                "councils": councils,
                "answered": each.under("answered").number(most=councils),
                "printed_share": each.under("share").number(most=100),
                "position": position,
            }
        )
    types = [each["council_type"] for each in wave.responses]
    if len({*types}) < len(types):
        place.wrong("names a type of council twice.")


def _named(place: FilePlace, wave: WaveRead) -> None:
    for line, each in enumerate(place.entries(), start=1):
        each.names("words", "is_multiple", "organisation", "is_in_directory")
        wave.named.append(
            {
                "line": line,
                "words": each.under("words").text(120),
                "is_multiple": each.under("is_multiple").flag(),
                "organisation": each.under("organisation").key(),
                "must_be_there": each.under("is_in_directory", default=True).flag(),
            }
        )


def _notes(place: FilePlace, tables: dict[str, TableRead], wave: WaveRead) -> None:
    keys = set()
    for position, each in enumerate(place.entries(), start=1):
        each.names("key", "table", "words")
        key = each.under("key").key()
        if key in keys:
            each.wrong(f"{key} stands there twice.")
        keys.add(key)
        table = each.under("table").one_of(tables.keys()) if each.under("table").value else ""
        words = each.under("words").text(1000)
        wave.notes.append({"key": key, "table": table, "words": words, "position": position})


QUESTION_FIELDS = (
    "kind", "words", "help", "is_required", "options", "rows", "scale", "unit", "decimals", "least", "most",
    "shown_if", "shown_if_values", "kept_days",
)  # fmt: skip


def _questionnaire(place: FilePlace) -> dict[str, Any]:
    """The title and the questions, for the operations of `questions`, which check the rest."""
    if place.value is None:
        return {}
    place.names("title", "questions")
    questions = []
    for each in place.under("questions").entries():
        each.names("number", "key", *QUESTION_FIELDS)
        each.under("number").number(least=1, most=200)
        fields = {name: each.value[name] for name in QUESTION_FIELDS if name in each.value}
        questions.append({"key": each.under("key").key(), "place": each.path} | fields)
    return {"title": place.under("title").text(200), "questions": questions}
