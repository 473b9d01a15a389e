"""Loading of waves from files: all or nothing, and a second time nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError

from audit.operations import log_action
from core.errors import Refused
from core.words import series
from councils.models import Organisation
from events.event.operations import note_demand
from events.models import Skill
from questions.models import QuestionSet
from questions.operations import asking
from questions.queries import asked
from surveys.waves.models import (
    AskedRow,
    AskedTable,
    Measure,
    NamedOrganisation,
    PrintedCell,
    ResultsRow,
    ResultsTable,
    TypeResponse,
    Wave,
    WaveNote,
)
from surveys.waves.places import Faults, FilePlace, read
from surveys.waves.reading import TABLES, TableRead, WaveRead, read_tables, read_wave

VOID = "void"  # as the running of a wave says it, which leans on the waves


@dataclass
class Loaded:
    """How many rows an import added, changed and removed."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __str__(self) -> str:
        return f"{self.added} added, {self.changed} changed, {self.removed} removed"

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.changed or self.removed)


@transaction.atomic
def import_survey(path: Path) -> Loaded:
    """Load the wave of a file, or all of a folder, with the tables beside it. What stands already stays untouched."""
    folder, files = (path, sorted(path.glob("2*.json"))) if path.is_dir() else (path.parent, [path])
    if not files:
        raise Refused(f"{path} has no file of a wave, such as 2014.json.")
    list(Wave.objects.select_for_update())  # one import at a time changes what a wave says
    shared = read(folder / TABLES)
    tables = read_tables(shared)
    places = [read(file) for file in files]
    waves = [] if shared.faults else [read_wave(place, tables) for place in places]
    years = [wave.fields["year"] for wave in waves]
    for place, year in zip(places, years, strict=False):
        if years.count(year) > 1:
            place.under("year").wrong(f"{year} stands in more than one file.")
    run_here = Wave.objects.filter(year__in=years, fieldwork__isnull=False)
    states = dict(run_here.values_list("year", "fieldwork__state"))
    for place, year in zip(places, years, strict=False):
        if states.get(year) == VOID:
            place.under("year").wrong(
                f"The survey of {year} was run here and is void: none of its answers was opened. No file takes its"
                " place; it can be prepared anew."
            )
        elif year in states:
            place.under("year").wrong(f"The survey of {year} is run here. Its figures come from its answers alone.")
    found = [*shared.faults, *(fault for place in places for fault in place.faults)]
    if found:
        raise Faults(found)
    loaded = Loaded()
    keys = _write_tables(tables, shared, loaded)
    for wave in waves:
        _write_wave(wave, keys, loaded)
    _remove_the_rest(tables, loaded)
    if not loaded.is_nothing:
        log_action("surveys.wave_imported", by=None, files=[file.name for file in files], changes=str(loaded))
    return loaded


@dataclass
class Keys:
    """The primary keys of tables, rows and measures by what the files call them."""

    tables: dict[str, int]
    rows: dict[tuple[str, str], int]
    measures: dict[tuple[str, str], int]


def _bring(
    model: type[models.Model], scope: dict[str, Any], by: tuple[str, ...], wanted: Iterable[dict[str, Any]],
    loaded: Loaded, *, removes: bool = True,
) -> None:  # fmt: skip
    """Add, change and remove rows of a model within `scope`, so that there are just the wanted ones."""
    rows = model._default_manager
    known = {tuple(getattr(each, name) for name in by): each for each in rows.filter(**scope)}
    new = []
    for values in wanted:
        each = known.pop(tuple(values[name] for name in by), None)
        if each is None:
            new.append(model(**scope, **values))
            continue
        changed = [name for name, value in values.items() if getattr(each, name) != value]
        for name in changed:
            setattr(each, name, values[name])
        if changed:
            each.save(update_fields=changed)
            loaded.changed += 1
    if removes:
        for each in known.values():
            each.delete()
            loaded.removed += 1
    rows.bulk_create(new)
    loaded.added += len(new)


# Tables -----------------------------------------------------------------------------------------------------------


def _write_tables(tables: dict[str, TableRead], place: FilePlace, loaded: Loaded) -> Keys:
    """Add and change tables, measures and rows; those that the file does not name go at the end."""
    _bring(ResultsTable, {}, ("slug",), [table.fields for table in tables.values()], loaded, removes=False)
    known = {table.slug: table for table in ResultsTable.objects.filter(slug__in=tables)}
    skills = {skill.slug: skill.pk for skill in Skill.objects.all()}
    for slug, table in tables.items():
        scope = {"table_id": known[slug].pk}
        # The old headline goes before the new one comes: a table has one.
        measures = sorted(table.measures.values(), key=lambda measure: measure["is_headline"])
        _bring(Measure, scope, ("key",), measures, loaded, removes=False)
        if table.has_skills and (strange := sorted(table.rows.keys() - skills.keys())):
            place.wrong(f"{series(strange)} is no skill of the events.")
            raise Faults(place.faults)
        rows = [row | {"skill_id": skills[key] if table.has_skills else None} for key, row in table.rows.items()]
        _bring(ResultsRow, scope, ("key",), rows, loaded, removes=False)
    return Keys(
        {slug: table.pk for slug, table in known.items()},
        {(row.table.slug, row.key): row.pk for row in ResultsRow.objects.select_related("table")},
        {(each.table.slug, each.key): each.pk for each in Measure.objects.select_related("table")},
    )


