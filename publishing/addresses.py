"""The address at which a page is edited, and file names as parts of addresses."""

from django.urls import reverse
from wagtail.models import Page


def editing_address(page: Page) -> str:
    """The path at which a page is edited in the admin."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


class FileNameConverter:
    """One part of a path, as a file may be called: PostgreSQL would choke on a NUL byte."""

    regex = r"[^/\0]+"

    def to_python(self, text: str) -> str:
        return text

    def to_url(self, name: str) -> str:
        return name
