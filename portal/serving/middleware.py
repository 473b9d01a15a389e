"""The guard of foreign routes."""

import logging
import sysconfig
import traceback
from collections.abc import Callable
from json import JSONDecodeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch

from core.permissions import lead_to_sign_in
from portal.foreign_routes import foreign_rule, may_meet_pages_named
from portal.serving.refusals import bad_request, refused
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


# What Wagtail's views raise where they take what was sent as it comes.
_MISREAD = (ValueError, KeyError, TypeError, AttributeError, ObjectDoesNotExist, NoReverseMatch)
IN_USE = "It is in use, so it cannot be deleted. Take it out of what uses it first."
_PACKAGES = Path(sysconfig.get_paths()["purelib"])

logger = logging.getLogger(__name__)


def _is_misread(exception: Exception) -> bool:
    """Whether the code of others stumbled over what was sent. An error that passed through ours is a fault of ours."""
    places = (Path(frame.filename) for frame in traceback.extract_tb(exception.__traceback__))
    ours = (
        place for place in places if place.is_relative_to(settings.BASE_DIR) and not place.is_relative_to(_PACKAGES)
    )
    return isinstance(exception, _MISREAD) and not any(ours)


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
        What is still in use and cannot be deleted: 409.
        A body that is not the JSON it should be, a key that is no number, a field that is missing: 400, and a line in
        the log with where it broke.
        """
        if request.path.startswith("/cms/") and (isinstance(exception, JSONDecodeError) or _is_misread(exception)):
            logger.warning("The admin could not read a request: %s", request.path, exc_info=exception)
            return bad_request(request, exception)
        if request.path.startswith("/cms/") and isinstance(exception, ProtectedError):
            messages.warning(request, IN_USE)
            return refused(request, back=request.path)
        match = request.resolver_match
        is_new_page = match is not None and match.view_name == "wagtailadmin_pages:add"
        if not is_new_page or not isinstance(exception, ValidationError):
            return None
        if "application/json" in request.headers.get("Accept", ""):
            said = {"success": False, "error_code": "conflict", "error_message": SAVED_ALREADY}
            return JsonResponse(said, status=409)
        messages.warning(request, SAVED_ALREADY)
        return redirect("wagtailadmin_explore", match.kwargs["parent_page_id"])
