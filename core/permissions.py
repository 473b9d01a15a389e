"""Doors and actions: what every view and operation says about who may."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse

Rule = Callable[[Any], bool]

# Who may find a record, as search stores it: the labels of a `reader_groups` that need no key.
EVERYONE, SIGNED_IN = "everyone", "signed-in"


def require(allowed: bool, because: str = "You may see this, but not do it.") -> None:
    """Stop with 403 and the reason unless `allowed`. Every operation that needs permission begins with it."""
    if not allowed:
        raise PermissionDenied(because)


def is_one_of(rows: QuerySet, key: str) -> Exists:
    """Filter by whether the row that `key` names is among `rows`, which are looked up one by one.

    For a few records of many: with `key__in=rows` databases like to begin with all of `rows`.
    """
    return Exists(rows.filter(pk=OuterRef(key)))


def anyone(user: Any) -> bool:
    """Reading is public."""
    return True


def signed_in(user: Any) -> bool:
    """Whoever has an account and has signed in."""
    return user.is_authenticated


class SignedOut(PermissionDenied):
    """Somebody whom the site does not know, or no longer, sends a form. Whoever answers keeps what was typed."""


class SentDifferently(PermissionDenied):
    """A form that was sent and counted comes again with other words. `answer` is where the first one led."""

    def __init__(self, answer: str) -> None:
        super().__init__("This form has been sent already.")
        self.answer = answer


def lead_to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back."""
    if request.method == "POST":
        raise SignedOut
    return redirect_to_login(request.get_full_path())


def allow(rule: Rule, *, because: str = "Your account may not open this page.") -> Callable:
    """Say who may come in. A stranger is led to sign in and back; someone else gets 403 with the reason.

    What one may do with a particular record is asked again in the view, through `visible_…` and `can_…`.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not rule(request.user):
                if not request.user.is_authenticated:
                    return lead_to_sign_in(request)
                raise PermissionDenied(because)
            return view(request, *args, **kwargs)

        guarded.allows = rule  # type: ignore[attr-defined]  # read by the test that walks every route
        return guarded

    return decorate
