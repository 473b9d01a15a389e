"""A list of software is uploaded as JSON or CSV by whoever writes for a council, and imported by the worker step by
step: what is right comes in as drafts, what is wrong is told of by line, and the same file sent twice makes one run."""

import datetime as dt
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tasks_db.models import DBTaskResult

from assets_registry.bulk import UnreadableSource
from assets_registry.models import Asset, AssetUpload, UploadFault, WaitingEntry
from assets_registry.operations.importing import Fault
from assets_registry.uploads import operations, reading, running
from assets_registry.uploads.tasks import import_upload
from audit.models import AuditEvent
from core import clock
from councils.models import Membership
from tests.assets_registry.test_importing import file
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory
from tests.pages import plain_words, words

pytestmark = pytest.mark.sql

ROW = {
    "publiccodeYmlVersion": "0.5.0",
    "name": "Bins",
    "url": "https://git.example.org/harlow/bins",
    "releaseDate": "2026-08-20",
    "platforms": "web; linux",
    "developmentStatus": "stable",
    "softwareType": "standalone/web",
    "description/en/shortDescription": "Which bin goes out when.",
    "description/en/longDescription": "Which bin goes out when, for every street. " * 4,
    "description/en/features": "Days;Reminders, by text",
    "legal/license": "MIT",
    "maintenance/type": "internal",
    "maintenance/contacts/1/name": "Digital team",
    "localisation/localisationReady": "no",
    "localisation/availableLanguages": "en",
}


def table(*rows: dict, columns=tuple(ROW), between=",") -> bytes:
    lines = [[*columns], *([row.get(column, "") for column in columns] for row in rows)]
    return "\r\n".join(between.join(f'"{cell}"' for cell in line) for line in lines).encode()


def catalogue(*texts: str) -> bytes:
    return json.dumps({"data": [{"publiccodeYml": text} for text in texts]}).encode()


@pytest.fixture
def officer(signed_in, amina):
    return signed_in(amina)


@pytest.fixture
def send(officer, harlow):
    def sent(content: bytes, name="list.csv", **more):
        return officer.post("/assets/upload/", {"owner": harlow.pk, "file": SimpleUploadedFile(name, content), **more})

    return sent


def worked() -> AssetUpload:
    """The newest upload once the worker has done what it was asked."""
    upload = AssetUpload.objects.first()
    while running.import_some(upload.pk):
        pass
    upload.refresh_from_db()
    return upload


def test_a_table_comes_in_as_drafts_and_the_page_says_how_many(send, officer, harlow):
    response = send(table(ROW, {**ROW, "name": "Bulky waste", "url": "https://git.example.org/harlow/bulky"}))
    before = officer.get(response["Location"])
    upload = worked()
    page = officer.get(response["Location"])

    assert "Importing: 0 of 2 entries so far." in plain_words(before)
    assert '<meta http-equiv="refresh"' in words(before)
    assert "Done: 2 entries read." in plain_words(page)
    assert "http-equiv" not in words(page)
    assert (upload.registered, upload.refused) == (2, 0)
    bins = Asset.objects.get(name="Bins")
    assert (bins.owner, bins.state, bins.licence) == (harlow, Asset.State.DRAFT, "MIT")
    assert bins.publiccode["platforms"] == ["web", "linux"]
    assert bins.publiccode["description"]["en"]["features"] == ["Days", "Reminders, by text"]
    assert bins.publiccode["localisation"] == {"localisationReady": False, "availableLanguages": ["en"]}


def test_a_catalogue_comes_in_as_the_command_takes_it(send):
    send(catalogue(file(1), file(2)), "software.json")

    assert worked().registered == 2
    assert not WaitingEntry.objects.exists()


def test_a_bad_row_is_told_of_with_its_line_and_keeps_no_other_out(send, officer):
    bad = {**ROW, "url": "https://git.example.org/harlow/x", "legal/license": "free"}
    send(table(bad, ROW))
    upload = worked()

    page = officer.get(upload.get_absolute_url())
    assert (upload.registered, upload.refused) == (1, 1)
    assert "legal/license: licence is not an SPDX expression" in plain_words(page)
    assert list(UploadFault.objects.values_list("name", "line")) == [("row 1", 2)]
    given = officer.get(upload.get_absolute_url(), {"format": "csv"}).content.decode()
    assert 'row 1,2,"legal/license: licence is not' in given


