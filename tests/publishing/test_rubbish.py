"""Rubbish in the admin's editor is a sentence beside the field, never an error of the server."""

import json

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from publishing.blocks.field import BodyField, BodyFormField
from publishing.models import NewsIndexPage
from publishing.unread import RichTextFormField
from tests.publishing.blocks import posted_blocks
from tests.publishing.drafts import draft_of, fresh, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("short_directory")]
SENTENCE = "These words could not be read."


def _with_entity(entity):
    block = {"key": "a", "text": "x", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "data": {}}
    return json.dumps(
        {"blocks": [{**block, "entityRanges": [{"offset": 0, "length": 1, "key": 0}]}], "entityMap": entity}
    )


RUBBISH = [
    "x",
    "5",
    "[]",
    '"x"',
    '{"blocks": 5}',
    '{"blocks": [5]}',
    "[" * 5000,
    "9" * 5000,
    _with_entity({}),
    _with_entity({"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": "9" * 5000, "parentId": 1}}}),
    _with_entity({"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": "x", "parentId": 1}}}),
]


def test_rubbish_in_a_rich_text_field_is_a_sentence_beside_it(harlow, amina, signed_in):
    draft = draft_of(harlow, amina)
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    before = fresh(draft).latest_revision_id
    client = signed_in(amina)

    for rubbish in RUBBISH:
        answer = client.post(address, typed(draft, problem=rubbish))

        assert answer.status_code == 200, rubbish[:40]
        assert SENTENCE in answer.context["form"].errors["problem"][0], rubbish[:40]
        assert SENTENCE in answer.content.decode(), rubbish[:40]
        assert fresh(draft).latest_revision_id == before


def test_so_it_is_where_a_page_begins_and_in_its_preview(edith, signed_in):
    client = signed_in(edith)
    parent = NewsIndexPage.objects.get()
    said = {"title": "News", "slug": "news-1", "published_on": "2015-01-01", "summary": "x"}
    said |= posted_blocks(("text", "x"))

    answer = client.post(reverse("wagtailadmin_pages:add", args=["publishing", "newspage", parent.pk]), said)
    preview = client.post(
        reverse("wagtailadmin_pages:preview_on_add", args=["publishing", "newspage", parent.pk]), said
    )

    assert SENTENCE in answer.content.decode()
    assert preview.json() == {"is_valid": False, "is_available": False}


def test_every_field_of_a_page_in_which_words_are_composed_answers_so():
    for model in apps.get_models():
        if issubclass(model, Page) and model is not Page:
            blocks = [field for field in model._meta.fields if isinstance(field, StreamField)]
            assert all(isinstance(field, BodyField) for field in blocks), model
            form = model.get_edit_handler().get_form_class()
            names = [field.name for field in model._meta.fields if isinstance(field, RichTextField)]
            assert all(isinstance(form.base_fields[name], RichTextFormField) for name in names), model
            assert all(isinstance(form.base_fields[field.name], BodyFormField) for field in blocks), model


@pytest.mark.parametrize(
    "hidden",
    [
        {"workflow-action-extra-data": "x"},
        {"workflow-action-extra-data": "[1]"},
        {"workflow-action-extra-data": '{"comment": {}}'},
        {"workflow-action-extra-data": "[" * 5000},
        {"overwrite_revision_id": "x"},
        {"overwrite_revision_id": "9" * 5000},
    ],
)
def test_rubbish_in_the_hidden_values_of_the_form_is_400(harlow, amina, signed_in, hidden):
    draft = draft_of(harlow, amina)

    answer = signed_in(amina).post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), typed(draft, **hidden))

    assert answer.status_code == 400


def test_a_body_that_is_no_json_is_400(amina, signed_in):
    answer = signed_in(amina).patch(reverse("wagtailadmin_dismissibles"), "x", content_type="application/json")

    assert answer.status_code == 400


@pytest.mark.parametrize("key", ['id="x"', 'id="9999999999999999999999"', 'id="-1"', 'id="٣"', ""])
def test_a_stored_link_that_names_no_number_of_a_page_is_no_link(key, harlow, amina, signed_in, client):
    page, index = draft_of(harlow, amina), NewsIndexPage.objects.get()
    good = f'<a linktype="page" id="{index.pk}">good</a>'
    page.problem = f'<p>See <a linktype="page" {key}>strange words</a> and {good}.</p>'
    page.save_revision(user=amina).publish()

    shown = client.get(fresh(page).get_url()).content.decode()
    edited = signed_in(amina).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert "strange words" in shown
    assert '<a href="/news/"' in shown
    assert edited.status_code == 200
    assert "strange words" in edited.content.decode()
