"""An asset is registered by the address of its repository: its file is read from an allowed forge, checked, and put
right in the form; a repository that has an entry under any of its addresses is already registered."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assets_registry.models import Asset, MovedRepository, repository_key
from assets_registry.operations import AlreadyRegistered, note_repository, register_asset
from assets_registry.publiccode import find, problems, read
from assets_registry.repositories import Repository
from core.forms import as_sent
from tests.assets_registry.test_publiccode import GOOD
from tests.factories.assets_registry import AssetFactory

FILE = GOOD.replace("https://git.example.org/luton/waste.git", "https://github.com/luton/waste.git")
PAGE = "https://github.com/luton/waste"
RAW = "https://raw.githubusercontent.com/luton/waste/HEAD/publiccode.yml"
SPELLINGS = """https://github.com/luton/waste https://github.com/Luton/Waste https://github.com/luton/waste/
    https://github.com/luton/waste.git https://github.com/luton/waste.git/ http://github.com/luton/waste
    https://www.github.com/luton/waste git://github.com/luton/waste.git ssh://git@github.com/luton/waste.git
    ssh://git@github.com:22/luton/waste git@github.com:luton/waste.git GIT@GitHub.com:Luton/Waste
    github.com:luton/waste ssh://git@ssh.github.com:443/luton/waste.git git+ssh://git@github.com/luton/waste
    https://github.com:443/luton/waste https://github.com//luton//waste https://github.com/luton/waste#readme
    https://github.com./luton/waste git://github.com:9418/luton/waste""".split()


@pytest.fixture
def officer(signed_in, amina):
    return signed_in(amina)


def read_address(client, address=PAGE):
    return client.post("/assets/register/", {"read": "address", "address": address})


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_however_an_address_is_written_it_is_the_same_repository(spelling):
    assert repository_key(spelling) == "github.com/luton/waste"


@pytest.mark.parametrize(
    "other",
    [
        "https://github.com/luton/waste2",
        "https://gitlab.com/luton/waste",
        "https://github.com:8443/luton/waste",
        "https://git.example.org/?p=waste.git",
    ],
)
def test_another_address_is_another_repository(other):
    assert repository_key(other) not in {"", "github.com/luton/waste"}


@pytest.mark.parametrize("spelling", [*SPELLINGS, f"{PAGE}/tree/main/docs", "github.com/luton/waste"])
def test_a_pasted_address_of_the_repository_or_a_page_in_it_finds_the_repository(spelling):
    repository = Repository.at(spelling)

    assert repository
    assert repository.address.lower() == PAGE


@pytest.mark.parametrize(
    ("address", "first"),
    [
        (PAGE, RAW),
        ("https://gitlab.com/a/b/c/-/tree/main", "https://gitlab.com/a/b/c/-/raw/HEAD/publiccode.yml"),
        ("https://codeberg.org/a/b/src/branch/main", "https://codeberg.org/api/v1/repos/a/b/raw/publiccode.yml"),
        ("https://bitbucket.org/a/b/src/main/", "https://bitbucket.org/a/b/raw/HEAD/publiccode.yml"),
    ],
)
def test_each_forge_keeps_the_file_in_its_own_place(address, first):
    assert next(Repository.at(address).files("publiccode.yml")) == first


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/a/b",
        "https://github.com.elsewhere.example/a/b",
        "https://elsewhere.example/github.com/a/b",
        "https://github.com@127.0.0.1/a/b",
        "https://github.com/a",
        "https://github.com:8443/a/b",
        "https://github.com/../etc",
        "https://github.com/a/..%2f..",
        "https://github.com/login/oauth",
        "file:///etc/passwd",
        "ext::sh -c id",
        "http://[::1]/a/b",
        "https://[/a/b",
        "javascript:alert(1)//github.com/a/b",
    ],
)
def test_what_is_no_repository_at_a_forge_of_the_list_is_never_asked_for(officer, outside, address):
    response = read_address(officer, address)

    page = response.content.decode()
    assert response.status_code == 422
    assert "bitbucket.org, codeberg.org, github.com or gitlab.com" in page
    assert not outside.asked


def test_a_forge_of_the_operators_own_is_read_too(settings):
    settings.FORGES = {**settings.FORGES, "git.council.example": "gitlab"}

    assert Repository.at("git@git.council.example:waste/bins.git").address == "https://git.council.example/waste/bins"


