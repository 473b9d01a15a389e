"""The status codes of responses to posts."""

from collections.abc import Callable

import structlog
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from core.answering import is_refused
from portal.serving.refusals import has_no_page, refused, too_many_tries, waited_in_vain

# What PostgreSQL says of a lock that it waited for too long, and of two that wait for each other.
_WAITED = ("55P03", "40P01")
log = structlog.get_logger(__name__)


class HonestStatus:
    """Middleware: a form with errors gets 422, 409 or 429, a refused action 409. To open a button's address says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET" and response.get("Allow") == "POST":
            return has_no_page(request, response["Allow"])
        if request.method != "POST" or request.path.startswith("/cms/"):
            return response
        if response.status_code == 200:
            response.status_code = getattr(request, "status_of_forms", 200)
        elif getattr(request, "is_locked_out", False):
            return too_many_tries(request)
        elif 300 <= response.status_code < 400 and is_refused(request):
            return refused(request, back=response["Location"])
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """409 where somebody else held for too long what was to be changed, of which nothing was saved then."""
        if request.method != "POST" or not _is_wait_over(exception):
            return None
        log.warning("waited_in_vain", why=str(exception).partition("\n")[0])
        return waited_in_vain(request)


def _is_wait_over(exception: Exception) -> bool:
    if not isinstance(exception, OperationalError):
        return False
    return getattr(exception.__cause__, "sqlstate", "") in _WAITED or "is locked" in str(exception)
