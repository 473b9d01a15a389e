"""The status codes of responses to posts."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core.answering import is_refused
from portal.serving.refusals import has_no_page, refused, too_many_tries


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
