"""The addresses that are answered without a session: of voting cards and of the survey, tied to nobody's account."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import resolve
from django.views.decorators.debug import sensitive_variables

CARD = "/card/"
APART = (CARD, "/surveys/answer/")
# Where a server keeps the address beside the path, and where a browser may send the last one.
_ALSO_IN = ("RAW_URI", "REQUEST_URI", "HTTP_REFERER", "HTTP_COOKIE")


class WithoutSession:
    """Middleware that answers these addresses itself, so that none below it runs: session, sign-in, token, messages.

    The browser's cookies are thrown away unread. The rest of the address is the secret of a card, or somebody's link
    to the survey, so the request goes on without it: no log line and no error report can hold it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == CARD.rstrip("/"):
            request.resolver_match = resolve(CARD)  # so that it has no line in the log either
            request.get_host()
            return HttpResponseRedirect(CARD)
        apart = next((each for each in APART if request.path_info.startswith(each)), None)
        return _answer(request, apart) if apart else self.get_response(request)


# No report of a fault below shows the variables of any function: they hold the secret.
@sensitive_variables()
def _answer(request: HttpRequest, apart: str) -> HttpResponse:
    address = request.path_info
    request.path = request.path_info = request.META["PATH_INFO"] = apart
    for name in _ALSO_IN:
        request.META.pop(name, None)
    request.COOKIES = {}
    request.user = AnonymousUser()
    # A line break would match no address.
    match = request.resolver_match = resolve(address.replace("\n", " "))
    request.get_host()  # refuses a foreign one
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    response["X-Frame-Options"] = "DENY"
    return response
