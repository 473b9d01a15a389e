"""The guard of foreign routes."""

from collections.abc import Callable
from json import JSONDecodeError
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from core.permissions import lead_to_sign_in
from portal.foreign_routes import foreign_rule, may_meet_pages_named
from portal.serving.refusals import bad_request
from publishing.decisions import lead_to_the_words

# Wagtail's date and inline-panel widgets bring inline scripts and styles, so the admin cannot have the strict policy
# of the public site, and it previews pages in a frame of its own. No foreign host may be named either way.
ADMIN_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)

# Longer ones are no key of any row, and Wagtail's views fail on them.
LONGEST_NUMBER = 18
SAVED_ALREADY = "It was saved a moment ago, in the background or by a second press. Open it here to go on."


class ForeignRules:
    """Middleware that asks the rule of a foreign route before its view runs. A route without a rule is refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/cms/"):
            response["Content-Security-Policy"] = ADMIN_POLICY
            response["X-Frame-Options"] = "SAMEORIGIN"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if hasattr(view, "allowed_by"):
            return None
        asked = (value for _, values in request.GET.lists() for value in values)
        if any(len(value) > LONGEST_NUMBER and value.strip("-").isdecimal() for value in asked):
            raise BadRequest("A number with so many digits is none of ours.")
        guard = foreign_rule(request.resolver_match.route if request.resolver_match else "")
        if guard is None:
            raise PermissionDenied("Nobody has said who may open this page.")
        if guard.rule(request.user):
            if request.path.startswith("/cms/") and not may_meet_pages_named(
                request.user, request.resolver_match.view_name, kwargs
            ):
                raise Http404
            return lead_to_the_words(request, request.resolver_match.view_name, kwargs)
        if not request.user.is_authenticated:
            return lead_to_sign_in(request)
        raise PermissionDenied(guard.because)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer errors that Wagtail's own views raise for bad requests.

        A new page saved twice at once, as by a click while Wagtail autosaves: the first counts.
        A body that is not the JSON it should be: 400.
        """
        if request.path.startswith("/cms/") and isinstance(exception, JSONDecodeError):
            return bad_request(request, exception)
        match = request.resolver_match
        is_new_page = match is not None and match.view_name == "wagtailadmin_pages:add"
        if not is_new_page or not isinstance(exception, ValidationError):
            return None
        if "application/json" in request.headers.get("Accept", ""):
            said = {"success": False, "error_code": "conflict", "error_message": SAVED_ALREADY}
            return JsonResponse(said, status=409)
        messages.warning(request, SAVED_ALREADY)
        return redirect("wagtailadmin_explore", match.kwargs["parent_page_id"])
