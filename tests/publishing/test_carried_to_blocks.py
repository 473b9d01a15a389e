"""Pages written before there were blocks keep every word: on the site, in each version, and on the home page."""

import json

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from wagtail.models import Revision

from portal.models import ContentPage, HomePage
from publishing.models import NewsPage
from tests.factories.accounts import UserFactory
from tests.factories.projects import NeedFactory, ProjectFactory
from tests.factories.publishing import publish_news

NEWS, GUIDANCE = "<p>They “met” in Leeds.</p>", '<h2 data-block-key="a1">Who may join</h2>'
STEPS = (
    ("publishing", "0012_blocks", [("publishing", "0011_bundles"), ("portal", "0011_queue_claims")]),
    ("portal", "0012_blocks", [("publishing", "0012_blocks"), ("portal", "0011_queue_claims")]),
)


def _written_before(page, **said) -> None:
    for revision in page.revisions.all():
        revision.content |= said
        revision.save(update_fields=["content"])


@pytest.mark.sql
@pytest.mark.django_db(transaction=True)
def test_text_becomes_one_block_and_what_the_home_page_showed_becomes_three():
    news = publish_news(published_on="2015-06-01")
    home = HomePage.objects.get()
    guide = home.add_child(instance=ContentPage(title="Joining", body=GUIDANCE))
    guide.save_revision()
    home.save_revision()
    story, need = ProjectFactory(title="Calculator"), NeedFactory(title="Bins again")
    loader = MigrationLoader(connection, replace_migrations=False)
    steps = [(loader.get_migration(app, name), loader.project_state(before)) for app, name, before in STEPS]
    for step, before in reversed(steps):
        with connection.schema_editor() as editor:
            step.unapply(before, editor)
    former = steps[0][1].apps
    former.get_model("publishing", "NewsPage").objects.update(body=NEWS)
    former.get_model("portal", "ContentPage").objects.update(body=GUIDANCE)
    chosen = {"story_heading": "One story", "story_introduction": "It fell short."}
    former.get_model("portal", "HomePage").objects.update(story_id=story.pk, featured_need_id=need.pk, **chosen)
    _written_before(news, body=NEWS)
    _written_before(guide, body=GUIDANCE)
    _written_before(home, story=story.pk, featured_need=need.pk, **chosen)

    for step, before in steps:
        with connection.schema_editor() as editor:
            step.apply(before.clone(), editor)

    for page, text in ((NewsPage.objects.get(), NEWS), (ContentPage.objects.get(), GUIDANCE)):
        assert [(block.block_type, block.value.source) for block in page.body] == [("text", text)]
        assert [json.loads(revision.content["body"])[0]["value"] for revision in page.revisions.all()] == [text]
        assert page.get_latest_revision_as_object().body[0].value.source == text
    news = NewsPage.objects.get().get_latest_revision_as_object()
    news.save_revision(user=UserFactory())
    assert news.saved_nothing
    home = HomePage.objects.get()
    kinds = {block.block_type: block.value for block in home.body}
    assert list(kinds) == ["story", "open", "figures"]
    assert (kinds["story"]["heading"], kinds["story"]["project"]) == ("One story", story.get_absolute_url())
    assert kinds["open"]["need"] == need.get_absolute_url()
    said = Revision.objects.get(object_id=str(home.pk)).content
    assert "story" not in said
    assert json.loads(said["body"]) == list(home.body.raw_data)
