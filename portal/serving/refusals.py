"""Error pages: the reason, the way on, and what the person had typed."""

from math import ceil
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from accounts.limits import seconds_to_wait
from accounts.permissions import has_role
from accounts.roles import Role
from core.permissions import SentDifferently, SignedOut
from councils.permissions import needs_second_factor
from events.permissions import organises_without_second_factor

# Fields never shown again: secrets, and what means nothing to a reader.
_NOT_ECHOED = ("password", "csrf", "code", "secret", "token", "credential")
_LONGEST = 100_000
WAITED = "Somebody else is changing the same thing just now, so this was not saved. Go back and try again in a minute."
_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a request that is too large."""
    is_too_much = isinstance(exception, _TOO_MUCH)
    return render(request, "400.html", {"is_too_much": is_too_much}, status=413 if is_too_much else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason, or with the way to set up a second factor where only that is missing."""
    if isinstance(exception, SignedOut):
        return signed_out(request)
    if isinstance(exception, SentDifferently):
        return sent_differently(request, exception)
    reason = str(exception) or "Your account may not do this."
    user = getattr(request, "user", None)
    lacks_factor = user is not None and (needs_second_factor(user) or organises_without_second_factor(user))
    is_secretariat = user is not None and has_role(user, Role.SECRETARIAT)  # who is not sent to ask herself
    context = {"reason": reason, "lacks_factor": lacks_factor, "is_secretariat": is_secretariat}
    return render(request, "403.html", context, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500, from a template that needs neither the request nor the database."""
    return HttpResponseServerError(render_to_string("500.html", {"site_name": settings.SITE_NAME}))


def signed_out(request: HttpRequest) -> HttpResponse:
    """The answer to a form sent after the session ended: what was typed, and the way back to the form."""
    is_ours = is_from_this_site(request)
    back = _sending_page(request) if is_ours else request.get_full_path()
    typed = typed_text(request) if is_ours else []
    to_sign_in = redirect_to_login(back)
    if not typed:
        return to_sign_in
    return render(request, "403_signed_out.html", {"typed": typed, "sign_in_url": to_sign_in.url}, status=403)


def sent_differently(request: HttpRequest, exception: SentDifferently) -> HttpResponse:
    """The answer to a counted form sent again with other content: what it led to, and what was typed now."""
    context = {"answer": exception.answer, "back": _sending_page(request), "typed": typed_text(request)}
    return render(request, "409_sent.html", context, status=409)


def refused(request: HttpRequest, *, back: str) -> HttpResponse:
    """409 for a refused action: the reasons, what was typed, and the way back."""
    said = [str(message) for message in messages.get_messages(request)]
    # Keys and the names of buttons came with the page; what a person types has words.
    typed = [(name, text) for name, text in typed_text(request) if " " in text.strip()]
    context = {"reasons": said, "back": back, "typed": typed}
    return render(request, "409.html", context, status=409)


def waited_in_vain(request: HttpRequest) -> HttpResponse:
    """409 for a change that waited too long for somebody else's: what was typed, and the way back."""
    context = {"reasons": [WAITED], "back": _sending_page(request), "typed": typed_text(request)}
    return render(request, "409.html", context, status=409)


def has_no_page(request: HttpRequest, allowed: str) -> HttpResponse:
    """405 with a page, for an address that only a button is sent to; `allowed` are the methods it takes."""
    response = render(request, "405.html", status=405)
    response["Allow"] = allowed
    return response


def too_often(request: HttpRequest) -> HttpResponse:
    """429 for too many requests, with how long to wait."""
    seconds = seconds_to_wait(request)
    response = render(request, "429.html", {"minutes": ceil(seconds / 60)}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def too_many_tries(request: HttpRequest) -> HttpResponse:
    """429 for too many wrong codes on any page. A new code may be requested at once."""
    return render(request, "429.html", status=429)


def is_from_this_site(request: HttpRequest) -> bool:
    """Whether one of our own pages sent this request, by the browser's headers."""
    sender = request.META.get("HTTP_ORIGIN") or request.META.get("HTTP_REFERER") or ""
    try:
        parts = urlsplit(sender)
    except ValueError:
        return False
    return parts.scheme == request.scheme and parts.netloc == request.get_host()


def typed_text(request: HttpRequest) -> list[tuple[str, str]]:
    """The text fields of a post, without secrets."""
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


def _sending_page(request: HttpRequest) -> str:
    """The address of the page with the form, from the browser's Referer."""
    try:
        sender = urlsplit(request.META.get("HTTP_REFERER", ""))
    except ValueError:
        return request.path
    return f"{sender.path}?{sender.query}" if sender.query else sender.path or request.path


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a failed CSRF check. A post from this site gets its text back; a foreign one is never echoed."""
    is_ours = is_from_this_site(request)
    back = _sending_page(request) if is_ours else request.path
    context = {"typed": typed_text(request) if is_ours else [], "is_ours": is_ours, "back": back}
    context["site_name"] = settings.SITE_NAME
    return render(request, "403_csrf.html", context, status=403)