def _remove_the_rest(tables: dict[str, TableRead], loaded: Loaded) -> None:
    """Remove tables, measures and rows that the file no longer names; refuses those that a wave still has."""
    gone: list[models.Model] = []
    for table in ResultsTable.objects.prefetch_related("measures", "rows"):
        if (now := tables.get(table.slug)) is None:
            gone.append(table)
            continue
        gone += [each for each in table.measures.all() if each.key not in now.measures]
        gone += [each for each in table.rows.all() if each.key not in now.rows]
    for each in gone:
        try:
            each.delete()
        except ProtectedError:
            raise Refused(
                f"{TABLES}: “{each}” is missing, and a wave still has it. Take it out of the wave first."
            ) from None
        loaded.removed += 1


# A wave -----------------------------------------------------------------------------------------------------------


def _write_wave(read_one: WaveRead, keys: Keys, loaded: Loaded) -> None:
    """Make a wave just what its file says."""
    _bring(Wave, {}, ("year",), [read_one.fields], loaded, removes=False)
    wave = Wave.objects.get(year=read_one.fields["year"])
    scope = {"wave_id": wave.pk}
    cells = [
        {"row_id": keys.rows[table, row], "measure_id": keys.measures[table, measure]} | values
        for (table, row, measure), values in read_one.cells.items()
    ]
    rows = [{"row_id": keys.rows[key]} | values for key, values in read_one.rows.items()]
    asked_tables = [{"table_id": keys.tables[slug]} | values for slug, values in read_one.tables.items()]
    notes = [note | {"table": None, "table_id": keys.tables.get(note["table"])} for note in read_one.notes]
    for note in notes:
        del note["table"]
    _bring(PrintedCell, scope, ("row_id", "measure_id"), cells, loaded)
    _bring(AskedRow, scope, ("row_id",), rows, loaded)
    _bring(AskedTable, scope, ("table_id",), asked_tables, loaded)
    _bring(TypeResponse, scope, ("council_type",), read_one.responses, loaded)
    _bring(NamedOrganisation, scope, ("line",), _matched(read_one), loaded)
    _bring(WaveNote, scope, ("key",), notes, loaded)
    _write_demand(read_one, wave, loaded)
    _write_questionnaire(read_one, wave, loaded)


def _matched(read_one: WaveRead) -> list[dict[str, Any]]:
    """The named organisations with the keys of the directory."""
    slugs = {each["organisation"] for each in read_one.named}
    found = dict(Organisation.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    faults = [
        f"{read_one.file}, organisations[{each['line'] - 1}]: the directory has no {each['organisation']}."
        for each in read_one.named
        if each["must_be_there"] and each["organisation"] not in found
    ]
    if faults:
        raise Faults(faults)
    kept = ("line", "words", "is_multiple")
    return [
        {name: each[name] for name in kept} | {"organisation_id": found.get(each["organisation"])}
        for each in read_one.named
    ]


def _write_demand(read_one: WaveRead, wave: Wave, loaded: Loaded) -> None:
    """Hand the figures of the skills to the events, whose they are."""
    if not read_one.demand:
        return
    if wave.closed_on is None:
        raise Refused(f"{read_one.file}, closed_on: figures of skills need the day at which they were counted.")
    skills = {skill.slug: skill for skill in Skill.objects.filter(slug__in=read_one.demand)}
    for slug, said in read_one.demand.items():
        is_new = note_demand(skills[slug], asked_on=wave.closed_on, **said)
        loaded.added += is_new is True
        loaded.changed += is_new is False


def _write_questionnaire(read_one: WaveRead, wave: Wave, loaded: Loaded) -> None:
    """Add and change the questions of a wave through their own operations, which say what is wrong with one."""
    if not read_one.questionnaire:
        return
    title, questions = read_one.questionnaire["title"], read_one.questionnaire["questions"]
    if wave.questions is None:
        wave.questions = QuestionSet.objects.create(title=title)
        wave.save(update_fields=["questions"])
        loaded.added += 1
    elif wave.questions.title != title:
        wave.questions.title = title
        wave.questions.save(update_fields=["title"])
        loaded.changed += 1
    known = {question.key: question for question in asked(wave.questions)}
    for each in questions:
        fields = {name: value for name, value in each.items() if name not in {"key", "place"}}
        question = known.pop(each["key"], None)
        try:
            if question is None:
                asking.add_question(wave.questions, key=each["key"], **fields)
                loaded.added += 1
            elif any(getattr(question, name) != value for name, value in fields.items()):
                asking.change_question(question, **fields)
                loaded.changed += 1
        except Refused as refusal:
            raise Faults([f"{read_one.file}, {each['place']}: {refusal}"]) from refusal
        except (TypeError, ValueError, IndexError, ValidationError) as problem:
            raise Faults([f"{read_one.file}, {each['place']}: this is no question: {problem}"]) from problem
    for question in known.values():
        asking.remove_question(question)
        loaded.removed += 1
