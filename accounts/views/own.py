"""People's own account: what is held about them, what others see, closing it."""

from typing import Any

from allauth.account.views import EmailView
from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from accounts import operations
from accounts.forms import CloseAccountForm, ProfileForm
from accounts.http import SignedInRequest
from accounts.models import User
from accounts.personal_data import report, what_becomes_of_it
from core.answering import answered, posted
from core.panels import panel_context
from core.permissions import allow, signed_in


@allow(signed_in)
def data(request: SignedInRequest) -> HttpResponse:
    """Everything the site holds about the reader, to read or as JSON to take away."""
    held = report(request.user)
    if request.GET.get("format") == "json":
        response = JsonResponse(held, json_dumps_params={"indent": 2, "ensure_ascii": False})
        response["Content-Disposition"] = 'attachment; filename="my-data.json"'
        return response
    return render(request, "accounts/data.html", {"held": held})


class AddressesView(EmailView):
    """allauth's page of one's addresses, with what apps further up say of taking one out."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | panel_context(self.request.user, self.request.user)


addresses = allow(signed_in)(AddressesView.as_view())


@allow(signed_in)
def profile(request: SignedInRequest) -> HttpResponse:
    """Name and job title; addresses and second factors are allauth's pages."""
    form = ProfileForm(posted(request), instance=request.user)
    said = "Your name and job title are saved."
    done = answered(request, form, operations.change_profile, request.user, said=said, to="accounts:profile")
    return done or render(request, "accounts/profile.html", {"form": form})


@allow(signed_in)
def close(request: SignedInRequest) -> HttpResponse:
    """Show what is deleted, what stays and why; close the account once its address is typed."""
    form = CloseAccountForm(posted(request), person=request.user)

    def close_and_leave(*, by: User, **_typed: str) -> None:
        operations.close_account(by, by=by)
        logout(request)

    said = "Your account is closed and your name is gone from the site."
    if done := answered(request, form, close_and_leave, said=said, to="/"):
        return done
    columns = ["What", ("How many", "numeric"), "What becomes of it", "Why it is held"]
    context = {"form": form, "columns": columns, "lines": what_becomes_of_it(request.user)}
    return render(request, "accounts/close.html", context)
