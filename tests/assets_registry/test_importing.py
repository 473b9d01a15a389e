"""A folder, a zip or a catalogue is imported file by file: what is right comes in as a draft, what is wrong is told
with its file, line and reason, what has not changed is skipped unread, and nobody's entry is taken over."""

import io
import json
import re
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assets_registry import publiccode
from assets_registry.bulk import Record
from assets_registry.models import Asset, MovedRepository
from assets_registry.operations import importing
from assets_registry.publiccode import written
from audit.models import AuditEvent
from councils.models import Membership
from search.models import Change
from tests.assets_registry.test_publiccode import BOMB, GOOD
from tests.assets_registry.test_round_trip import FILES
from tests.assets_registry.test_standard import EVERY_KEY
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory

pytestmark = pytest.mark.sql
TRANSACTION = re.compile("BEGIN|COMMIT|SAVEPOINT|RELEASE|ROLLBACK")


def file(number: int, **replaced: str) -> str:
    text = GOOD.replace("luton/waste.git", f"luton/waste-{number}").replace("Waste standards", f"Waste {number}")
    for before, after in replaced.items():
        text = text.replace(before, after)
    return text


@pytest.fixture
def folder(tmp_path):
    for number in range(3):
        (tmp_path / f"owner-{number}").mkdir()
        (tmp_path / f"owner-{number}" / "publiccode.yml").write_text(file(number))
    return tmp_path


@pytest.fixture
def run(amina, harlow):
    def import_from(source, *, by=amina.email, owner=harlow.slug) -> tuple[str, str]:
        said, wrong = io.StringIO(), io.StringIO()
        call_command("import_assets", source, owner=owner, by=by, stdout=said, stderr=wrong)
        return said.getvalue(), wrong.getvalue()

    return import_from


def test_the_files_of_a_folder_come_in_as_drafts_of_the_owner(run, folder, harlow):
    said, wrong = run(folder)

    assert "3 of 3" in said
    assert "3 registered, 0 changed, 0 unchanged, 0 refused." in said
    assert not wrong
    assert set(Asset.objects.values_list("owner", "state")) == {(harlow.pk, Asset.State.DRAFT)}
    assert "jo@example.org" not in str(Asset.objects.first().publiccode)


def test_what_has_not_changed_is_skipped_before_it_is_read(run, folder, monkeypatch):
    run(folder)
    monkeypatch.setattr(publiccode, "find", None)

    assert "0 registered, 0 changed, 3 unchanged, 0 refused." in run(folder)[0]


def test_what_has_changed_changes_its_entry(run, folder):
    run(folder)
    (folder / "owner-1" / "publiccode.yml").write_text(file(1, **{"license: MIT": "license: EUPL-1.2"}))

    assert "0 registered, 1 changed, 2 unchanged" in run(folder)[0]
    assert Asset.objects.get(repository_url__endswith="waste-1").licence == "EUPL-1.2"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (file(9, **{"license: MIT": "license: Free"}), "bad.yml:17: legal/license: licence is not an SPDX expression"),
        (file(9, **{"Waste 9": "W" * 130}), "bad.yml:2: name: has more than 120 characters"),
        (BOMB, "bad.yml: Line 2 refers to another part"),
        ("name: [unclosed", "bad.yml: This is not valid YAML in line"),
        ("x" * 70_000, "bad.yml: This is longer than 64 KB"),
        ("", "bad.yml: A publiccode.yml is a list"),
        (file(0), "bad.yml:3: This repository is already registered"),
    ],
)
def test_a_bad_file_is_told_with_its_line_and_keeps_no_other_out(run, folder, text, said, surrey):
    if text == file(0):
        AssetFactory(owner=surrey, repository_url="https://git.example.org/luton/waste-0")
        (folder / "owner-0" / "publiccode.yml").unlink()
    (folder / "bad.yml").write_text(text)

    told, wrong = run(folder)

    assert wrong.startswith(said)
    assert "1 refused." in told
    assert Asset.objects.exclude(owner=surrey).count() == (2 if text == file(0) else 3)


def test_an_entry_of_another_owner_is_not_touched(run, folder, surrey):
    other = AssetFactory(owner=surrey, name="Surrey’s", repository_url="https://git.example.org/luton/waste-0.git")

    run(folder)

    other.refresh_from_db()
    assert (other.owner, other.name) == (surrey, "Surrey’s")


def test_a_zip_is_read_without_being_unpacked(run, tmp_path):
    with zipfile.ZipFile(tmp_path / "files.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../etc/publiccode.yml", file(1))
        archive.writestr("readme.md", "nothing")
        archive.writestr("bomb.yml", "x" * 50_000_000)
        archive.writestr("inner.zip", b"PK")
    before = sorted(tmp_path.rglob("*"))

    said, wrong = run(tmp_path / "files.zip")

    assert "1 registered, 0 changed, 0 unchanged, 1 refused." in said
    assert "bomb.yml: This is longer than 64 KB" in wrong
    assert sorted(tmp_path.rglob("*")) == before


def test_a_catalogue_is_read_entry_by_entry(run, tmp_path):
    entries = [{"id": "a", "publiccodeYml": file(1)}, {"id": "b"}, "odd", {"publiccodeYml": 7}]
    (tmp_path / "software.json").write_text(json.dumps({"data": entries, "links": {"next": None}}))

    said, wrong = run(tmp_path / "software.json")

    assert "1 registered, 0 changed, 0 unchanged, 3 refused." in said
    assert [line.partition(":")[0] for line in wrong.splitlines()] == ["entry 2", "entry 3", "entry 4"]


