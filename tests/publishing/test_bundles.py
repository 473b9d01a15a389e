"""What is in a bundle stays off the site on every path until its moment; then all of it is there, or nothing."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page

from core import clock
from core.errors import Refused
from events.models import Event
from outbox.models import Message
from publishing.bundles.operations import (
    change_bundle,
    make_bundle,
    put_in_bundle,
    release_bundle,
    release_due_bundles,
    take_out_of_bundle,
)
from publishing.models import BundlePage, CaseStudyPage, editorial
from publishing.operations import approve_case_study, publish_and_expire_what_is_due, submit_case_study
from publishing.permissions import admin as permissions
from publishing.standing import standing
from search import follower
from search.engines.embedded import EmbeddedEngine
from tests.factories.events import EventFactory
from tests.factories.publishing import bundle_of, picture_of, publish_news
from tests.publishing.drafts import draft_of, typed
from tests.publishing.test_two_people import news_of

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
CANARY = "zyxwolverine"


@pytest.fixture
def bundle(edith):
    return make_bundle(name="Newsletter of June", releases_at=clock.now() + HOUR, by=edith)


@pytest.fixture
def study(harlow, amina):
    draft = draft_of(harlow, amina, title=f"{CANARY} bins")
    draft.picture = picture_of(harlow, by=amina)
    draft.save_revision(user=amina)
    return CaseStudyPage.objects.get(pk=draft.pk)


@pytest.fixture
def news(edith):
    return news_of(edith, title=f"{CANARY} news")


@pytest.fixture
def approve(petra, edgar):
    """A function: what is put through its whole workflow."""

    def everything(*pages):
        for page in pages:
            if isinstance(page, CaseStudyPage):
                submit_case_study(page, by=page.owner)
                approve_case_study(page, by=petra)
                approve_case_study(page, by=edgar)
            else:
                step = page.get_workflow().start(page, page.owner).current_task_state
                step.task.specific.on_action(step, edgar, "approve")

    return everything


@pytest.fixture
def held(bundle, study, news, edith, approve):
    """A bundle of a case study and news, both approved."""
    for page in (study, news):
        put_in_bundle(bundle, page=page, by=edith)
    approve(study, news)
    return bundle


def are_live(*pages) -> list[bool]:
    return [Page.objects.get(pk=page.pk).live for page in pages]


def paths_that_say_it(client, study) -> list[str]:
    """Every public path that names the canary, or serves the picture."""
    follower.follow(EmbeddedEngine())
    version = study.get_latest_revision_as_object()
    addresses = [
        "/",
        study.get_absolute_url(),
        f"/news/{CANARY}-news/",
        *("/case-studies/", "/case-studies/?format=csv", "/news/", "/sitemap.xml", "/figures/"),
        *("/feeds/case-studies.atom", "/feeds/news.atom", study.council.get_absolute_url()),
        *(f"/search/?q={CANARY}", f"/search/?q={CANARY}&format=csv", f"/search/suggest?q={CANARY[:-2]}"),
    ]
    saying = []
    for address in addresses:
        said = client.get(address).content.decode().lower().replace("<mark>", "").replace("</mark>", "")
        said = said.replace(address, "")  # a page that says “not found” says what of
        if any(f"{CANARY}{mark}{page}" in said for mark in (" ", "-") for page in ("bins", "news")):
            saying.append(address)
    picture = version.picture.get_rendition("max-165x165").url
    return saying + ([picture] if client.get(picture).status_code == 200 else [])


def test_until_the_moment_no_path_says_a_word_and_from_then_on_they_do(client, held, study, news):
    with clock.at(held.releases_at - HOUR / 60):
        publish_and_expire_what_is_due()
        release_due_bundles()
    assert paths_that_say_it(client, study) == []

    with clock.at(held.releases_at):
        release_due_bundles()

    assert are_live(study, news) == [True, True]
    said = paths_that_say_it(client, study)
    assert {study.get_absolute_url(), "/feeds/news.atom", f"/search/?q={CANARY}"} <= {*said}
    assert any(path.startswith("/media/images/") for path in said)


def test_without_the_guard_approval_puts_it_onto_the_site(monkeypatch, client, bundle, study, edith, approve):
    put_in_bundle(bundle, page=study, by=edith)
    for asks in (editorial, permissions):
        monkeypatch.setattr(asks, "bundle_holding", lambda key: None)

    approve(study)

    assert study.get_absolute_url() in paths_that_say_it(client, study)


def test_nothing_else_publishes_what_a_bundle_holds(held, study, news):
    study.get_latest_revision().publish()
    with clock.at(held.releases_at + HOUR):
        publish_and_expire_what_is_due()
    call_command("publish_scheduled")

    assert are_live(study, news) == [False, False]


def test_nor_does_an_editor_by_the_button_or_the_address_for_programs(bundle, study, news, edgar, edith, signed_in):
    for page in (study, news):
        put_in_bundle(bundle, page=page, by=edith)
    client = signed_in(edgar)

    edited = client.post(
        reverse("wagtailadmin_pages:edit", args=[study.pk]), typed(study, **{"action-publish": "action-publish"})
    )
    for page in (study, news):
        client.post(f"/cms/api/main/pages/{page.pk}/action/publish/", {}, content_type="application/json")

    assert edited.status_code in (200, 302)
    assert are_live(study, news) == [False, False]


def test_a_page_that_is_live_already_keeps_no_other_back(held, study, news, edith):
    Page.objects.filter(pk=study.pk).update(live=True)
    study.revisions.update(approved_go_live_at=None)

    release_bundle(held, by=edith)

    assert are_live(study, news) == [True, True]


def test_one_page_that_is_not_approved_keeps_back_all(bundle, study, news, edith, approve):
    for page in (study, news):
        put_in_bundle(bundle, page=page, by=edith)
    approve(study)

    with clock.at(bundle.releases_at):
        release_due_bundles()
    with pytest.raises(Refused, match=f"Nothing was released: “{CANARY} news” is a draft"):
        release_bundle(bundle, by=edith)

    assert are_live(study, news) == [False, False]


def test_where_the_second_cannot_be_published_the_first_is_not_either(held, study, news):
    revision = news.get_latest_revision()
    revision.content["published_on"] = None
    revision.save()

    with clock.at(held.releases_at):
        release_due_bundles()

    assert are_live(study, news) == [False, False]
    held.refresh_from_db()
    assert held.released_at is None


def test_with_an_event_it_is_released_as_that_begins_also_when_it_is_moved_and_not_where_it_is_cancelled(
    held, study, news, edith
):
    event = EventFactory()
    change_bundle(held, name="With the day", event=event, by=edith)
    assert standing(study).startswith("It is approved and held until “")
    later = event.starts_at + HOUR
    Event.objects.filter(pk=event.pk).update(starts_at=later, ends_at=later + HOUR)

    with clock.at(later - HOUR):
        release_due_bundles()
    assert are_live(study, news) == [False, False]
    Event.objects.filter(pk=event.pk).update(state=Event.State.CANCELLED)
    with clock.at(later):
        release_due_bundles()
    assert are_live(study, news) == [False, False]
    assert "held until an Alliance editor releases it" in standing(study)
    Event.objects.filter(pk=event.pk).update(state=Event.State.PUBLISHED)
    with clock.at(later):
        release_due_bundles()
    assert are_live(study, news) == [True, True]


def test_the_author_reads_until_when_it_is_held_and_is_told_when_it_is_out(held, study, amina, edith, signed_in):
    assert standing(study).startswith("It is approved and held until ")
    shown = signed_in(amina).get(f"/cms/pages/{study.pk}/edit/").content.decode()
    assert "held until" in shown
    assert "takes it out of its bundle" in shown
    for false in ("has been scheduled to go live", "Locked by schedule", "Page locked"):
        assert false not in shown
    before = Message.objects.filter(kind="publishing.page_published", person=amina).count()

    release_bundle(held, by=edith)

    assert Message.objects.filter(kind="publishing.page_published", person=amina).count() == before + 1


def test_what_is_taken_out_is_not_on_the_site_and_its_old_moment_publishes_nothing(held, study, edith):
    take_out_of_bundle(held.places.get(page=study), by=edith)

    with clock.at(held.releases_at + HOUR):
        publish_and_expire_what_is_due()

    assert are_live(study) == [False]
    assert standing(study) == "With its authors: nobody has been asked to approve it yet."


def test_a_bundle_takes_only_what_is_not_on_the_site_and_a_page_is_in_one(bundle, study, edith):
    public = publish_news(published_on=dt.date(2015, 1, 1))
    other = make_bundle(name="Another", by=edith)
    put_in_bundle(bundle, page=study, by=edith)
    put_in_bundle(bundle, page=study, by=edith)

    for page, into in ((public, bundle), (study, other)):
        with pytest.raises(Refused, match="not on the site, and in no other bundle"):
            put_in_bundle(into, page=page, by=edith)

    assert [place.page_id for place in BundlePage.objects.all()] == [study.pk]


def test_an_editor_does_it_on_pages_and_what_is_wrong_stands_beside_the_field(signed_in, edith, study, approve):
    editor = signed_in(edith)
    editor.post("/bundles/", {"name": "Newsletter"})
    assert editor.post("/bundles/", {"name": ""}).status_code == 422
    address = editor.get("/bundles/").context["waiting"][0][0]
    here = f"/bundles/{address.pk}/"

    assert editor.post(here, {"page": "x"}).status_code == 422
    editor.post(here, {"page": study.pk})
    approve(study)
    past = {"name": "Newsletter", **{f"releases_at_{part}": "1" for part in ("day", "month", "time")}}
    past["releases_at_year"] = "2015"
    assert editor.post(f"{here}change/", past).status_code == 422
    assert "approved" in editor.get(here).content.decode()
    editor.post(f"{here}release/")

    assert are_live(study) == [True]
    assert "Released on" in editor.get(here).content.decode()


def test_release_is_offered_once_nothing_is_missing_and_else_the_page_says_what_is(signed_in, edith, harlow):
    place = bundle_of(harlow, made_by=edith)
    client, address = signed_in(edith), f"/bundles/{place.bundle_id}/"
    assert f"{address}release/" in client.get(address).content.decode()
    place.page.revisions.update(approved_go_live_at=None)

    page = client.get(address).content.decode()

    assert "It can be released once everything in it is approved." in page
    assert f"{address}release/" not in page
