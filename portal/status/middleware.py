"""Access to the health addresses for machines."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from portal.status import views

# Asked from inside: by a container as 127.0.0.1, by a proxy under the name of a service.
HEALTH: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/healthz": views.healthz, "/readyz": views.readyz}


class AnswersHealth:
    """Answer the health addresses for any Host header, before host or session are checked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (view := HEALTH.get(request.path)) and request.method in {"GET", "HEAD"}:
            request.user = AnonymousUser()
            return view(request)
        return self.get_response(request)
