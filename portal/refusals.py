"""What people read when a request is refused: the reason, the way on, and what they had typed."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from councils.permissions import needs_second_factor

# Never given back to a page: secrets, and what means nothing to a reader.
_NOT_ECHOED = ("password", "csrf", "code", "secret", "token", "credential")
_LONGEST = 100_000
_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where more was sent than the site takes."""
    is_too_much = isinstance(exception, _TOO_MUCH)
    return render(request, "400.html", {"is_too_much": is_too_much}, status=413 if is_too_much else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason; whoever only lacks a second factor is told so."""
    reason = str(exception) or "Your account may not do this."
    user = getattr(request, "user", None)
    lacks_factor = user is not None and needs_second_factor(user)
    return render(request, "403.html", {"reason": reason, "lacks_factor": lacks_factor}, status=403)


def is_from_this_site(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent this request."""
    sender = request.META.get("HTTP_ORIGIN") or request.META.get("HTTP_REFERER") or ""
    try:
        parts = urlsplit(sender)
    except ValueError:
        return False
    return parts.scheme == request.scheme and parts.netloc == request.get_host()


def typed_text(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a post with their text, without secrets."""
    try:
        sent = list(request.POST.lists())
    except (*_TOO_MUCH, OSError):
        return []
    return [
        (name.replace("_", " ").replace("-", " ").strip().capitalize(), text[:_LONGEST])
        for name, values in sent
        for text in values
        if text.strip() and not any(word in name.lower() for word in _NOT_ECHOED)
    ]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token has run out. A post from this site gets its text back; a foreign one is never echoed."""
    is_ours = is_from_this_site(request)
    back = urlsplit(request.META.get("HTTP_REFERER", "")).path if is_ours else ""
    context = {"typed": typed_text(request) if is_ours else [], "is_ours": is_ours, "back": back or request.path}
    context["site_name"] = settings.SITE_NAME
    return render(request, "403_csrf.html", context, status=403)
