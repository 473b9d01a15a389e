"""A council's profile shows what it contributed, and names what the councils before it did."""

import pytest

from councils.models import Organisation
from projects.models import Project
from tests.factories.assets_registry import AdoptionFactory, AssetFactory
from tests.factories.projects import NeedFactory, ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def traces(harlow, surrey):
    """Something of each kind at Harlow, `surrey` leading a project Harlow joined."""
    need = NeedFactory(council=harlow, title="Bin days")
    project = ProjectFactory(lead_council=surrey, title="Deferred payments")
    project.partners.add(harlow)
    asset = AssetFactory(owner=harlow, name="Waste standards")
    adoption = AdoptionFactory(council=harlow, asset__name="Booking pattern")
    return need, project, asset, adoption


def test_every_kind_of_contribution_stands_on_the_profile(client, traces):
    page = client.get("/councils/harlow/").content.decode()

    for title in ("Bin days", "Deferred payments", "Waste standards", "Booking pattern"):
        assert title in page
    assert "Nothing yet" not in page


def test_a_successor_shows_what_its_predecessors_did_and_names_them(client):
    old = Organisation.objects.get(slug="taunton-deane")
    NeedFactory(council=old, title="Licences by post")
    page = client.get(f"/councils/{old.successors.get().slug}/").content.decode()

    assert "Licences by post" in page
    assert ">Taunton Deane" in page


def test_a_draft_is_not_shown_to_strangers(client, traces, harlow):
    AssetFactory(owner=harlow, name="Half written", state="draft", published_at=None)

    assert "Half written" not in client.get("/councils/harlow/").content.decode()


@pytest.mark.parametrize("how_many", [1, 30])
def test_the_profile_costs_the_same_however_much_there_is(
    signed_in, grace, harlow, django_assert_max_num_queries, how_many
):
    for _ in range(how_many):
        NeedFactory(council=harlow)
        ProjectFactory(lead_council=harlow, stage=Project.Stage.CO_DEVELOP)
        AdoptionFactory(council=harlow)
        AssetFactory(owner=harlow)
    client = signed_in(grace)

    with django_assert_max_num_queries(12):
        page = client.get("/councils/harlow/").content.decode()
    if how_many > 8:
        assert "8 of 30, the latest first" in page
