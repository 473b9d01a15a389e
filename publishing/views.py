"""The way to a new case study, and withdrawing one: what Wagtail's admin has no page for."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import SignedInRequest
from core.errors import Refused
from core.forms import refuse
from core.permissions import door, require, signed_in
from councils.permissions import contributes
from publishing.forms import WithdrawForm
from publishing.models import CaseStudyIndexPage
from publishing.operations import withdraw_case_study
from publishing.permissions import (
    can_withdraw_case_study,
    case_studies_behind_the_scenes,
)


@door(contributes, because="Contributors of a council write its case studies. Ask your council’s lead to join.")
def new(request: HttpRequest) -> HttpResponse:
    """To the form in the admin, wherever in the tree the case studies stand."""
    index = get_object_or_404(CaseStudyIndexPage)
    return redirect("wagtailadmin_pages:add", "publishing", "casestudypage", index.pk)


@door(signed_in, because="Publishers of the council and Alliance editors withdraw case studies.")
def withdraw(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask for the reason, then leave a tombstone at the page's address."""
    page = get_object_or_404(case_studies_behind_the_scenes(request.user), slug=slug)
    require(can_withdraw_case_study(request.user, page), "Only its council's publisher or an editor withdraws it.")
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_case_study(page, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Withdrawn. Its address now says so, with the reason.")
            return redirect(page)
    return render(request, "publishing/withdraw.html", {"page": page, "form": form})
