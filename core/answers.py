"""What a post is answered with: done, refused, or not understood."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse


def is_refused(request: HttpRequest) -> bool:
    """Whether the deed has left an error message for the reader: a rule said no."""
    # Django tells which messages are new only to itself.
    said = getattr(getattr(request, "_messages", None), "_queued_messages", ())
    return any(message.level >= messages.ERROR for message in said)


def is_done(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a post has done what was asked: it leads on, and nothing was refused."""
    return 300 <= response.status_code < 400 and not is_refused(request)