def test_the_file_of_a_repository_fills_the_form_and_saves_nothing(officer, outside):
    outside.answer(PAGE)
    outside.answer(RAW, FILE)

    page = read_address(officer, "git@github.com:luton/waste.git").content.decode()

    assert "Read publiccode.yml: no problems" in page
    assert 'value="Waste standards and API"' in page
    assert outside.asked_for() == [PAGE, RAW]
    assert not Asset.objects.exists()


def test_of_a_branch_by_another_name_the_file_is_found_as_well(officer, outside):
    outside.answer(PAGE)
    outside.answer(RAW.replace("HEAD", "master"), FILE)

    assert "no problems" in read_address(officer).content.decode()


def test_the_problems_stand_beside_their_keys_with_their_lines(officer, outside):
    outside.answer(PAGE)
    outside.answer(RAW, FILE.replace("license: MIT", "license: Free for councils"))

    page = read_address(officer).content.decode()

    assert "Read publiccode.yml: 1 problem" in page
    assert '(<code>legal/license</code>) <span class="muted">line 17</span>' in page
    assert 'value="Free for councils"' in page


def test_of_what_is_missing_the_line_is_that_of_its_section():
    found = find("name: a\ndescription:\n  en:\n    features: [Maps, {a: b}]\n")

    assert found.line_of("description/en/features/2") == 4
    assert found.line_of("description/en/shortDescription") == 3
    assert found.line_of("legal/license") == 0


def test_a_key_with_marks_that_nobody_sees_has_its_line():
    found = find("a: 1\nna\u200bme: b\n")

    assert found.data["name"] == "b"
    assert found.line_of("name") == 2


def test_put_right_in_the_form_it_is_registered_and_the_corrected_file_handed_out(officer, outside):
    outside.answer(PAGE)
    outside.answer(RAW, FILE.replace("license: MIT", "license: Free for councils"))
    form = read_address(officer).context["form"]

    officer.post("/assets/register/", {**as_sent(form), "licence": "EUPL-1.2", "draft": "1"})

    asset = Asset.objects.get()
    given = read(officer.get(f"{asset.get_absolute_url()}publiccode.yml").content.decode())
    assert problems(given) == []
    assert given["legal"]["license"] == "EUPL-1.2"


def test_a_repository_without_a_file_keeps_its_address_in_the_form(officer, outside):
    outside.answer(PAGE)
    outside.answer(RAW, status=404)

    page = read_address(officer)

    assert "has no publiccode.yml" in page.content.decode()
    assert page.context["form"]["repository_url"].value() == PAGE


def test_a_forge_that_does_not_answer_is_a_sentence_and_the_address_stays(officer, outside):
    response = read_address(officer)

    page = response.content.decode()
    assert response.status_code == 422
    assert "could not be read just now" in page
    assert f'value="{PAGE}"' in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"name: \xff", "not text in UTF-8"),
        ("name: x".encode("utf-16"), "not text in UTF-8"),
        (b"x" * 70_000, "longer than 64 KB"),
        (b"name: [unclosed", "not valid YAML in line"),
        (b"name: a\x00", "Null characters"),
    ],
)
def test_a_strange_file_at_a_forge_is_a_sentence(officer, outside, content, words):
    outside.answer(PAGE)
    outside.answer(RAW, content)

    response = read_address(officer)

    assert response.status_code == 422
    assert words in response.content.decode()


def test_a_forge_is_asked_thirty_times_an_hour_by_one_person(officer, outside):
    outside.answer(PAGE)
    outside.answer(RAW, FILE)
    for _ in range(30):
        read_address(officer)

    assert "many repositories within an hour" in read_address(officer).content.decode()


def test_a_file_that_names_another_repository_is_said_to(officer, outside):
    outside.answer(PAGE)
    outside.answer(RAW, GOOD)

    page = read_address(officer)

    assert "names another repository" in page.content.decode()
    assert page.context["form"]["repository_url"].value() == "https://git.example.org/luton/waste.git"


