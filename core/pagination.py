"""Page numbers that cannot be wrong: nonsense means the first page, too far means the last."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PAGE_SIZE = 20


def page_of(request: HttpRequest, rows, *, size: int = PAGE_SIZE) -> Page:
    """The page of `rows` that `?page=` asks for."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
