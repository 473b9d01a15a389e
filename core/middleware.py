"""Middleware for every request: its log line, allowed methods, and privacy in caches."""

import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from core.logs import is_left_out

log = structlog.get_logger("site.requests")


class RequestLog:
    """Write one log line for each request, under the id that its response carries.

    The line holds the path without its query, which may hold what people search for, and without the token of an
    address that is a right. Casting a vote gets none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began, request_id = time.perf_counter(), str(uuid.uuid4())
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            response["X-Request-ID"] = request_id
            if is_left_out(request):
                if response.status_code < 500:
                    response._has_been_logged = True  # type: ignore[attr-defined]  # or Django writes of each refusal
                return response
            log.info(
                "request_finished",
                method=request.method,
                path=path_for_logs(request),
                status=response.status_code,
                duration_ms=round(1000 * (time.perf_counter() - began), 1),
                address=client_address(request),
            )
        return response


def path_for_logs(request: HttpRequest) -> str:
    """The path of a request; what its address names as `token` gives a right to whoever reads it, so it is left out."""
    token = request.resolver_match.kwargs.get("token") if request.resolver_match else None
    return request.path.replace(token, "-") if isinstance(token, str) and token else request.path


def client_address(request: HttpRequest) -> str:
    """The client's address as the outermost of our own proxies saw it."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    said = [part for part in request.headers.get("X-Forwarded-For", "").replace(" ", "").split(",") if part]
    return said[-proxies] if 0 < proxies <= len(said) else request.META.get("REMOTE_ADDR", "")


class KnownMethods:
    """Answer any method but GET, HEAD and POST with 405, before the CSRF check."""

    methods = ("GET", "HEAD", "POST")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in self.methods or request.path.startswith("/cms/"):
            return self.get_response(request)
        return HttpResponseNotAllowed(self.methods)


class PrivateUnlessPublic:
    """Forbid caches to keep pages that belong to a session; a browser may keep the response to its own form.

    Browsers cannot go back to the response to a post that they may not store: they would have to send it again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user = getattr(request, "user", None)
        if not response.has_header("Cache-Control") and (user is None or user.is_authenticated):
            response["Cache-Control"] = "private, no-cache" if request.method == "POST" else "private, no-store"
        return response
