"""Carries pages from one form to another in a migration: the rows on the site, and what every version of them says."""

import json
from collections.abc import Callable
from typing import Any

from publishing.blocks.field import blocks_in, text_as_blocks


def as_json(blocks: list[dict[str, Any]]) -> str:
    """Blocks as Wagtail writes them into a version."""
    return json.dumps(blocks)


def text_as_json(text: str) -> str:
    """The rich text of a page as the JSON of one block; JSON of blocks as it is."""
    return as_json(text_as_blocks(text)) if blocks_in(text) is None else text


def carry_texts(apps: Any, app: str, model: str) -> None:
    """Put the text of each page of a model, and of each of its versions, into a block, before the column changes."""
    page = apps.get_model(app, model)
    for key, text in list(page.objects.values_list("pk", "body")):
        page.objects.filter(pk=key).update(body=text_as_json(text))

    def carry(content: dict[str, Any]) -> None:
        content["body"] = text_as_json(content.get("body") or "")

    change_versions(apps, app, model, carry)


def change_versions(apps: Any, app: str, model: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Apply `change` to what each version of the pages of a model says."""
    versions = apps.get_model("wagtailcore", "Revision").objects
    of_model = versions.filter(content_type__app_label=app, content_type__model=model.lower())
    for key in list(of_model.order_by("pk").values_list("pk", flat=True)):
        version = versions.get(pk=key)
        change(version.content)
        version.save(update_fields=["content"])
