"""What lets machines ask how the site is."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from portal.status import views

# Who asks these stands inside: a container asks itself as 127.0.0.1, a proxy by the name of a service.
HEALTH: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/healthz": views.healthz, "/readyz": views.readyz}


class AnswersHealth:
    """Answers the health addresses whatever host is asked, before anything looks at the host or at a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (view := HEALTH.get(request.path)) and request.method in {"GET", "HEAD"}:
            request.user = AnonymousUser()
            return view(request)
        return self.get_response(request)
