"""Whether a copy of an answer may be served again."""

from django.http import HttpRequest


def say_it_moves(request: HttpRequest) -> None:
    """Note that the answer shows what changes without a new content version, so no copy of it is served again."""
    request.shows_what_moves = True  # type: ignore[attr-defined]  # read below


def moves(request: HttpRequest) -> bool:
    """Whether the answer to this request shows what changes without a new content version."""
    return getattr(request, "shows_what_moves", False)
