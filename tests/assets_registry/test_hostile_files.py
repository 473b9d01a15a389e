"""Whatever stands in a file or an address: nothing runs, nothing inside is reached, nobody loses an entry."""

import time

import pytest

from assets_registry.models import Asset
from assets_registry.publiccode import Unreadable, as_yaml, decoded, find, problems, read, without_people
from core.forms import as_sent
from tests.assets_registry.test_publiccode import GOOD
from tests.assets_registry.test_standard import EVERY_KEY, changed
from tests.core.test_inside_addresses import INSIDE_HOSTS
from tests.factories.assets_registry import AssetFactory

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
BAD_LINKS = ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", " javascript:alert(1)"]
LINKS = ["landingURL", "roadmap", "isBasedOn", "description/*/documentation", "description/*/videos/-", "logo"]


@pytest.fixture
def officer(signed_in, amina):
    return signed_in(amina)


def test_a_megabyte_of_right_yaml_is_refused_at_once():
    text = "a:\n" + "".join(f"  - {n:08}\n" for n in range(90_000))
    start = time.process_time()

    for reads in (find, lambda long: decoded(long.encode())):
        with pytest.raises(Unreadable, match="64 KB"):
            reads(text)

    assert time.process_time() - start < 1


def test_long_keys_over_many_values_take_no_memory_to_say_where_each_stands():
    """Of 50 KB a path for each value would make 150 MB."""
    key = "k" * 30_000
    found = find(f"? {key}\n: [{', '.join('1' * 4_900)}]\nname: Bins\n")

    assert len(found.data[key]) == 4_900
    assert found.line_of("name") == 3
    assert sum(map(len, found.lines)) < 1_000


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "latin-1"])
def test_what_is_not_utf_8_is_told_so(encoding):
    with pytest.raises(Unreadable):
        find(decoded("name: Größe".encode(encoding)))


def test_a_byte_order_mark_is_taken_for_one():
    assert read(decoded(b"\xef\xbb\xbfname: x")) == {"name": "x"}


@pytest.mark.parametrize("word", ["no", "1.10", "2026-01-01", "0x10", "~x", "NaN", ".inf", "1_000", "12:30:45"])
def test_what_other_readers_take_for_a_number_stays_the_word_it_is(word):
    assert read(f"name: {word}") == {"name": word}


@pytest.mark.parametrize("path", LINKS)
@pytest.mark.parametrize("address", BAD_LINKS)
def test_an_address_that_runs_or_opens_something_else_is_a_problem(path, address):
    assert problems(changed(path, address))


@pytest.mark.parametrize("path", [*LINKS, "url", "organisation/uri", "fundedBy/-/uri"])
def test_an_address_inside_a_network_is_a_problem(path):
    passed = [host for host in INSIDE_HOSTS if not problems(changed(path, f"http://{host}/a.png"))]

    assert passed == []


def test_scripts_in_a_file_are_shown_as_text(officer, harlow):
    text = GOOD.replace("One vocabulary and one interface for missed bins, bulky", f"{SCRIPT} [x](javascript:y)")
    text = text.replace("Waste standards and API", SCRIPT)

    page = officer.post("/assets/register/", {"read": "1", "text": text})
    officer.post("/assets/register/", {**as_sent(page.context["form"]), "draft": "1"})
    entry = officer.get(Asset.objects.get().get_absolute_url()).content.decode()

    for shown in (page.content.decode(), entry):
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert 'href="javascript' not in shown


def test_another_council_cannot_take_an_entry_over_by_sending_its_file_again(signed_in, carlos, surrey, harlow):
    asset = AssetFactory(owner=harlow, name="Bins of Harlow", repository_url="https://git.example.org/luton/waste")
    client = signed_in(carlos)
    form = client.post("/assets/register/", {"read": "1", "text": GOOD}).context["form"]

    response = client.post("/assets/register/", {**as_sent(form), "owner": surrey.pk, "draft": "1"})

    asset.refresh_from_db()
    assert "already registered: see" in response.content.decode()
    assert (asset.owner, asset.name, Asset.objects.count()) == (harlow, "Bins of Harlow", 1)


def test_a_file_gives_nobody_a_word_for_the_yaml_of_the_next(db):
    strange = {**EVERY_KEY, "name": "x\n!!python/object:os.system\n- *a &b {y: [", "x-a": "%YAML 9\n---\n..."}

    text = as_yaml(AssetFactory(publiccode=without_people(strange)[0], name="Bins"))

    assert read(text)["x-a"] == "%YAML 9\n---\n..."