def test_a_run_that_was_broken_off_goes_on_where_it_stopped(run, folder, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 1)
    write, calls = importing._write, []

    def breaks_at_the_third(*about, **more):
        calls.append(about)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return write(*about, **more)

    monkeypatch.setattr(importing, "_write", breaks_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        run(folder)

    assert "1 registered, 0 changed, 2 unchanged" in run(folder)[0]


def test_however_many_files_a_batch_has_it_takes_as_many_statements(run, tmp_path):
    for number in range(25):
        folder = tmp_path / ("few" if number < 3 else "many")
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.yml").write_text(file(number))
    run(tmp_path / "few")  # what is read once

    taken = []
    for files in ("few", "many"):
        Asset.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            run(tmp_path / files)
        taken.append(len([each for each in queries if not TRANSACTION.match(each["sql"])]))

    assert taken[0] == taken[1] <= 20


def test_a_file_of_a_published_entry_is_left_to_its_publisher_and_keeps_no_other_out(run, folder, harlow):
    AssetFactory(owner=harlow, name="As it was", repository_url="https://git.example.org/luton/waste-0")

    told, wrong = run(folder)

    assert wrong == "owner-0/publiccode.yml:3: Only those who write for the owner can change this entry.\n"
    assert "2 registered, 0 changed, 0 unchanged, 1 refused." in told
    assert Asset.objects.filter(name="As it was").exists()


def test_of_two_files_of_one_repository_the_later_changes_what_the_earlier_entered(run, folder):
    (folder / "owner-9.yml").write_text(file(0, **{"license: MIT": "license: EUPL-1.2"}))

    assert "3 registered, 1 changed, 0 unchanged, 0 refused." in run(folder)[0]
    assert Asset.objects.get(repository_url__endswith="waste-0").licence == "EUPL-1.2"


def test_a_repository_that_has_moved_has_one_entry_whichever_addresses_two_files_give(run, folder):
    keys = [f"git.example.org/luton/waste-{number}" for number in range(3)]
    MovedRepository.objects.create(key=keys[0], now_key=keys[1])
    MovedRepository.objects.create(key=keys[1], now_key=keys[2])

    assert "1 registered, 2 changed, 0 unchanged, 0 refused." in run(folder)[0]
    assert MovedRepository.keys_beside(keys[0]) == MovedRepository.keys_beside(keys[2]) == {*keys}


def test_what_somebody_else_enters_at_the_same_moment_keeps_no_other_out(run, folder, surrey, monkeypatch):
    slugs = importing.free_slugs

    def after_another(*about, **more):
        if not Asset.objects.filter(owner=surrey).exists():
            AssetFactory(owner=surrey, name="Theirs", repository_url="https://git.example.org/luton/waste-1")
        return slugs(*about, **more)

    monkeypatch.setattr(importing, "free_slugs", after_another)

    told, _ = run(folder)

    # The row of the other goes back with the batch on this one connection, and comes again with its first half.
    assert "refused." in told
    assert Asset.objects.exclude(owner=surrey).count() >= 2


@pytest.mark.parametrize("text", [GOOD, written(EVERY_KEY), *FILES.values()])
def test_what_is_in_order_as_it_is_kept_is_in_order_as_it_is_handed_out(text, harlow, amina):
    record = Record("a.yml", text.encode())
    read = importing._read(record, "mark", owner=harlow, by=amina)

    kept = read.asset.publiccode
    touched = [key for key, value in read.lines.data.items() if value != kept.get(key)]
    assert publiccode.problems_in(kept, touched) == publiccode.problems(kept)
    if not publiccode.problems(kept):
        assert publiccode.document(read.asset) == read.asset.publiccode
    assert publiccode.faults(read.asset) == []


def test_files_of_one_name_get_addresses_of_their_own(run, folder):
    for number in range(3):
        (folder / f"owner-{number}" / "publiccode.yml").write_text(file(number).replace(f"Waste {number}", "Waste"))

    run(folder)

    assert sorted(Asset.objects.values_list("slug", flat=True)) == [
        "waste-and-api",
        "waste-and-api-2",
        "waste-and-api-3",
    ]


def test_each_entry_has_its_line_in_the_audit_trail_and_is_announced_to_the_search(run, folder, amina):
    run(folder)

    keys = {str(key) for key in Asset.objects.values_list("pk", flat=True)}
    lines = AuditEvent.objects.filter(action="assets_registry.registered", by=amina)
    assert set(lines.values_list("about_key", flat=True)) == keys
    assert set(Change.objects.filter(kind="asset").values_list("key", flat=True)) >= keys


def test_only_contributors_of_the_owner_import_for_it(run, folder, ben, carlos, harlow):
    reader = MembershipFactory(organisation=harlow, role=Membership.Role.READER).person

    for stranger in (ben, carlos, reader):
        with pytest.raises(CommandError, match="Only confirmed contributors"):
            run(folder, by=stranger.email)

    assert not Asset.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("a.json", "{", "not JSON"), ("a.json", "{}", "no list of entries"), ("a.zip", "x", "neither a folder")],
)
def test_what_is_no_source_is_told_in_a_sentence(run, tmp_path, name, content, words):
    (tmp_path / name).write_text(content)

    with pytest.raises(CommandError, match=words):
        run(tmp_path / name)


def test_links_out_of_a_folder_are_not_followed(run, folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "publiccode.yml"
    elsewhere.write_text(file(7))
    (folder / "link.yml").symlink_to(elsewhere)

    assert "3 registered" in run(folder)[0]
    assert not Asset.objects.filter(repository_url__endswith="waste-7").exists()
