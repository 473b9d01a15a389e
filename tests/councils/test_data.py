"""All data of a council is one download: what its reader may see of it, and nobody's name."""

import io
import re
import zipfile

import pytest

from assets_registry.models import Asset
from core import clock
from core.words import day_in_words
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, SystemFactory
from tests.factories.projects import NeedFactory, ProjectFactory
from tests.factories.publishing import publish_case_study
from tests.factories.take_up import AdoptionFactory, CommitmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tables(client):
    """A function: the tables of a council's download, by name."""

    def read(slug):
        answer = client.get(f"/councils/{slug}/data/")
        archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}

    return read


def test_everybody_gets_what_is_public_of_it(tables, harlow, surrey):
    need = NeedFactory(council=surrey, title="Parking at the depot")
    need.supports.create(council=harlow, joined_by=need.raised_by)
    ProjectFactory(lead_council=harlow, title="Warm homes")
    AssetFactory(owner=harlow, name="Bin days")
    AssetFactory(owner=harlow, name="Not ready", state=Asset.State.DRAFT, published_at=None)
    AdoptionFactory(council=harlow, asset=AssetFactory(owner=surrey, name="Permits"))
    AdoptionFactory(council=harlow, asset=AssetFactory(owner=surrey, name="In secret"), may_be_listed=False)
    CommitmentFactory(council=harlow, asset=AssetFactory(owner=surrey, name="Skips"))
    CommitmentFactory(council=harlow, asset=AssetFactory(owner=surrey, name="Promised in secret"), may_be_listed=False)
    SystemFactory(council=harlow, product="Roundsman")
    publish_case_study(harlow, title="Texts about bins")
    AssetFactory(owner=surrey, name="Of Surrey alone")

    found = tables("harlow")

    for name, words in {
        "needs": "Parking at the depot", "projects": "Warm homes", "assets": "Bin days", "uses": "Permits",
        "commitments": "Skips", "systems": "Roundsman", "case-studies": "Texts about bins", "councils": "Harlow",
    }.items():  # fmt: skip
        assert words in found[f"{name}.csv"], name
    text = "".join(found.values())
    assert "promises.csv" in found
    for hidden in ("Not ready", "In secret", "Promised in secret", "Of Surrey alone", need.raised_by.name):
        assert hidden not in text


def test_its_own_people_get_their_drafts_too_and_nobody_elses(tables, client, harlow, amina):
    AssetFactory(owner=harlow, name="Not ready", state=Asset.State.DRAFT, published_at=None)
    client.force_login(amina)
    assert "Not ready" in tables("harlow")["assets.csv"]

    client.force_login(MembershipFactory().person)
    assert "Not ready" not in tables("harlow")["assets.csv"]


def test_a_successor_has_what_councils_before_it_did(tables):
    from councils.models import Organisation

    publish_case_study(Organisation.objects.get(slug="allerdale"), title="Flood wardens")
    publish_case_study(Organisation.objects.get(slug="cumbria"), title="Of a council of which it got a part")

    found = tables("cumberland")

    assert "Flood wardens" in found["case-studies.csv"]
    assert "Of a council of which" not in "".join(found.values())
    assert "Carlisle City Council" in found["README.txt"].splitlines()[0]


def test_a_read_me_says_what_each_file_is_when_it_was_made_and_what_is_left_out(tables, client, harlow, amina):
    found = tables("harlow")
    text = found["README.txt"]

    assert text.splitlines()[0] == "Data of Harlow District Council"
    for name in set(found) - {"README.txt"}:
        assert re.search(rf"^  {re.escape(name)} +[A-Z]", text, re.MULTILINE), name
    for words in (
        f"As at {day_in_words(clock.today())}",
        "Open Government Licence v3.0",
        "Left out",
        "Names and addresses",
    ):
        assert words in text
    assert "took over" not in found["needs.csv"]
    assert "Filters: of Harlow District Council" in found["needs.csv"]

    client.force_login(amina)
    own = tables("harlow")
    assert "Licence of what is public" in own["README.txt"]
    assert "Take that out before you pass it on" in own["README.txt"]
    assert "confirmed or not yet" in own["README.txt"]
    assert "with what only its own people may see" in own["systems.csv"]


@pytest.mark.parametrize("number", [2, 30])
def test_it_takes_as_many_queries_for_many_rows(tables, harlow, django_assert_max_num_queries, number):
    for n in range(number):
        SystemFactory(council=harlow)
        AdoptionFactory(council=harlow, asset=AssetFactory(name=f"Asset {n}"))
        NeedFactory(council=harlow)

    with django_assert_max_num_queries(60):
        tables("harlow")
