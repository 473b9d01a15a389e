"""The demo's door: become one of the demo people, and read the mail the site has sent. Only with DEMO=1."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.models import User
from core.permissions import anyone, door
from portal.demo.mailbox import messages as sent_mail

# address, what to try
TO_TRY = {
    "officer": "Raise a need and see similar ones; register an asset; write a case study; sign up for an event",
    "county": "Join a need for a second council; cast a second vote; hold the place that somebody waits for",
    "lead": "Confirm an adoption and see take-up change; confirm members of Harlow",
    "publisher": "Publish Harlow’s asset and approve its case study",
    "facilitator": "Run a discovery, check people in, open and close a vote, turn its winner into a project",
    "facilitator2": "The second facilitator",
    "secretariat": "Minute the board’s decision on a business case; give and take roles; read the audit trail",
    "board": "Follow the portfolio",
    "board2": "A second board member, for SOCITM",
    "editor": "Approve what councils publish; compose the home page and news",
    "analyst": "Confirm a claimed benefit",
    "admin": "Everything",
}


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404


@door(anyone)
def people(request: HttpRequest) -> HttpResponse:
    """The demo people with what each can do."""
    _only_in_the_demo()
    found = User.objects.filter(email__in=[f"{name}@demo.example" for name in TO_TRY]).prefetch_related(
        "memberships__organisation"
    )
    by_name = {user.email.partition("@")[0]: user for user in found}
    cast = [(by_name[name], name, words) for name, words in TO_TRY.items() if name in by_name]
    return render(request, "portal/demo.html", {"cast": cast, "next": request.GET.get("next", "")})


@door(anyone)
@require_POST
def become(request: HttpRequest, name: str) -> HttpResponse:
    """Sign in as one of them, without password or code."""
    _only_in_the_demo()
    if name not in TO_TRY:
        raise Http404
    user = get_object_or_404(User, email=f"{name}@demo.example")
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(request, f"You are now {user}, {user.job_title}.")
    onward = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(onward if is_ours else "account")


@door(anyone)
def mail(request: HttpRequest) -> HttpResponse:
    """The mail the site has sent, newest first."""
    _only_in_the_demo()
    return render(request, "portal/demo_mail.html", {"mail": sent_mail()})
