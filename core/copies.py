"""Whether a response may be kept and served again."""

from django.http import HttpRequest


def do_not_keep(request: HttpRequest) -> None:
    """Note that the response shows what changes without a new content version, so that it is not kept."""
    request.is_not_kept = True  # type: ignore[attr-defined]  # read below


def is_not_kept(request: HttpRequest) -> bool:
    """Whether the response to this request shows what changes without a new content version."""
    return getattr(request, "is_not_kept", False)
