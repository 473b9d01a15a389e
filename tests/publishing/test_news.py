"""News says who wrote it, whose it is and what it is about; tags narrow its list; each council has its own feed."""

import datetime as dt

import pytest
from django.conf import settings
from django.urls import reverse

from publishing.models import NewsIndexPage, NewsPage
from tests.factories.projects import NeedFactory
from tests.factories.publishing import publish_news
from tests.publishing.blocks import posted_blocks
from tests.publishing.test_blocks import form_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("short_directory")]
DAY = dt.date(2015, 6, 1)
QUOTE = ("quote", {"words": "We met.", "who": "A councillor", "source": ""})


def tagged(title, *tags, **fields) -> NewsPage:
    page = publish_news(title=title, slug=title.lower().replace(" ", "-"), published_on=DAY, **fields)
    page.tags.add(*tags)
    page.save()
    return page


def test_news_is_written_with_author_council_record_and_tags(harlow, edith, signed_in, client):
    need = NeedFactory(title="Bins again")
    address = reverse("wagtailadmin_pages:add", args=["publishing", "newspage", NewsIndexPage.objects.get().pk])
    said = form_of(author="Amina Shah", council=str(harlow.pk), tags="Waste, bin day, waste")
    wrong = {"about": "/needs/none/", "tags": "a, b, c, d, e, f"}

    refused = signed_in(edith).post(address, said | posted_blocks(QUOTE) | wrong).context["form"].errors
    saved = signed_in(edith).post(address, said | posted_blocks(QUOTE) | {"about": need.get_absolute_url()})
    assert refused.keys() == {"about", "tags"}
    assert saved.status_code == 302
    page = NewsPage.objects.get()
    kept = page.revisions.count()
    page.get_latest_revision_as_object().save_revision(user=edith)
    assert page.revisions.count() == kept
    page.get_latest_revision().publish()

    shown = client.get(page.get_absolute_url()).content.decode()
    for words in ("Amina Shah", "Harlow", "Bins again", '?tag=bin-day">bin day</a>'):
        assert words in shown


def test_a_tag_narrows_the_list_and_one_that_nobody_used_says_so(client):
    tagged("Bins first", "waste")
    tagged("Parking first", "parking")

    page = client.get("/news/?tag=waste").content.decode()

    assert "Bins first" in page
    assert "Parking first" not in page
    assert "Only news with the tag “waste”." in page
    for strange in ("none", "x" * 5000, "%00", "waste'"):
        assert client.get("/news/", {"tag": strange}).status_code == 200
    assert "No news with this tag" in client.get("/news/?tag=none").content.decode()


def test_a_councils_feed_has_what_is_its_own(client, harlow, surrey):
    tagged("Ours", council=harlow)
    tagged("Theirs", council=surrey)
    tagged("Of all")

    feed = client.get(f"/feeds/news/{harlow.slug}.atom")

    assert feed["Content-Type"].startswith("application/atom+xml")
    assert "Ours" in feed.content.decode()
    assert "Theirs" not in feed.content.decode()
    assert "Of all" not in feed.content.decode()
    for nothing in ("/feeds/events/harlow.atom", "/feeds/news/nowhere.atom", "/feeds/people/harlow.atom"):
        assert client.get(nothing).status_code == 404


def test_every_page_has_a_card_of_its_own_words(client):
    need = NeedFactory(title='Bins & "boxes"', what="To hear about a <changed> bin day.")

    page = client.get(need.get_absolute_url()).content.decode()

    assert '<meta property="og:title" content="Bins &amp; &quot;boxes&quot; – Need">' in page
    assert '<meta property="og:description" content="To hear about a &lt;changed&gt; bin day.">' in page
    assert f'content="{settings.BASE_URL}/static/design_system/card.png"' in page
    assert page.count('<meta name="description"') == 1
    assert '<meta property="og:title" content="Home">' in client.get("/").content.decode()