def test_a_row_with_more_cells_than_columns_is_told_of_and_keeps_no_other_out(send, officer):
    other = {**ROW, "name": "Bulky", "url": "https://git.example.org/harlow/bulky"}
    head, row, second = table(ROW, other).decode().splitlines()
    send("\n".join((head, row + ",bags", second + ",,")).encode())
    upload = worked()

    page = plain_words(officer.get(upload.get_absolute_url()))
    assert (upload.registered, upload.refused, upload.done, upload.total) == (1, 1, 2, 2)
    assert Asset.objects.get().name == "Bulky"
    [fault] = UploadFault.objects.all()
    cells = len(ROW)
    assert (fault.name, fault.line) == ("row 1", 2)
    assert fault.reason.startswith(f"This row has {cells + 1} cells and the table {cells} columns.")
    assert fault.reason in page


def test_a_file_with_nothing_but_such_rows_is_ended_too(send):
    head, row = table(ROW).decode().splitlines()
    send(f"{head}\n{row},more".encode())

    upload = worked()
    assert upload.ended_at
    assert (upload.registered, upload.refused) == (0, 1)


def test_a_fault_says_its_key_once(send):
    send(table({**ROW, "name": "", "description/en/shortDescription": ""}))
    worked()

    reasons = sorted(fault.reason for fault in UploadFault.objects.all())
    assert reasons[0].startswith("description/en/shortDescription is missing")
    assert reasons[1].startswith("name is missing")


def test_the_same_file_sent_while_it_is_under_way_makes_one_run(send):
    first, second = send(table(ROW)), send(table(ROW))

    assert first["Location"] == second["Location"]
    assert AssetUpload.objects.count() == 1
    assert worked().registered == 1


def test_the_same_file_sent_later_finds_everything_as_it_was(send):
    send(table(ROW))
    worked()
    send(table(ROW))

    assert worked().unchanged == 1


