"""A page's form takes only what its writer may see, and what the page holds already, whatever is posted."""

import json

import pytest
from django.urls import reverse

from assets_registry.models import Asset
from publishing.models import CaseStudyIndexPage, CaseStudyPage, NewsIndexPage, NewsPage
from tests.factories.assets_registry import AssetFactory
from tests.factories.publishing import picture_of
from tests.publishing.blocks import posted_blocks
from tests.publishing.drafts import draft_of, fresh, typed
from tests.publishing.test_two_people import news_of

pytestmark = pytest.mark.django_db
REFUSED = "Choose one that you may see."


def words(entity: dict | None = None) -> str:
    """What the editor posts; with `entity`, something stands at the words."""
    place = [{"offset": 0, "length": 1, "key": 0}] if entity else []
    block = {"key": "a", "text": "x", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "data": {}}
    return json.dumps({"blocks": [{**block, "entityRanges": place}], "entityMap": {"0": entity} if entity else {}})


def beginning(model, parent) -> str:
    return reverse("wagtailadmin_pages:add", args=["publishing", model._meta.model_name, parent.objects.get().pk])


@pytest.fixture
def secret(surrey, carlos):
    return picture_of(surrey, by=carlos, title="Secret plan")


@pytest.mark.parametrize("address", ["add", "preview_on_add"])
def test_an_officer_takes_no_picture_of_another_council_into_a_new_case_study(
    harlow, amina, secret, signed_in, address
):
    sent = typed(CaseStudyPage(title="Ours", slug="ours", council=harlow, summary="x"), picture=str(secret.pk))
    parent = CaseStudyIndexPage.objects.get()
    client = signed_in(amina)

    answer = client.post(
        reverse(f"wagtailadmin_pages:{address}", args=["publishing", "casestudypage", parent.pk]), sent
    )

    if address == "add":
        assert answer.context["form"].errors["picture"] == [REFUSED]
        assert "Secret plan" not in answer.content.decode()
    else:
        assert not answer.json()["is_valid"]
    assert not CaseStudyPage.objects.exists()
    assert client.get(secret.get_rendition("max-165x165").url).status_code == 404


def test_nor_into_a_draft_that_exists(harlow, amina, secret, signed_in):
    draft = draft_of(harlow, amina)

    answer = signed_in(amina).post(
        reverse("wagtailadmin_pages:edit", args=[draft.pk]), typed(draft, picture=str(secret.pk))
    )

    assert answer.context["form"].errors["picture"] == [REFUSED]
    assert fresh(draft).get_latest_revision_as_object().picture is None


def test_nor_does_the_secretariat_into_news(sunita, secret, signed_in):
    sent = {"title": "Ours", "slug": "ours", "published_on": "2026-01-01", "summary": "x"} | posted_blocks(
        ("text", words())
    )
    sent |= {f"comments-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    client, address = signed_in(sunita), beginning(NewsPage, NewsIndexPage)

    answer = client.post(address, sent | {"picture": str(secret.pk)})

    assert answer.context["form"].errors["picture"] == [REFUSED]
    assert not NewsPage.objects.exists()
    own = picture_of(None, by=sunita)
    client.post(address, sent | {"picture": str(own.pk)})
    assert NewsPage.objects.get().picture == own


def test_a_picture_that_an_editor_chose_stays_when_the_secretariat_saves(edith, sunita, secret):
    news = news_of(edith)
    news.picture = secret

    form = NewsPage.get_edit_handler().get_form_class()(instance=news, for_user=sunita)

    assert list(form.fields["picture"].queryset) == [secret]


def test_an_officer_is_offered_no_draft_of_an_asset_of_another_council(harlow, surrey, amina):
    draft = AssetFactory(name="Secret plan", owner=surrey, state=Asset.State.DRAFT, published_at=None)
    own = AssetFactory(name="Our plan", owner=harlow, state=Asset.State.DRAFT, published_at=None)

    form = CaseStudyPage.get_edit_handler().get_form_class()(instance=CaseStudyPage(), for_user=amina)

    assert own in form.fields["asset"].queryset
    assert draft not in form.fields["asset"].queryset


@pytest.mark.parametrize("kind", ["IMAGE", "DOCUMENT", "EMBED", "LINK"])
def test_words_carry_no_picture_and_no_file(harlow, amina, secret, signed_in, kind):
    draft = draft_of(harlow, amina)
    data = {"id": secret.pk, "format": "fullwidth", "alt": "x", "linktype": "document", "url": "/media/x"}
    entity = {"type": kind, "mutability": "IMMUTABLE", "data": data}

    signed_in(amina).post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), typed(draft, problem=words(entity)))

    said = fresh(draft).get_latest_revision_as_object().problem
    assert "embed" not in said
    assert "document" not in said


def test_words_typed_as_markup_are_words(harlow, amina, secret, signed_in):
    draft = draft_of(harlow, amina)
    sent = json.loads(words())
    sent["blocks"][0]["text"] = f'<embed embedtype="image" id="{secret.pk}" format="left" alt="x"/>'

    signed_in(amina).post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), typed(draft, problem=json.dumps(sent)))

    assert "<embed" not in fresh(draft).get_latest_revision_as_object().problem
