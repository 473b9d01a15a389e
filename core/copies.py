"""Whether a response may be kept and served again."""

from django.http import HttpRequest


def say_it_moves(request: HttpRequest) -> None:
    """Note that the response shows what changes without a new content version, so that it is not kept."""
    request.shows_what_moves = True  # type: ignore[attr-defined]  # read below


def moves(request: HttpRequest) -> bool:
    """Whether the response to this request shows what changes without a new content version."""
    return getattr(request, "shows_what_moves", False)
