"""Pages are composed of blocks: each shows what it was given, live where it can be, and refuses what it cannot show."""

import datetime as dt
import json
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from wagtail.blocks import StructBlock
from wagtail.models import Page

from portal.models import ContentPage, HomePage
from publishing.blocks import live
from publishing.blocks.field import text_as_blocks
from publishing.blocks.kinds import PageBody
from publishing.models import NewsIndexPage, NewsPage
from publishing.permissions import changeable_pictures, visible_pictures
from search.sources.pages import page_document
from tests.factories.assets_registry import AssetFactory
from tests.factories.events import EventFactory
from tests.factories.projects import NeedFactory, ProjectFactory
from tests.factories.publishing import picture_of, publish_case_study, publish_news
from tests.publishing.blocks import posted_blocks
from tests.publishing.test_only_what_one_may_see import words
from tests.publishing.test_two_people import news_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("short_directory")]
DAY = dt.date(2015, 6, 1)
TEXT = ("text", words())
CALL = {"heading": "Yours too?", "words": "Say so.", "button": "Raise a need", "address": "/needs/new/"}
CHART = {
    "title": "Calls",
    "kind": "bars",
    "each": "Month",
    "counts": "Calls a month",
    "lines": "May | 1,410\nJune | 268",
}
CHART |= {"source": "The phone system", "as_at": "2015-06-30"}


def guidance(*blocks) -> ContentPage:
    page = ContentPage(title="How to run a day", slug="day", summary="In one page.", body=list(blocks))
    return HomePage.objects.get().add_child(instance=page)


def form_of(page=None, **changed):
    said = {"title": "Ours", "slug": "ours", "published_on": "2026-01-01", "summary": "x", "source": ""}
    said |= {"search_description": "", "picture": "", "seo_title": ""}
    said |= {f"comments-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    return said | changed


def faults(answer) -> str:
    """Each sentence that the blocks came back with."""
    return json.dumps([each.as_json_data() for each in answer.context["form"].errors.as_data()["body"]])


def add_address() -> str:
    return reverse("wagtailadmin_pages:add", args=["publishing", "newspage", NewsIndexPage.objects.get().pk])


@pytest.fixture
def every_block(harlow):
    """One of each kind, as the admin's form posts it."""
    need = NeedFactory(title="Bins again", council=harlow)
    study = publish_case_study(
        harlow, title="Fewer missed bins", measure="Calls", after=268, after_unit="calls", after_on=DAY
    )
    return {
        "text": words(),
        "quote": {"words": "We stopped counting.", "who": "A head of service", "source": ""},
        "call": CALL,
        "cards": {
            "heading": "",
            "cards": [{"title": name, "words": "", "address": "/events/"} for name in ("One", "Two")],
        },
        "table": {"caption": "Who comes", "lines": "Who | How many\nOfficers | 12", "source": "The desk"},
        "chart": CHART,
        "picture": {"picture": str(picture_of(harlow).pk), "caption": "Look at the lid"},
        "figures": {"heading": "Now", "introduction": "", "names": "needs"},
        "story": {
            "heading": "One story",
            "introduction": "",
            "project": ProjectFactory(title="Bins").get_absolute_url(),
        },
        "fact": {"case_study": study.get_absolute_url()},
        "related": {
            "heading": "Read next",
            "records": [need.get_absolute_url(), EventFactory(title="Bin day").get_absolute_url()],
        },
    }


SHOWN = {
    "text": "<p>x</p>",
    "quote": "“We stopped counting.”",
    "call": 'href="/needs/new/"',
    "cards": "One</a>",
    "table": "Officers",
    "chart": "Source: The phone system, as at 30 June 2015.",
    "picture": "Look at the lid",
    "figures": "Raised by 1 council",
    "story": "One story",
    "fact": "Calls: 268 calls",
    "related": "Bin day",
}


def test_each_kind_is_composed_in_the_admin_shown_to_readers_and_found(every_block, edith, signed_in, client):
    assert set(SHOWN) == set(every_block) == set(PageBody().child_blocks)

    answer = signed_in(edith).post(add_address(), form_of(**posted_blocks(*every_block.items())))
    assert answer.status_code == 302, faults(answer)
    page = NewsPage.objects.get()
    page.get_latest_revision().publish()

    shown = client.get(NewsPage.objects.get().get_absolute_url()).content.decode()
    assert {kind for kind, said in SHOWN.items() if said not in shown} == set()
    assert "Look at the lid" in page_document(NewsPage.objects.get()).body


def test_saving_blocks_without_a_change_makes_no_version(every_block, edith, signed_in):
    client = signed_in(edith)
    client.post(add_address(), form_of(**posted_blocks(*every_block.items())))
    page = NewsPage.objects.get()
    kept = page.get_latest_revision_as_object().body
    sent = posted_blocks(*every_block.items())
    for n, block in enumerate(kept):
        sent[f"body-{n}-id"] = block.id
        for name in ("cards", "records"):
            if isinstance(block.block, StructBlock) and name in block.value:
                sent |= {
                    f"body-{n}-value-{name}-{m}-id": each.id for m, each in enumerate(block.value[name].bound_blocks)
                }

    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(**sent))

    assert page.revisions.count() == 1


