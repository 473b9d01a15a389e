"""What somebody may do with their own account: what is held about them, what others see, closing it."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from accounts import operations
from accounts.forms import CloseAccountForm, ProfileForm
from accounts.http import SignedInRequest
from accounts.personal_data import report, what_becomes_of_it
from core.permissions import door, signed_in


@door(signed_in)
def data(request: SignedInRequest) -> HttpResponse:
    """Everything the site holds about the reader, to read or as JSON to take away."""
    held = report(request.user)
    if request.GET.get("format") == "json":
        response = JsonResponse(held, json_dumps_params={"indent": 2, "ensure_ascii": False})
        response["Content-Disposition"] = 'attachment; filename="my-data.json"'
        return response
    return render(request, "accounts/data.html", {"held": held})


@door(signed_in)
def profile(request: SignedInRequest) -> HttpResponse:
    """Name and job title; addresses and second factors are allauth's pages."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        operations.change_profile(request.user, by=request.user, **form.cleaned_data)
        messages.success(request, "Your name and job title are saved.")
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})


@door(signed_in)
def close(request: SignedInRequest) -> HttpResponse:
    """Says what goes, what stays and why, and closes the account once the address is typed."""
    form = CloseAccountForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        operations.close_account(request.user, by=request.user)
        logout(request)
        messages.success(request, "Your account is closed and your name is gone from the site.")
        return redirect("/")
    columns = ["What", ("How many", "numeric"), "What becomes of it", "Why it is held"]
    context = {"form": form, "columns": columns, "lines": what_becomes_of_it(request.user)}
    return render(request, "accounts/close.html", context)
