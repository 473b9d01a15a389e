"""A council's profile shows what it contributed, and names what the councils before it did."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import AnonymousUser

from councils.models import Organisation
from portal.figures.contributions import contributions_of
from projects.models import NeedSupport, Project, StatusUpdate
from publishing.models import NeedAnswer
from take_up.models import Adoption
from tests.factories.accounts import UserFactory
from tests.factories.assets_registry import AssetFactory
from tests.factories.projects import NeedFactory, ProjectFactory
from tests.factories.take_up import AdoptionFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


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


def words_of(page: str) -> str:
    """The sentence that a profile begins with, without its links."""
    found = re.search(r'<p class="lda-in-figures">(.*?)</p>', page, re.DOTALL)
    return re.sub(r"<[^>]*>", "", found[1]).replace("\N{NO-BREAK SPACE}", " ") if found else ""


def test_the_profile_begins_with_what_its_sections_hold(client, traces, harlow, luton):
    someone = UserFactory()
    AdoptionFactory(council=harlow, status=Adoption.Status.EVALUATING)
    AdoptionFactory(council=harlow, status=Adoption.Status.PILOTING)
    AdoptionFactory(council=harlow, confirmed_by=None, confirmed_at=None)
    AdoptionFactory(council=harlow, may_be_listed=False)
    NeedSupport.objects.create(need=NeedFactory(council=luton), council=harlow, joined_by=someone)

    page = client.get("/councils/harlow/").content.decode()

    assert words_of(page).startswith(
        "Harlow uses 1 asset, shares 1 asset, is in 1 project and leads none, raised 1 need and joined 1 more, and was"
    )
    for kind in ("uses", "tries", "shares", "takes-part", "raised", "joined"):
        assert f'id="{kind}"' in page


def test_the_last_action_of_its_people_that_all_may_see_is_the_last_that_counts(client, harlow, surrey, amina, fatima):
    def on(month: int) -> dt.datetime:
        return dt.datetime(2025, month, 16, 12, tzinfo=dt.UTC)

    NeedFactory(council=harlow, raised_at=on(1))
    AssetFactory(owner=harlow, published_at=on(2))
    led = ProjectFactory(lead_council=harlow)
    StatusUpdate.objects.create(project=led, line="Sketches tested.", at=on(3), by=amina)
    StatusUpdate.objects.create(project=led, line="Seen by the board.", at=on(5), by=fatima)
    AdoptionFactory(council=harlow, confirmed_at=on(4), may_be_listed=False)
    joined = ProjectFactory(lead_council=surrey)
    joined.partners.add(harlow)

    assert "last active through its own people on 16 March 2025." in words_of(
        client.get("/councils/harlow/").content.decode()
    )
    NeedSupport.objects.create(
        need=NeedFactory(council=surrey), council=harlow, joined_at=on(10), joined_by=UserFactory()
    )
    assert "last active through its own people on 16 October 2025." in words_of(
        client.get("/councils/harlow/").content.decode()
    )


def test_saying_how_a_need_looks_and_linking_an_answer_are_actions(client, harlow, surrey, amina):
    def on(month: int) -> dt.datetime:
        return dt.datetime(2025, month, 16, 12, tzinfo=dt.UTC)

    need = NeedFactory(council=surrey, raised_at=on(1))
    words = {"words": "Twenty calls a day", "said_at": on(6)}
    NeedSupport.objects.create(need=need, council=harlow, joined_at=on(2), joined_by=amina, **words)
    assert "last active through its own people on 16 June 2025." in words_of(
        client.get("/councils/harlow/").content.decode()
    )

    asset = AssetFactory(owner=harlow, published_at=on(3))
    NeedAnswer.objects.create(need=need, asset=asset, linked_by=amina, linked_at=on(8))
    assert "last active through its own people on 16 August 2025." in words_of(
        client.get("/councils/harlow/").content.decode()
    )


def test_what_is_all_made_up_is_said_so_once_above_and_otherwise_line_by_line(client, harlow):
    NeedFactory(council=harlow, is_illustrative=True)
    AdoptionFactory(council=harlow, is_illustrative=True)
    origin = "made up to show how the portal works"

    page = client.get("/councils/harlow/").content.decode()
    assert page.count(origin) == 1
    assert page.index("lda-in-figures") < page.index(origin) < page.index("data-main-action")

    AssetFactory(owner=harlow)
    page = client.get("/councils/harlow/").content.decode()
    assert page.count(origin) == 2
    assert page.index("data-main-action") < page.index(origin)


def test_what_has_a_source_is_made_up_in_part_and_never_all_of_it(client, harlow):
    NeedFactory(council=harlow, is_illustrative=True, source="A report of 2014; its lead illustrative")

    page = client.get("/councils/harlow/").content.decode()

    assert "All of it" not in page
    assert "Illustrative in part<" in page
    assert "Source: A report of 2014" in page


def test_a_council_that_did_nothing_yet_says_so(client, harlow):
    assert words_of(client.get("/councils/harlow/").content.decode()) == (
        "Harlow has not raised, joined, used or shared anything here yet."
    )


def test_those_who_write_for_a_council_begin_there(signed_in, client, amina, carlos, harlow):
    assert 'data-main-action="yes">\n  Write a case study' in signed_in(amina).get("/councils/harlow/").content.decode()
    assert "Write a case study" not in signed_in(carlos).get("/councils/harlow/").content.decode()


def test_what_is_kept_of_one_council_says_nothing_of_another(client, traces, surrey):
    NeedFactory(council=surrey, title="Blue badges")
    first = client.get("/councils/harlow/").content.decode()
    second = client.get("/councils/surrey/").content.decode()

    assert "Bin days" in first
    assert "Bin days" not in second
    assert "Blue badges" in second
    assert "Blue badges" not in first


def test_strangers_and_those_who_are_signed_in_read_the_same(traces, harlow, surrey):
    for council in (harlow, surrey):
        kept = contributions_of(council, AnonymousUser())
        anew = contributions_of(council, UserFactory())

        assert kept == anew
        assert kept.lines


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

    # The last are where the council says that it stands by Planting the Flag, and whether its reader follows it.
    with django_assert_max_num_queries(20):
        page = client.get("/councils/harlow/").content.decode()
    if how_many > 8:
        assert "8 of 30, the latest first" in page