RUBBISH = [
    {"body": "x"},
    {"body": '{"blocks": 5}'},
    {"body-count": "x"},
    {"body-count": "9" * 5000},
    {"body-count": "99999999"},
    {"body-count": "1"},
    posted_blocks(("text", "x")),
    posted_blocks(("text", '{"blocks": 5}')),
    posted_blocks(("text", "[" * 20000)),
    posted_blocks(("nonsense", "x")),
    posted_blocks(("text", words())) | {"body-0-order": "x"},
    posted_blocks(("picture", {"picture": "x", "caption": ""})),
    posted_blocks(("picture", {"picture": "9" * 30, "caption": ""})),
    posted_blocks(("cards", {"heading": "", "cards": "x"})),
    posted_blocks(("cards", {"heading": "", "cards": []})) | {"body-0-value-cards-count": "9999999"},
    posted_blocks(("text", words().replace('"text": "x"', r'"text": "\ud800"'))),
    posted_blocks(("quote", {"words": "x", "who": "x", "source": "javascript:alert(1)"})),
    posted_blocks(("call", CALL | {"address": "//evil.example/x"})),
    posted_blocks(("call", CALL | {"address": "/\\evil.example"})),
    posted_blocks(("chart", CHART | {"lines": "May | many"})),
    posted_blocks(("chart", CHART | {"as_at": "31/02/2015"})),
    posted_blocks(("table", {"caption": "x", "lines": "a | b\nc", "source": ""})),
    posted_blocks(("figures", {"heading": "", "introduction": "", "names": "nonsense"})),
    posted_blocks(("story", {"heading": "x", "introduction": "", "project": "/projects/none/"})),
    posted_blocks(("fact", {"case_study": "[" * 250})),
    posted_blocks(("related", {"heading": "x", "records": ["/needs/none/"]})),
]


def test_rubbish_in_blocks_is_refused_with_a_sentence(edith, signed_in):
    client = signed_in(edith)

    for rubbish in RUBBISH:
        sent = form_of(**rubbish)
        answer = client.post(add_address(), sent)
        preview = client.post(
            reverse(
                "wagtailadmin_pages:preview_on_add", args=["publishing", "newspage", NewsIndexPage.objects.get().pk]
            ),
            sent,
        )

        assert answer.status_code == 200, str(rubbish)[:90]
        assert "body" in answer.context["form"].errors, str(rubbish)[:90]
        assert not preview.json()["is_valid"], str(rubbish)[:90]
    assert not NewsPage.objects.exists()


def test_what_is_withdrawn_or_hidden_later_leaves_the_page_and_breaks_nothing(harlow, client):
    need = NeedFactory(title="Bins again")
    asset = AssetFactory(name="A calculator")
    study = publish_case_study(harlow, title="Fewer missed bins")
    page = guidance(
        ("related", {"heading": "Next", "records": [need.get_absolute_url(), asset.get_absolute_url()]}),
        ("fact", {"case_study": study.get_absolute_url()}),
        ("story", {"heading": "One", "introduction": "", "project": "/projects/gone/"}),
        ("figures", {"heading": "Now", "introduction": "", "names": ["gone"]}),
        ("picture", {"picture": None, "caption": ""}),
    )
    assert "A calculator" in client.get(page.url).content.decode()

    type(asset).objects.update(state="draft", published_at=None)
    Page.objects.filter(pk=study.pk).update(live=False)
    shown = client.get(page.url).content.decode()

    assert "Bins again" in shown
    assert "A calculator" not in shown
    assert "Fewer missed bins" not in shown


def test_records_of_a_block_cost_one_query_for_each_kind(django_assert_num_queries):
    addresses = [NeedFactory().get_absolute_url() for _ in range(3)] + [EventFactory().get_absolute_url()]

    with django_assert_num_queries(2):
        assert [record.url for record in live.records_at(addresses)] == addresses


def test_a_picture_in_a_block_is_seen_where_its_page_is_and_not_before(harlow, edith, sunita):
    picture = picture_of(None, by=sunita)
    news = news_of(edith)
    news.body = [("picture", {"picture": picture, "caption": ""})]
    revision = news.save_revision(user=edith)
    assert not visible_pictures(AnonymousUser()).exists()
    assert changeable_pictures(sunita).contains(picture)

    news.get_workflow().start(news, edith)
    assert not changeable_pictures(sunita).exists()

    revision.publish()
    assert visible_pictures(AnonymousUser()).contains(picture)
    assert not changeable_pictures(sunita).exists()


def test_nobody_takes_a_picture_into_a_block_that_they_may_not_see(surrey, carlos, sunita, signed_in):
    secret = picture_of(surrey, by=carlos, title="Secret plan")
    sent = form_of(**posted_blocks(("picture", {"picture": str(secret.pk), "caption": ""})))

    answer = signed_in(sunita).post(add_address(), sent | {"action-submit": "1"})

    assert "Choose a picture that you may see." in answer.content.decode()
    assert "Secret plan" not in answer.content.decode()
    assert not NewsPage.objects.exists()


@pytest.mark.parametrize("kind", [*PageBody().child_blocks, "open"])
def test_each_kind_has_a_preview_and_a_word_on_what_it_is_for(every_block, edith, signed_in, kind):
    block = HomePage._meta.get_field("body").stream_block.child_blocks[kind]

    answer = signed_in(edith).get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    assert block.is_previewable
    assert block.meta.description
    assert answer.status_code == 200
    assert len(re.sub(r"(?s)<head>.*?</head>|<[^>]+>|\s", "", answer.content.decode())) > 10


def test_the_text_of_a_page_and_of_its_versions_becomes_a_block_and_no_change(edith):
    page = publish_news(published_on=DAY)
    revision = page.get_latest_revision()

    assert json.loads(revision.content["body"]) == text_as_blocks("<p>They met.</p>")
    page.save_revision(user=edith)
    assert page.revisions.count() == 1