def test_a_run_that_was_broken_off_goes_on_where_it_stopped(send, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 1)
    send(catalogue(file(1), file(2), file(3)), "software.json")
    upload = AssetUpload.objects.get()
    running.import_some(upload.pk)

    with monkeypatch.context() as broken:
        broken.setattr(running, "import_assets", lambda *about, **more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            running.import_some(upload.pk)

    assert (worked().registered, Asset.objects.count()) == (3, 3)


def test_the_task_asks_for_the_rest_after_each_step(send, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 1)
    send(catalogue(file(1), file(2)), "software.json")
    DBTaskResult.objects.all().delete()

    import_upload.func(AssetUpload.objects.get().pk)
    waiting = DBTaskResult.objects.filter(task_path=import_upload.module_path).count()

    assert waiting == 1


def test_whoever_left_the_council_meanwhile_imports_nothing_more(send, officer, amina, harlow):
    send(table(ROW))
    Membership.objects.filter(person=amina, organisation=harlow).update(state=Membership.State.ENDED)
    upload = worked()

    assert upload.stopped_because.startswith("Only confirmed contributors")
    assert not upload.goes_on
    assert not Asset.objects.exists()
    assert not WaitingEntry.objects.exists()


def test_only_those_who_write_for_the_council_see_what_became_of_it(send, signed_in, ben, carlos, harlow):
    address = send(table(ROW))["Location"]
    reader = MembershipFactory(organisation=harlow, role=Membership.Role.READER).person

    assert [signed_in(person).get(address).status_code for person in (ben, carlos, reader)] == [404, 404, 404]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("list.txt", b"x", "ends in .json or .csv"),
        ("list.csv", b"", "This file is empty."),
        ("list.csv", "name,url\nBör,x".encode("latin-1"), "not text in UTF-8"),
        ("list.csv", b"name,url", "no entries"),
        ("list.csv", b"name\nBins", "no column url"),
        ("list.csv", b"url,licence\nx,y", "“licence” is no key of publiccode.yml."),
        ("list.csv", b"url,url\nx,y", "stands there twice"),
        ("list.csv", b"url,relaseDate\nx,y", "Perhaps releaseDate was meant."),
        ("list.json", b"{", "not JSON"),
        ("list.csv", b'url\n"' + b"x" * 140_000, "has a cell that is too long for a table"),
        ("list.json", b"[" * 100_000, "not JSON"),
        ("list.json", b"{}", "no list of entries"),
        ("list.json", b'{"data": []}', "no entries"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_sentence_beside_the_field(send, name, content, said):
    response = send(content, name)

    assert response.status_code == 422
    assert said in plain_words(response)
    assert not AssetUpload.objects.exists()


def test_too_many_entries_and_too_large_a_file_are_told_with_the_limit(send, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ENTRIES", 1)
    assert "more than 1 entries" in plain_words(send(table(ROW, ROW)))

    monkeypatch.setattr("assets_registry.uploads.reading.MOST_BYTES", 10)
    monkeypatch.setattr("assets_registry.uploads.forms.MOST_BYTES", 10)
    assert "too large. Up to 10 MB and 5,000 entries" in plain_words(send(table(ROW)))


def test_no_more_of_a_table_is_read_than_may_come_in_at_once(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ENTRIES", 3)
    made = []
    monkeypatch.setattr(reading, "_as_file", lambda *args: made.append(args) or b"{}")

    with pytest.raises(UnreadableSource, match="more than 3 entries"):
        reading.records_in(b"url\n" + b"x\n" * 100, is_table=True)
    assert len(made) == 4


def test_a_table_with_more_columns_than_the_standard_has_keys_is_refused():
    columns = ",".join(f"description/{number:040}/features" for number in range(501))

    with pytest.raises(UnreadableSource, match="more than 500 columns"):
        reading.records_in(columns.encode(), is_table=True)


def test_a_step_of_the_worker_takes_as_many_entries_as_it_can_read_in_a_moment(send, monkeypatch):
    monkeypatch.setattr(running, "BATCH_CHARACTERS", 10)
    send(catalogue(file(1), file(2)), "software.json")
    upload = AssetUpload.objects.get()

    assert running.import_some(upload.pk)
    assert upload.waiting.count() == 1
    assert not running.import_some(upload.pk)


def test_the_faults_quote_nobody_whom_a_file_names_where_a_contact_should_stand(send):
    send(
        catalogue(file(1).replace("contacts:", "contacts:\n    - Jane Doe, 07700 900123\n  contractors:")), "list.json"
    )
    worked()

    assert UploadFault.objects.filter(reason__contains="contacts").exists()
    assert not UploadFault.objects.filter(reason__contains="Jane").exists()


def test_the_faults_name_no_entry_that_not_everybody_may_see(send, officer, harlow, amina):
    other = MembershipFactory(person=amina, role=Membership.Role.CONTRIBUTOR).organisation
    AssetFactory(
        owner=other, state=Asset.State.DRAFT, published_at=None, name="Quite a secret", repository_url=ROW["url"]
    )
    send(table(ROW))
    worked()

    assert "waits to be published" in UploadFault.objects.get().reason


def test_the_empty_table_has_the_columns_and_is_taken_back_filled(officer, send):
    given = officer.get("/assets/upload/", {"format": "csv"}).content
    assert given.decode("utf-8-sig").splitlines()[-1] == ",".join(reading.COLUMNS)

    send(given + ",".join(f'"{ROW.get(column, "")}"' for column in reading.COLUMNS).encode())

    assert worked().registered == 1


def test_a_table_of_a_spreadsheet_with_semicolons_is_read(send):
    send(table({**ROW, "platforms": "web"}, between=";"))

    assert worked().registered == 1


@pytest.mark.parametrize("text", ["name: a\0b", "name: \ud800", "{" * 3000, "x" * 70_000, "a: &x b\nc: *x"])
def test_whatever_an_entry_holds_it_keeps_no_other_out(send, text):
    send(catalogue(text, file(1)), "software.json")
    upload = worked()

    assert (upload.registered, upload.refused) == (1, 1)


def test_of_an_entry_with_many_faults_ten_are_kept(harlow, amina):
    upload = AssetUpload(pk=1, owner=harlow, uploaded_by=amina)

    kept = running._kept(upload, [Fault("entry 1", 3, f"fault {number}") for number in range(15)])

    assert [each.reason for each in kept][9:] == ["fault 9", "and 5 other faults of it"]


def test_uploads_go_after_a_month_and_what_nobody_finished_is_ended(send, monkeypatch):
    send(table(ROW))
    upload = AssetUpload.objects.get()

    monkeypatch.setattr(clock, "now", lambda: upload.uploaded_at + dt.timedelta(days=3))
    operations.forget_uploads()
    upload.refresh_from_db()
    assert upload.stopped_because == "It could not be finished. Upload the file again."

    monkeypatch.setattr(clock, "now", lambda: upload.uploaded_at + dt.timedelta(days=40))
    operations.forget_uploads()
    assert not AssetUpload.objects.exists()


def test_an_upload_has_its_line_in_the_audit_trail(send, amina):
    send(table(ROW))

    assert AuditEvent.objects.get(action="assets_registry.list_uploaded").by == amina
