"""Lists of earlier programmes come in as legacy, unverified: with their source, counted apart, until verified."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.roles import Role
from assets_registry.legacy.operations import enter_legacy_asset, verify_asset
from assets_registry.legacy.reading import import_legacy
from assets_registry.models import Asset
from assets_registry.operations import approve_asset
from core.errors import Refused
from search.sources.reuse import asset_document
from take_up.operations import declare_adoption
from tests.factories.accounts import UserFactory, give_role
from tests.factories.assets_registry import AssetFactory
from tests.pages import plain_words

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
HEAD = "name,owner,kind,summary,address,source,year\n"
SOURCE = "List of funded projects 2009"
GOOD = f"Fault map,Harlow,code,Shows faults in a street.,https://git.example.org/faults,{SOURCE},2009\n"


@pytest.fixture
def editor(db):
    return give_role(UserFactory(email="editor@example.org"), Role.EDITOR)


@pytest.fixture
def table(tmp_path):
    def write(*rows, head=HEAD):
        path = tmp_path / "legacy.csv"
        path.write_text(head + "".join(rows), "utf-8")
        return path

    return write


@pytest.fixture
def fault_map(editor, table):
    import_legacy(table(GOOD), by=editor)
    return Asset.objects.get(name="Fault map")


def test_a_row_becomes_a_flagged_entry_with_its_source(client, fault_map, harlow):
    assert (fault_map.state, fault_map.owner, fault_map.legacy_year) == (Asset.State.LEGACY, harlow, 2009)

    page = plain_words(client.get("/assets/fault-map/"))

    assert "Legacy, unverified" in page
    assert "Source: List of funded projects 2009" in page


def test_it_is_counted_apart_and_never_among_the_assets(client, fault_map):
    AssetFactory(name="Bin days")

    listed = plain_words(client.get("/assets/"))
    apart = plain_words(client.get("/assets/?standing=legacy"))

    assert "Fault map" not in listed
    assert "1 asset" in listed
    assert "1 unverified legacy entry" in listed
    assert "Fault map" in apart
    assert "1 legacy entry" in apart
    assert "Bin days" not in apart
    assert asset_document(fault_map) is None
    assert "Fault map" not in client.get("/assets/catalogue.json").content.decode()
    assert "Fault map" not in client.get("/assets/catalogue.jsonld").content.decode()
    assert "Fault map" not in client.get("/feeds/assets.atom").content.decode()


def test_the_count_of_the_research_is_shown_with_its_source(client, db):
    page = plain_words(client.get("/assets/"))

    assert "about 150 local public digital solutions funded through central programmes" in page
    assert "Source: The Alliance’s terms of reference and background, July 2013" in page
    assert "None of them is entered here yet" in page


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Harlow,code,A sentence.,,A list,2009\n", "It has no name"),
        ("A,Nowhere at all,code,A sentence.,,A list,2009\n", "No organisation is called “Nowhere at all”"),
        ("A,Harlow,spaceship,A sentence.,,A list,2009\n", "“spaceship” is no kind of asset"),
        ("A,Harlow,code,A sentence.,,,2009\n", "It has no source"),
        ("A,Harlow,code,A sentence.,http://127.0.0.1/,A list,2009\n", "private network"),
        ("A,Harlow,code,A sentence.,javascript:alert(1),A list,2009\n", "begins with https://"),
        ("A,Harlow,code,A sentence.,,A list,soon\n", "“soon” is no year"),
        (f"A,Harlow,code,A sentence.,,A list,{'9' * 5000}\n", "is no year"),
        ("A,Harlow,code,A sentence.,,A list,1066\n", "1066 is no year"),
        (f"{'A' * 121},Harlow,code,A sentence.,,A list,2009\n", "121 characters, 120 are allowed"),
        (
            "A,Harlow,code,A sentence.,https://git.example.org/faults/,A list,2009\n",
            "already registered: see Fault map",
        ),
    ],
)
def test_a_bad_row_is_reported_with_its_line_and_the_others_go_in(editor, table, row, reason):
    done = import_legacy(table(GOOD, row, "Last,Luton,Policy,The last.,,A list,\n"), by=editor)

    assert done.added == ["Fault map", "Last"]
    [(line, said)] = done.bad
    assert line == 3
    assert reason in said


def test_a_second_run_changes_nothing(editor, table, fault_map):
    before = list(Asset.objects.values())

    done = import_legacy(table(GOOD), by=editor)

    assert (done.added, done.known, done.bad) == ([], 1, [])
    assert list(Asset.objects.values()) == before


def test_a_second_run_after_the_owner_verified_it_changes_nothing(editor, grace, table, fault_map):
    verify_asset(fault_map, by=grace)

    assert import_legacy(table(GOOD), by=editor).known == 1
    assert not Asset.objects.legacy().exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [(b"name,owner\n", "has no column kind"), (b"\xff\xfe\x00n", "cannot be read"), (b"name\0", "holds a NUL")],
)
def test_a_file_that_is_no_such_table_is_refused_whole(editor, tmp_path, text, reason):
    path = tmp_path / "legacy.csv"
    path.write_bytes(text)

    with pytest.raises(Refused, match=reason):
        import_legacy(path, by=editor)


def test_the_command_says_what_it_did(editor, table, capsys):
    call_command("import_legacy_assets", table(GOOD, ",Harlow,code,A,,B,\n"), by="editor@example.org")
    out, err = capsys.readouterr()

    assert "1 entered, 0 there already, 1 not entered." in out
    assert "legacy.csv, line 3: It has no name." in err
    with pytest.raises(CommandError, match="Nobody has the address"):
        call_command("import_legacy_assets", table(GOOD), by="nobody@example.org")


def test_only_the_alliance_enters_lists(grace, harlow):
    with pytest.raises(PermissionDenied):
        enter_legacy_asset(by=grace, owner=harlow, name="A", kind="code", summary="B.", source="C")


def test_the_owner_verifies_it_and_then_it_is_an_ordinary_entry(client, signed_in, grace, harlow, fault_map):
    AssetFactory(owner=harlow)
    signed_in(grace).post("/assets/fault-map/verify/")
    fault_map.refresh_from_db()

    assert fault_map.is_published
    assert fault_map.published_at
    assert "Fault map" in plain_words(client.get("/assets/"))
    assert "unverified" not in plain_words(client.get("/assets/fault-map/"))
    with pytest.raises(Refused, match="verified already"):
        verify_asset(fault_map, by=grace)


def test_the_first_entry_of_a_council_waits_for_the_editor_though_it_stood_in_a_list(
    client, signed_in, grace, editor, fault_map, deliver
):
    page = signed_in(grace).post("/assets/fault-map/verify/", follow=True).content.decode()

    fault_map.refresh_from_db()
    assert (fault_map.state, fault_map.published_at) == (Asset.State.WITH_EDITOR, None)
    assert "so an Alliance editor looks at it too" in page
    assert "Fault map" not in plain_words(client.get("/assets/"))
    assert [message.to for message in deliver()] == [[editor.email]]

    assert approve_asset(fault_map, by=editor).is_published


def test_nobody_else_verifies_it(amina, carlos, editor, fault_map):
    for stranger in (amina, carlos, editor):
        with pytest.raises(PermissionDenied):
            verify_asset(fault_map, by=stranger)


def test_no_council_is_said_to_use_it_before(amina, harlow, luton):
    legacy = AssetFactory(owner=luton, legacy=True)

    with pytest.raises(Refused):
        declare_adoption(legacy, by=amina, council=harlow, status="live", since=legacy.registered_at.date())


def test_the_database_wants_a_source_and_one_entry_for_a_name(fault_map, harlow):
    for wrong in ({"source": ""}, {"published_at": fault_map.registered_at}, {"name": "Fault map", "owner": harlow}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AssetFactory(legacy=True, **wrong)
