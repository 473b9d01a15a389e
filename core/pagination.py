"""Pagination that accepts any page number: nonsense and 0 mean the first page, too high the last."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

PAGE_SIZE = 20


class UpTo(Paginator):
    """A paginator of the first `most` rows of a queryset, which also counts no further than these."""

    def __init__(self, rows: QuerySet, size: int, most: int) -> None:
        super().__init__(rows, size)
        self.rows, self.most = rows, most

    @cached_property
    def _counted(self) -> int:
        return self.rows.order_by()[: self.most + 1].count()

    @property
    def count(self) -> int:  # type: ignore[override]  # Django's is cached, here the one below it is
        return min(self._counted, self.most)

    @property
    def has_more(self) -> bool:
        """Whether there are rows beyond the last page."""
        return self._counted > self.most


def page_of(
    request: HttpRequest, rows: Any, *, size: int = PAGE_SIZE, most: int | None = None, count: int | None = None
) -> Page:
    """The page of `rows` that `?page=` asks for; with `most`, among the first so many; `count` where it is known."""
    pages = Paginator(rows, size) if most is None else UpTo(rows, size, most)
    if count is not None:
        pages.count = count
    asked = request.GET.get("page", "")
    is_before_the_first = asked.startswith("-") or not asked.strip("0")
    return pages.get_page(1 if is_before_the_first else asked)
