"""Keys lie in files of their own, outside what is backed up, and are gone once destroyed."""

import os
import stat
from pathlib import Path

import pytest
from django.core import checks

from core import key_folder
from core.key_folder import KeyFolderUnusable, KeyLost


def test_a_key_is_read_as_it_was_made_and_is_like_no_other():
    key = key_folder.make("one")

    assert key_folder.read("one") == key
    assert len(key) == key_folder.LENGTH
    assert key_folder.make("other") != key


def test_only_the_account_of_the_site_reads_the_folder_and_its_files(settings):
    mask = os.umask(0)
    try:
        key_folder.make("one")
    finally:
        os.umask(mask)

    assert stat.S_IMODE(settings.BALLOT_KEYS.stat().st_mode) == 0o700
    assert stat.S_IMODE((settings.BALLOT_KEYS / "one.key").stat().st_mode) == 0o600


def test_a_name_is_made_once():
    key = key_folder.make("one")

    with pytest.raises(FileExistsError):
        key_folder.make("one")

    assert key_folder.read("one") == key


@pytest.mark.parametrize("name", ["", "../one", "a/b", ".hidden", "One", "x" * 101, "one\n"])
def test_a_name_leads_nowhere_else(name):
    for asked in (key_folder.make, key_folder.read, key_folder.destroy):
        with pytest.raises(ValueError, match="No name of a key"):
            asked(name)


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"half")])
def test_a_key_whose_file_is_gone_or_damaged_is_lost(settings, harm):
    key_folder.make("one")
    harm(settings.BALLOT_KEYS / "one.key")

    with pytest.raises(KeyLost, match="The key one"):
        key_folder.read("one")


def test_a_folder_that_is_not_there_says_nothing_of_its_keys(settings):
    """It may be a disk that is not mounted yet: no key is lost by that."""
    key_folder.make("one")
    settings.BALLOT_KEYS.rename(settings.BALLOT_KEYS.with_name("elsewhere"))

    for asked in (key_folder.read, key_folder.destroy):
        with pytest.raises(KeyFolderUnusable, match="is not there"):
            asked("one")


def test_destroyed_is_overwritten_and_gone(settings):
    key = key_folder.make("one")
    path = settings.BALLOT_KEYS / "one.key"
    os.link(path, path.with_name("what-the-disk-holds"))

    key_folder.destroy("one")
    key_folder.destroy("one")

    assert not path.exists()
    assert path.with_name("what-the-disk-holds").read_bytes() != key
    with pytest.raises(KeyLost):
        key_folder.read("one")


@pytest.mark.parametrize("inside", ["PORTAL_DATA", "MEDIA_ROOT"])
@pytest.mark.parametrize("deeper", [".", "keys", "a/b"])
def test_a_folder_inside_the_backup_is_refused(settings, inside, deeper):
    settings.BALLOT_KEYS = getattr(settings, inside) / deeper

    with pytest.raises(KeyFolderUnusable, match="inside its backups"):
        key_folder.make("one")
    with pytest.raises(KeyFolderUnusable, match="inside its backups"):
        key_folder.read("one")
    assert not list(settings.BALLOT_KEYS.glob("*.key"))


@pytest.mark.parametrize("kept", ["PORTAL_DATA", "MEDIA_ROOT"])
def test_a_folder_that_holds_what_is_backed_up_is_refused(settings, tmp_path, kept):
    settings.BALLOT_KEYS = tmp_path / "all"
    setattr(settings, kept, tmp_path / "all/deeper/data")

    with pytest.raises(KeyFolderUnusable, match="one backup could take both"):
        key_folder.make("one")


def aged(settings, name):
    os.utime(settings.BALLOT_KEYS / f"{name}.key", (0, 0))


def test_keys_that_nothing_needs_are_destroyed_once_they_are_an_hour_old(settings):
    for name in ("round-needed", "round-orphan", "round-new", "drafts-others"):
        key_folder.make(name)
        if name != "round-new":
            aged(settings, name)

    assert key_folder.destroy_others("round-", keep={"round-needed"}) == 1

    assert {path.stem for path in settings.BALLOT_KEYS.iterdir()} == {"round-needed", "round-new", "drafts-others"}


