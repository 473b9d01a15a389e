"""What every answer carries."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django_structlog.middlewares import RequestMiddleware


class RequestLog(RequestMiddleware):
    """Logs each request by its method and path.

    What was looked for, and whatever else stands behind the question mark, is in no log: an address and perhaps a
    person stand beside it there.
    """

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"


class RequestId:
    """Every answer carries its request's id, by which the logs find it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["X-Request-ID"] = structlog.contextvars.get_contextvars().get("request_id", "")
        return response


class KnownMethods:
    """The site is read and written by GET, HEAD and POST; anything else is 405, before a form's token is asked for."""

    methods = ("GET", "HEAD", "POST")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in self.methods or request.path.startswith("/cms/"):
            return self.get_response(request)
        return HttpResponseNotAllowed(self.methods)


class PrivateUnlessPublic:
    """A page that belongs to a session is kept by no cache; the answer to a form by the browser that sent it.

    Browsers cannot go back to the answer to a post that they may not store: they would have to send it again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user = getattr(request, "user", None)
        if not response.has_header("Cache-Control") and (user is None or user.is_authenticated):
            response["Cache-Control"] = "private, no-cache" if request.method == "POST" else "private, no-store"
        return response
