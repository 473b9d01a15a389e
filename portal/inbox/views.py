"""The account page."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.http import SignedInRequest
from core.permissions import allow, signed_in
from councils.inbox import places_of
from councils.permissions import memberships_of
from outbox.queries import paused_address_of
from portal.inbox import account as account_page


@allow(signed_in)
def account(request: SignedInRequest) -> HttpResponse:
    """The account page: the reader's own records. What waits for them is on the home page."""
    context = {
        "acts_for_nobody": not memberships_of(request.user),
        "to_answer": places_of(request.user),
        "asked_to_join": account_page.asked_to_join(request.user),
        "paused": paused_address_of(request.user),
        "contact": settings.CONTACT_EMAIL,
        "standing": account_page.standing(request.user),
        "groups": account_page.mine(request.user),
        "data_links": [
            ("See and take away your data", reverse("accounts:data")),
            ("What you follow", reverse("follows")),
            ("Your saved searches", reverse("search:saved")),
            ("Choose what we send you", reverse("outbox:messages")),
            ("Your days in your own calendar", reverse("events:own_calendar_page")),
            ("Change your name", reverse("accounts:profile")),
            ("Close your account", reverse("accounts:close")),
        ],
        "staff_links": account_page.staff_links(request.user),
    }
    return render(request, "portal/inbox/account.html", context)