def test_a_key_that_cannot_be_destroyed_stops_no_other(settings, monkeypatch):
    for name in ("round-a", "round-b"):
        key_folder.make(name)
        aged(settings, name)
    unlink = Path.unlink

    def failing(path):
        if path.stem == "round-a":
            raise PermissionError("Not yours.")
        unlink(path)

    monkeypatch.setattr(Path, "unlink", failing)

    assert key_folder.destroy_others("round-", keep=set()) == 1
    assert [path.stem for path in settings.BALLOT_KEYS.iterdir()] == ["round-a"]


def test_where_there_is_no_folder_nothing_is_destroyed():
    assert key_folder.destroy_others("round-", keep=set()) == 0


def test_a_link_that_leads_into_the_backup_is_refused(settings, tmp_path):
    settings.PORTAL_DATA = tmp_path / "data"
    (tmp_path / "data/keys").mkdir(parents=True)
    settings.BALLOT_KEYS = tmp_path / "link"
    settings.BALLOT_KEYS.symlink_to(tmp_path / "data/keys")

    with pytest.raises(KeyFolderUnusable, match="inside its backups"):
        key_folder.make("one")


def test_a_folder_that_every_account_may_write_is_refused(settings):
    settings.BALLOT_KEYS.mkdir(parents=True)
    settings.BALLOT_KEYS.chmod(0o777)

    with pytest.raises(KeyFolderUnusable, match="every account"):
        key_folder.make("one")


def test_a_folder_that_is_a_file_is_refused(settings):
    settings.BALLOT_KEYS.parent.mkdir()
    settings.BALLOT_KEYS.write_text("")

    with pytest.raises(KeyFolderUnusable, match="is a file"):
        key_folder.make("one")


def test_a_folder_that_cannot_be_written_is_refused_in_one_sentence_that_names_the_variable(settings):
    settings.BALLOT_KEYS = "/proc/portal-keys"

    with pytest.raises(KeyFolderUnusable, match="cannot be written") as refused:
        key_folder.make("one")

    assert str(refused.value).startswith("BALLOT_KEYS is '/proc/portal-keys', but")
    assert key_folder.RIGHT_VALUE in str(refused.value)


def test_a_folder_that_others_own_is_refused(settings, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)

    assert "cannot be written" in key_folder.problem()


def test_the_system_check_says_so_and_is_quiet_where_all_is_well(settings):
    assert checks.run_checks(tags=["keys"]) == []

    settings.BALLOT_KEYS = settings.PORTAL_DATA

    (found,) = checks.run_checks(tags=["keys"])
    assert found.id == "keys.E001"
    assert "BALLOT_KEYS" in found.msg


def test_a_folder_whose_name_begins_like_that_of_the_backup_lies_beside_it(settings, tmp_path):
    settings.PORTAL_DATA = settings.MEDIA_ROOT = tmp_path / "portal"
    settings.BALLOT_KEYS = tmp_path / "portal-keys"

    assert key_folder.make("one") == key_folder.read("one")


def test_a_link_that_comes_to_lead_into_the_backup_is_noticed_at_the_next_key(settings, tmp_path):
    settings.PORTAL_DATA = settings.MEDIA_ROOT = tmp_path / "data"
    for folder in ("data/keys", "keys"):
        (tmp_path / folder).mkdir(parents=True)
    settings.BALLOT_KEYS = tmp_path / "keys"
    key = key_folder.make("one")
    settings.BALLOT_KEYS = tmp_path / "link"
    settings.BALLOT_KEYS.symlink_to(tmp_path / "keys")
    assert key_folder.read("one") == key
    settings.BALLOT_KEYS.unlink()
    settings.BALLOT_KEYS.symlink_to(tmp_path / "data/keys")

    with pytest.raises(KeyFolderUnusable, match="inside its backups"):
        key_folder.read("one")
