"""An entry that waits for its publisher or for the editor is nowhere that everybody may look."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser

from assets_registry.models import Asset
from assets_registry.permissions import reader_groups, visible_assets
from core import clock
from search import follower
from search.engines.embedded import EmbeddedEngine
from tests.factories.assets_registry import AssetFactory
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db
FOR_EVERYBODY = ("/search/suggest?q=zqxv", "/feeds/assets.atom", "/sitemap-assets.xml")
PLACES = (
    *FOR_EVERYBODY,
    "/assets/",
    "/assets/?format=csv",
    "/assets/?q=zqxv",
    "/search/?q=zqxv",
    "/search/?q=zqxv&format=csv",
    "/councils/harlow/",
    "/projects/kerbside/",
)
ITS_OWN = ("/assets/wheelbarrow/", "/assets/wheelbarrow/publiccode.yml")


@pytest.fixture
def entry(harlow):
    """Of Harlow, out of a project that everybody may see."""
    project = ProjectFactory(slug="kerbside", lead_council=harlow)
    return AssetFactory(
        name="Zqxv wheelbarrow", slug="wheelbarrow", owner=harlow, project=project, state="draft", published_at=None
    )


def put(entry, state, published_at=None):
    """Without the operations, which are not in question; the search index takes it in as it stands now."""
    entry.state, entry.published_at = state, published_at
    entry.save()
    follower.follow(EmbeddedEngine())


def naming(client, places):
    """Those of the places that name the entry. Nobody types its second word, so no answer says it again."""
    return [place for place in places if "wheelbarrow" in client.get(place).content.decode().lower()]


@pytest.mark.parametrize("state", [Asset.State.WITH_PUBLISHER, Asset.State.WITH_EDITOR])
def test_an_entry_that_waits_is_named_nowhere_that_everybody_may_look(client, signed_in, carlos, edith, entry, state):
    put(entry, state)

    assert naming(client, PLACES) == []
    assert "<b>0 results</b>" in client.get("/search/?q=zqxv").content.decode()
    assert [client.get(address).status_code for address in ITS_OWN] == [404, 404]
    signed_in(carlos)
    assert naming(client, PLACES) == []
    assert [client.get(address).status_code for address in ITS_OWN] == [404, 404]
    signed_in(edith)
    assert naming(client, FOR_EVERYBODY) == []


def test_once_published_it_is_named_in_each_of_these_places(client, entry):
    put(entry, Asset.State.PUBLISHED, published_at=clock.now())

    assert naming(client, PLACES) == list(PLACES)


def test_those_it_waits_for_find_it(client, signed_in, grace, edith, entry):
    put(entry, Asset.State.WITH_EDITOR)

    for person in (grace, edith):
        signed_in(person)
        assert naming(client, ["/search/?q=zqxv", "/assets/wheelbarrow/"]) == [
            "/search/?q=zqxv",
            "/assets/wheelbarrow/",
        ]


@pytest.mark.parametrize(
    ("state", "was_published"),
    [
        *product(sorted({*Asset.State.values} - {Asset.State.LEGACY}), [True]),
        *product(sorted({*Asset.State.values} - {Asset.State.PUBLISHED}), [False]),
    ],
)
def test_search_keeps_for_everybody_what_everybody_may_see_and_nothing_else(entry, state, was_published):
    entry.state, entry.published_at = state, clock.now() if was_published else None
    entry.source = "A list of 2012"
    entry.save()

    assert ("everyone" in reader_groups(entry)) == visible_assets(AnonymousUser()).contains(entry)


@pytest.mark.parametrize("page", ["edit", "details", "links", "versions/add"])
def test_whoever_wrote_an_entry_is_told_who_can_change_it_once_it_is_handed_on(page, signed_in, entry, amina):
    draft = signed_in(amina).get(f"/assets/wheelbarrow/{page}/")
    put(entry, "with_publisher")
    handed_on = signed_in(amina).get(f"/assets/wheelbarrow/{page}/")

    assert (draft.status_code, handed_on.status_code) == (200, 403)
    assert "Only those who publish for the owner" in handed_on.content.decode()
    assert "Only those who write for the owner" not in handed_on.content.decode()


def test_nobody_is_said_to_change_a_withdrawn_entry(signed_in, entry, amina):
    put(entry, "withdrawn", clock.now())
    assert "nobody can change it" in signed_in(amina).get("/assets/wheelbarrow/edit/").content.decode()
