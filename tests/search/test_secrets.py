"""What one may not see is in no hit, count, filter, suggestion, spelling or table; what was taken back is gone at once.

Unguessable words stand in drafts, behind restrictions and in what was withdrawn.
"""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from accounts.roles import Role
from assets_registry.models import Asset
from councils.models import Service
from events.models import Event
from projects.models import Need
from publishing.models import CaseStudyIndexPage, NewsIndexPage, NewsPage
from search.models import Change
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.events import EventFactory
from tests.factories.projects import NeedFactory
from tests.factories.voting import BallotFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db, pytest.mark.usefixtures("short_directory")]
# Five letters stand for each kind of thing; all begin alike, so that one prefix would suggest them all.
CANARIES = {
    "draft asset": "zqxvasset",
    "draft event": "zqxvevent",
    "draft ballot": "zqxvballot",
    "draft page": "zqxvdraft",
    "unsaved words of a live page": "zqxvrevision",
    "members' page": "zqxvmember",
    "group's page": "zqxvgroup",
    "page with a password": "zqxvpassword",
    "page below a members' page": "zqxvbelow",
    "withdrawn need": "zqxvneed",
    "withdrawn asset": "zqxvgone",
}
WHERE = "Zqxv Region"


@pytest.fixture
def planted(news, harlow, follow):
    """Every canary in its place, and one public need so that the index is not empty."""
    words = dict(CANARIES)
    secret = Service.objects.create(lgsl=9999, name="Kept service", slug="kept-service")
    owner = OrganisationFactory(name="Owner", kind="other", region=WHERE)
    asset = AssetFactory(name=words["draft asset"], state=Asset.State.DRAFT, published_at=None, owner=owner)
    asset.services.add(secret)
    EventFactory(title=words["draft event"], state=Event.State.DRAFT, host=owner).services.add(secret)
    BallotFactory(question=words["draft ballot"], event=EventFactory(title="A day"))
    draft = news(words["draft page"])
    draft.unpublish()
    live = news("Live page")
    live.title = words["unsaved words of a live page"]
    live.save_revision()
    for name, kind in (
        ("members' page", PageViewRestriction.LOGIN),
        ("group's page", PageViewRestriction.GROUPS),
        ("page with a password", PageViewRestriction.PASSWORD),
    ):
        page = news(words[name])
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
        if kind == PageViewRestriction.GROUPS:
            restriction.groups.add(Group.objects.get(name=Role.BOARD.value))
    PageViewRestriction.objects.create(
        page=CaseStudyIndexPage.objects.get(), restriction_type=PageViewRestriction.LOGIN
    )
    below = NewsPage(title=words["page below a members' page"], summary="S", body="b", published_on="2015-01-01")
    CaseStudyIndexPage.objects.get().add_child(instance=below)
    NeedFactory(title=words["withdrawn need"], state=Need.State.WITHDRAWN, service=secret)
    AssetFactory(name=words["withdrawn asset"], state=Asset.State.WITHDRAWN)
    NeedFactory(title="A public need")
    follow()


def everything_shown(client) -> str:
    """Every page, table and list that search can give about the canaries."""
    texts = [
        client.get(f"/search/?kind={kind}{more}").content.decode()
        for kind in ("asset", "event", "ballot", "need", "news", "page")
        for more in ("", "&format=csv", "&sort=newest")
    ]
    for word in (*CANARIES.values(), "zqxv", "zqxvasse", "zqxvevnet"):
        for query in (f"q={word}", f"q={word}&format=csv", f"q={word}&exact=1"):
            # What was typed stands on the page again, of course.
            texts.append(client.get(f"/search/?{query}").content.decode().replace(word, ""))
        for length in (2, 4, 6, len(word)):
            texts += suggested(client, word[:length])
    return "\n".join(texts).lower()


def suggested(client, typed: str) -> list[str]:
    """What is suggested, without the typed words that the last row always says again."""
    *rows, last = client.get(f"/search/suggest?q={typed}").json()
    assert last["text"] == f"Search for “{typed}”"
    return [f"{row['text']} {row['detail']}" for row in rows] + ([last["detail"]] if last["detail"] else [])


def test_a_stranger_finds_none_of_them(client, planted):
    shown = everything_shown(client)

    assert "zqxv" not in shown


def test_the_index_itself_counts_none_of_them_for_a_stranger(client, planted):
    for word in CANARIES.values():
        assert "<b>0 results</b>" in client.get(f"/search/?q={word}").content.decode()
    for kind in ("asset", "event", "need"):
        page = client.get(f"/search/?kind={kind}").content.decode()
        assert "kept-service" not in page
        assert WHERE not in page


def test_whoever_may_see_them_finds_them(signed_in, planted, found, boris, fatima, edith, ben):
    signed_in(ben)
    assert found("q=zqxvmember") == [CANARIES["members' page"]]
    assert found("q=zqxvbelow") == [CANARIES["page below a members' page"]]
    assert found("q=zqxvgroup") == found("q=zqxvasset") == found("q=zqxvpassword") == []
    signed_in(boris)
    assert found("q=zqxvgroup") == [CANARIES["group's page"]]
    signed_in(fatima)
    assert found("q=zqxvevent") == [CANARIES["draft event"]]
    assert found("q=zqxvballot") == [CANARIES["draft ballot"]]
    signed_in(edith)
    assert found("q=zqxvasset") == [CANARIES["draft asset"]]


