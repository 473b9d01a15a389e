"""The admin's rich-text editor, which takes rubbish for what it is instead of failing."""

from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.models import Page
from wagtail.rich_text import expand_db_html
from wagtail.rich_text.pages import PageLinkHandler

from publishing.unread import NoRichText


class RichTextArea(DraftailRichTextArea):
    """Wagtail's editor; what it did not write itself comes out as NoRichText instead of an error."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        try:
            html = super().value_from_datadict(data, files, name)
            expand_db_html(html or "")  # a link to no number of a page would break the page that shows it
        except Exception:  # Wagtail's converter fails in a dozen ways on what it did not write
            return NoRichText()
        return html

    def format_value(self, value: Any) -> Any:
        return super().format_value("" if isinstance(value, NoRichText) else value)


class LinkToPage(PageLinkHandler):
    """A link to a page, whose address is read from the plain page: no type of ours makes its own."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Page | None]:
        found = Page.objects.filter(pk__in=[attrs.get("id") for attrs in attrs_list])
        by_key = {str(page.pk): page for page in found}
        return [by_key.get(str(attrs.get("id"))) for attrs in attrs_list]
