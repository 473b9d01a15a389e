"""The admin's rich-text editor, which takes rubbish for what it is instead of failing."""

import re
from collections.abc import Iterator
from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.models import Page
from wagtail.rich_text import expand_db_html
from wagtail.rich_text.pages import PageLinkHandler
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from core.numbers import whole_number
from publishing.unread import NoRichText


def without_links_to_no_page(html: str) -> str:
    """The same text, in which a link that names no number of a page is none."""

    def read(tag: re.Match[str]) -> str:
        attrs = extract_attrs(tag[1])
        return "<a>" if attrs.get("linktype") == "page" and _key_of(attrs) is None else tag[0]

    return FIND_A_TAG.sub(read, html)


def _key_of(attrs: dict[str, Any]) -> int | None:
    return whole_number(str(attrs.get("id", "")))


class RichTextArea(DraftailRichTextArea):
    """Wagtail's editor; what it did not write itself comes out as NoRichText instead of an error."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        try:
            html = super().value_from_datadict(data, files, name)
            expand_db_html(html or "")
        except Exception:  # Wagtail's converter fails in a dozen ways on what it did not write
            return NoRichText()
        return NoRichText() if html and without_links_to_no_page(html) != html else html

    def format_value(self, value: Any) -> Any:
        return super().format_value("" if isinstance(value, NoRichText) else without_links_to_no_page(value or ""))


class LinkToPage(PageLinkHandler):
    """A link to a page, whose address is read from the plain page: no type of ours makes its own.

    One that names no number of a page is no link.
    """

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Page | None]:
        keys = [_key_of(attrs) for attrs in attrs_list]
        found = Page.objects.in_bulk([key for key in keys if key is not None])
        return [None if key is None else found.get(key) for key in keys]

    @classmethod
    def extract_references(cls, attrs: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
        return super().extract_references(attrs) if _key_of(attrs) is not None else iter(())