def test_suggestions_are_public_even_for_those_who_see_more(signed_in, planted, root_user, edith):
    for person in (root_user, edith):
        answer = signed_in(person).get("/search/suggest?q=zqxv").json()
        assert [s["kind"] for s in answer if s["kind"] != "Service"] == ["Search"]


def test_a_council_s_draft_is_found_by_those_who_write_for_it_only(signed_in, follow, found, amina, carlos, harlow):
    AssetFactory(name="zqxvown", state=Asset.State.DRAFT, published_at=None, owner=harlow)
    follow()

    signed_in(amina)
    assert found("q=zqxvown") == ["zqxvown"]
    signed_in(carlos)
    assert found("q=zqxvown") == []


# Taken back, with the worker stopped -------------------------------------------------------------------------


def unpublish(page, need, event, asset):
    page.unpublish()


def restrict(page, need, event, asset):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def restrict_above(page, need, event, asset):
    PageViewRestriction.objects.create(page=NewsIndexPage.objects.get(), restriction_type=PageViewRestriction.LOGIN)


def delete_page(page, need, event, asset):
    page.delete()


@pytest.mark.parametrize("action", [unpublish, restrict, restrict_above, delete_page])
def test_a_page_that_was_taken_back_is_gone_at_once(client, news, follow, action):
    page = news("Zqxvpage", "Zqxvsummary")
    follow()
    assert "<b>1 result</b>" in client.get("/search/?q=zqxvpage").content.decode()

    action(page, None, None, None)

    assert_gone(client, "zqxvpage")


def test_records_that_were_taken_back_are_gone_at_once(client, follow, harlow):
    secret = Service.objects.create(lgsl=9999, name="Kept service", slug="kept-service")
    need = NeedFactory(title="Zqxvneed", service=secret)
    event = EventFactory(title="Zqxvevent")
    asset = AssetFactory(name="Zqxvasset", owner=OrganisationFactory(kind="other", region=WHERE))
    follow()
    assert WHERE in client.get("/search/?kind=asset").content.decode()

    need.state = Need.State.WITHDRAWN
    need.save()
    event.state = Event.State.DRAFT
    event.save()
    asset.state = Asset.State.WITHDRAWN
    asset.save()

    for word in ("zqxvneed", "zqxvevent", "zqxvasset"):
        assert_gone(client, word)
    for kind in ("asset", "need"):
        page = client.get(f"/search/?kind={kind}").content.decode()
        assert "kept-service" not in page
        assert WHERE not in page


def test_of_more_changes_than_are_looked_at_what_was_taken_back_is_gone_and_the_rest_is_found(
    client, follow, found, monkeypatch
):
    monkeypatch.setattr("search.queries.MOST_LOOKED_AT", 3)
    monkeypatch.setattr("search.queries.REMEMBERED", 0)
    needs = NeedFactory.create_batch(6, title="Zqxvneed")
    kept = NeedFactory(title="Zqxvkept")
    follow()
    for need in needs:
        need.state = Need.State.WITHDRAWN
        need.save()
    kept.save()

    assert_gone(client, "zqxvneed")
    page = client.get("/search/?q=zqxvkept").content.decode()
    assert "<b>1 result</b>" in page
    assert "the counts may lag behind" in page
    follow()
    assert "the counts may lag behind" not in client.get("/search/?q=zqxvkept").content.decode()


def test_a_long_backlog_is_read_to_its_limit_and_remembered_for_a_second(client, follow):
    NeedFactory(title="Zqxvneed")
    follow()
    Change.announce("need", [str(number) for number in range(10_000, 10_600)])

    with CaptureQueriesContext(connection) as first:
        client.get("/search/?q=zqxvneed")
    with CaptureQueriesContext(connection) as second:
        client.get("/search/?q=zqxvneed")

    asked = [query["sql"] for query in first if "'embedded'" in query["sql"]]  # an engine with an index
    about_changes = [sql for sql in asked if "search_change" in sql]
    assert len(about_changes) == 1
    assert "LIMIT 501" in about_changes[0]
    assert not [query for query in second if "search_change" in query["sql"] or "search_cursor" in query["sql"]]


def test_leaving_a_council_takes_its_drafts_away_at_once(signed_in, follow, found, amina, harlow):
    AssetFactory(name="zqxvown", state=Asset.State.DRAFT, published_at=None, owner=harlow)
    follow()
    signed_in(amina)
    assert found("q=zqxvown") == ["zqxvown"]

    amina.memberships.update(state="ended")

    assert found("q=zqxvown") == []


def test_a_row_that_went_without_a_word_is_skipped(client, follow, found):
    kept, lost = NeedFactory(title="Zqxv kept"), NeedFactory(title="Zqxv lost")
    follow()
    Need.objects.filter(pk=lost.pk).update(state=Need.State.WITHDRAWN)  # past every signal

    assert found("q=zqxv") == [kept.title]


def assert_gone(client, word: str) -> None:
    page = client.get(f"/search/?q={word}").content.decode()
    assert "<b>0 results</b>" in page
    assert f"<mark>{word}" not in page.lower()
    assert suggested(client, word[:6]) == []
    misspelt = client.get(f"/search/?q={word[:-1]}").content.decode().lower()
    assert f"{word}<" not in misspelt
    table = client.get(f"/search/?q={word}&format=csv").content.decode().lower()
    assert word not in table.replace(f"“{word}”", "")