def test_a_moved_repository_is_registered_where_it_is_now(officer, outside):
    new = "https://github.com/alliance/waste"
    outside.answer(PAGE, status=301, location=new)
    outside.answer(new)
    outside.answer("https://raw.githubusercontent.com/alliance/waste/HEAD/publiccode.yml", FILE)

    page = read_address(officer)

    assert "This repository has moved" in page.content.decode()
    assert page.context["form"]["repository_url"].value() == new
    assert MovedRepository.objects.get().now_key == "github.com/alliance/waste"


def test_a_redirect_of_the_forge_to_another_host_is_no_move(officer, outside):
    outside.answer(PAGE, status=301, location="https://gitlab.com/luton/waste")
    outside.answer(RAW, FILE)

    read_address(officer)

    assert not MovedRepository.objects.exists()


@pytest.mark.parametrize("address", SPELLINGS)
def test_a_second_entry_is_refused_in_every_spelling(officer, outside, address):
    AssetFactory(name="Bins of Luton", repository_url=PAGE)
    outside.answer(PAGE)
    outside.answer("https://github.com/Luton/Waste")
    outside.answer(RAW, FILE)
    outside.answer(RAW.replace("luton/waste", "Luton/Waste"), FILE)

    page = read_address(officer, address).content.decode()

    assert "already registered: see <a" in page
    assert "Bins of Luton" in page


@pytest.mark.parametrize(("entered", "pasted"), [("old", "new"), ("new", "old"), ("old", "newest"), ("newest", "old")])
def test_a_repository_that_moved_is_already_registered_under_each_of_its_addresses(amina, harlow, entered, pasted):
    note_repository("https://github.com/luton/old", now_at="https://github.com/luton/new", by=amina)
    note_repository("https://github.com/luton/new", now_at="https://github.com/luton/newest", by=amina)
    AssetFactory(repository_url=f"https://github.com/luton/{entered}")

    with pytest.raises(AlreadyRegistered):
        register_asset(
            by=amina, owner=harlow, name="Bins", kind="code", summary="Bins.",
            repository_url=f"git@github.com:luton/{pasted}.git".replace("git@github.com:", "ssh://git@github.com/"),
        )  # fmt: skip


def test_an_address_that_got_a_repository_of_its_own_again_is_no_longer_the_moved_one(amina):
    old, new = "https://github.com/luton/old", "https://github.com/luton/new"
    note_repository(old, now_at=new, by=amina)

    note_repository(old, now_at=old, by=amina)

    assert not MovedRepository.objects.exists()


def test_a_repository_that_moved_back_leads_one_way(amina):
    old, new = "https://github.com/luton/old", "https://github.com/luton/new"
    note_repository(old, now_at=new, by=amina)

    note_repository(new, now_at=old, by=amina)

    assert [(each.key, each.now_key) for each in MovedRepository.objects.all()] == [
        ("github.com/luton/new", "github.com/luton/old")
    ]


def test_the_short_form_of_ssh_is_kept_as_an_address(officer, harlow):
    officer.post(
        "/assets/register/",
        {
            "owner": harlow.pk, "name": "Bins", "kind": "research", "summary": "Bins.", "phase": "live", "draft": "1",
            "repository_url": "git@git.example.org:luton/bins.git",
        },
    )  # fmt: skip

    assert Asset.objects.get().repository_url == "ssh://git@git.example.org/luton/bins.git"


def test_a_file_may_be_uploaded(officer):
    file = SimpleUploadedFile("publiccode.yml", b"\xef\xbb\xbf" + GOOD.encode())

    page = officer.post("/assets/register/", {"read": "1", "file": file}).content.decode()

    assert "Read publiccode.yml: no problems" in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name: x".encode("utf-16"), "not text in UTF-8"),
        (b"x: " + b"y" * 70_000, "longer than 64 KB"),
        (b"", "empty"),
        (b"name: [unclosed", "not valid YAML in line"),
        (b"\x89PNG\r\n\x1a\n", "not text in UTF-8"),
    ],
)
def test_a_strange_upload_is_a_sentence_beside_the_field(officer, content, words):
    response = officer.post("/assets/register/", {"read": "1", "file": SimpleUploadedFile("publiccode.yml", content)})

    assert response.status_code == 422
    assert words in response.content.decode()


def test_a_file_pasted_and_chosen_is_one_too_many(officer):
    sent = {"read": "1", "text": GOOD, "file": SimpleUploadedFile("publiccode.yml", GOOD.encode())}

    assert "not both" in officer.post("/assets/register/", sent).content.decode()
