"""The site's own pages that span the apps, and whether it is well."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.http import SignedInRequest
from core.csv import csv_response, wants_csv
from core.pagination import page_of
from core.permissions import anyone, door, signed_in
from councils.inbox import places_of
from councils.permissions import memberships_of
from portal import account as account_page
from portal import health
from portal.figures import outcomes_of, read_period, unused_of, year_in_numbers
from portal.figures_page import figures_page
from portal.forms import PeriodForm

COLUMNS = ("Month", "Events", "Delegates", "Events so far", "Delegates so far")


@door(anyone)
def healthz(request: HttpRequest) -> JsonResponse:
    """The process lives. Touches nothing."""
    return JsonResponse({"status": "ok"})


@door(anyone)
def readyz(request: HttpRequest) -> HttpResponse:
    """One line per part: 200 while the site can serve, 503 when it cannot."""
    parts = health.parts()
    is_ready = not any(part.state == "failed" for part in parts)
    lines = "".join(f"{part}\n" for part in parts)
    return HttpResponse(lines, status=200 if is_ready else 503, content_type="text/plain; charset=utf-8")


@door(anyone)
def figures(request: HttpRequest) -> HttpResponse:
    """The year in numbers; every number leads to its rows."""
    period = read_period(request.GET)
    strange = unused_of(request.GET, period)
    year = year_in_numbers(period)
    if wants_csv(request):
        rows = ((f"{s.month:%Y-%m}", s.events, s.delegates, s.events_so_far, s.delegates_so_far) for s in year.steps)
        said = [f"year: {period.year}", f"as at: {period.until.isoformat()}"]
        asked = "; ".join([*said, *(f"not understood: {words}" for words in strange)])
        return csv_response(f"{period.year} in numbers", COLUMNS, rows, filters=asked, name=f"figures-{period.year}")
    outcomes = page_of(request, outcomes_of(period))
    context = {"form": PeriodForm(period), "strange": strange, "page_obj": outcomes, **figures_page(year)}
    return render(request, "portal/figures.html", context)


@door(signed_in)
def account(request: SignedInRequest) -> HttpResponse:
    """Everything that is mine. What waits for me stands on the home page."""
    context = {
        "acts_for_nobody": not memberships_of(request.user),
        "to_answer": places_of(request.user),
        "asked_to_join": account_page.asked_to_join(request.user),
        "contact": settings.CONTACT_EMAIL,
        "standing": account_page.standing(request.user),
        "groups": account_page.mine(request.user),
        "data_links": [
            ("See and take away your data", reverse("accounts:data")),
            ("Change your name", reverse("accounts:profile")),
            ("Close your account", reverse("accounts:close")),
        ],
        "staff_links": account_page.staff_links(request.user),
    }
    return render(request, "portal/account.html", context)
