"""What a request is answered with: done, refused, or not understood; and whether a copy may be served again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme


def is_refused(request: HttpRequest) -> bool:
    """Whether the deed has left an error message for the reader: a rule said no."""
    # Django tells which messages are new only to itself.
    said = getattr(getattr(request, "_messages", None), "_queued_messages", ())
    return any(message.level >= messages.ERROR for message in said)


def is_done(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a post has done what was asked: it leads on, and nothing was refused."""
    return 300 <= response.status_code < 400 and not is_refused(request)


def say_it_moves(request: HttpRequest) -> None:
    """Note that the answer shows what changes without a new content version, so no copy of it is served again."""
    request.shows_what_moves = True  # type: ignore[attr-defined]  # read below


def moves(request: HttpRequest) -> bool:
    """Whether the answer to this request shows what changes without a new content version."""
    return getattr(request, "shows_what_moves", False)


def way_back(request: HttpRequest) -> str:
    """The page of this site that a form asks to be led back to, as `next`; empty where it names none."""
    onward = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return onward if is_ours and onward.startswith("/") else ""
