"""A wave is loaded whole from its file, a second time nothing, and what is wrong is told with its place."""

import pytest
from django.core.management import CommandError, call_command

from audit.models import AuditEvent
from events.models import SkillDemand
from surveys.models import AskedRow, NamedOrganisation, PrintedCell, ResultsRow, ResultsTable, Wave
from surveys.waves.operations import import_survey
from tests.surveys.files import OURS

pytestmark = pytest.mark.django_db


def everything():
    """All that an import could have written, row by row."""
    models = (Wave, ResultsTable, ResultsRow, AskedRow, PrintedCell, NamedOrganisation, SkillDemand, AuditEvent)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_both_waves_load_and_a_second_time_nothing_changes():
    first = import_survey(OURS)
    stood = everything()
    second = import_survey(OURS)

    assert first.added > 800
    assert second.is_nothing
    assert everything() == stood


def test_a_changed_file_changes_just_that(files):
    import_survey(files.folder)
    stood = set(PrintedCell.objects.values_list("pk", flat=True))
    files.change("2014.json", lambda wave: wave["tables"]["barriers"]["rows"].update(skills="41"))

    loaded = import_survey(files.folder)

    assert str(loaded) == "0 added, 1 changed, 0 removed"
    assert set(PrintedCell.objects.values_list("pk", flat=True)) == stood
    assert PrintedCell.objects.get(row__key="skills").printed == "41"


def test_what_a_file_no_longer_names_goes_but_not_a_row_that_a_wave_still_has(files):
    import_survey(files.folder)
    files.change("2014.json", lambda wave: wave.update(organisations=[], notes=[]))
    assert str(import_survey(files.folder)) == "0 added, 0 changed, 2 removed"

    files.change("tables.json", lambda tables: tables["tables"][0]["rows"].pop())
    with pytest.raises(CommandError, match="the table barriers has no row skills"):
        call_command("import_survey", str(files.folder))
    files.change("2014.json", lambda wave: wave["tables"]["barriers"]["rows"].pop("skills"))
    import_survey(files.folder)
    assert [row.key for row in ResultsRow.objects.all()] == ["funds"]


def wrongly(what):
    return lambda wave: what(wave["tables"]["barriers"]["rows"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda wave: wave.update(year="2014"), "2014.json, year: needs a whole number"),
        (lambda wave: wave.update(licence=""), "2014.json, licence: needs words"),
        (lambda wave: wave.update(closed_on="31.12.2014"), "2014.json, closed_on: '31.12.2014' is no date"),
        (lambda wave: wave.update(respondants=3), "the whole file: respondants is not known here"),
        (wrongly(lambda rows: rows.pop("funds")), "tables.barriers.rows: says nothing of funds"),
        (
            wrongly(lambda rows: rows.update(funds=["50.1", 5, 10])),
            "rows.funds.values.yes: 5 of 10 (50.0%), not 50.1",
        ),
        (wrongly(lambda rows: rows.update(funds=["50.0", 5])), "counts are two whole numbers"),
        (wrongly(lambda rows: rows.update(funds=50.0)), "50.0 is neither a number in quotation marks nor"),
        (wrongly(lambda rows: rows.update(funds={"is_published": False})), "rows.funds.reason: needs words"),
        (
            lambda wave: wave["response"][0].update(answered=23),
            "response[0].answered: needs a whole number from 0",
        ),
        (
            lambda wave: wave["organisations"][0].update(organisation="atlantis"),
            "organisations[0]: the directory has no",
        ),
        (
            lambda wave: wave["questionnaire"]["questions"][0].update(scale=[["yes", "Yes"]]),
            "questions[0]: Write at least",
        ),
        (lambda wave: wave["questionnaire"]["questions"][0].update(scale=5), "questions[0]: this is no question"),
        (lambda wave: wave["response"][0].update(type=["welsh"]), "response[0].type: ['welsh'] is none of"),
    ],
)
def test_a_fault_is_told_with_file_and_place_and_nothing_is_half_saved(files, change, said):
    files.change("2014.json", change)

    with pytest.raises(CommandError) as refusal:
        call_command("import_survey", str(files.folder / "2014.json"))

    assert said in str(refusal.value)
    assert "Nothing was changed." in str(refusal.value)
    assert not Wave.objects.exists()
    assert not ResultsTable.objects.exists()


def test_all_faults_of_a_file_are_told_together(files):
    files.change("2014.json", lambda wave: wave.update(licence="", closed_on="never"))

    with pytest.raises(CommandError) as refusal:
        call_command("import_survey", str(files.folder))

    assert "licence" in str(refusal.value)
    assert "closed_on" in str(refusal.value)


def test_two_files_of_one_year_are_a_fault(files):
    (files.folder / "2015.json").write_text((files.folder / "2014.json").read_text())

    with pytest.raises(CommandError, match=r"2015\.json, year: 2014 stands in more than one file"):
        call_command("import_survey", str(files.folder))


def test_a_dry_run_says_what_would_change_and_changes_nothing(files, capsys):
    call_command("import_survey", str(files.folder), "--dry-run")

    assert "Would be: " in capsys.readouterr().out
    assert not Wave.objects.exists()


def test_a_file_that_is_no_json_is_told_with_its_line(files):
    (files.folder / "2014.json").write_text('{\n"year": 2014,\n}')

    with pytest.raises(CommandError, match=r"2014\.json, line 3: this is no JSON"):
        call_command("import_survey", str(files.folder))
