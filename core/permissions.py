"""How views and operations ask for permission: `allow` on a view, `require` in an operation."""

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


def role_label(role: str) -> str:
    """The label of whoever holds a role of the platform."""
    return f"role:{role}"


def council_label(key: int) -> str:
    """The label of those who write for the organisation with this key."""
    return f"council:{key}"


def person_label(key: int) -> str:
    """The label of one person."""
    return f"person:{key}"


def require(allowed: bool, because: str = "You may see this, but not do it.") -> None:
    """Stop with 403 and the reason unless `allowed`. Every operation that needs permission begins with it."""
    if not allowed:
        raise PermissionDenied(because)


def is_one_of(rows: QuerySet, key: str) -> Exists:
    """A condition: the row that `key` names is among `rows`, looked up one by one.

    For a few records of many: with `key__in=rows` databases tend to read all of `rows` first.
    """
    return Exists(rows.filter(pk=OuterRef(key)))


def anyone(user: Any) -> bool:
    """Whether someone may open a public page: everybody may."""
    return True


def signed_in(user: Any) -> bool:
    """Whether someone has signed in."""
    return user.is_authenticated


class SignedOut(PermissionDenied):
    """A form was sent without a session, or after its end. Its handler gives back what was typed."""


class SentDifferently(PermissionDenied):
    """A form that has been counted was sent again with other content. `answer` is where the first one led."""

    def __init__(self, answer: str) -> None:
        super().__init__("This form has been sent already.")
        self.answer = answer


def lead_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Redirect to the sign-in page, and back afterwards; raise SignedOut for a post."""
    if request.method == "POST":
        raise SignedOut
    return redirect_to_login(request.get_full_path())


def allow(rule: Rule, *, because: str = "Your account may not open this page.") -> Callable:
    """Decorate a view: only users for whom `rule` is true may open it.

    A stranger is led to sign in and back; anybody else gets 403 with `because`. What a user may do with a particular
    record the view asks again, through `visible_…` and `can_…`.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not rule(request.user):
                if not request.user.is_authenticated:
                    return lead_to_sign_in(request)
                raise PermissionDenied(because)
            return view(request, *args, **kwargs)

        guarded.allowed_by = rule  # type: ignore[attr-defined]  # read by the test that walks every route
        return guarded

    return decorate
