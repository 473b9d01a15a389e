"""What is done on the page of a need by those who look after it: change, withdraw, merge."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core.errors import Refused
from core.forms import refuse
from core.permissions import door, require
from councils.permissions import contributes
from projects.needs import operations
from projects.needs.forms import MergeForm, NeedWordsForm, WithdrawForm
from projects.needs.models import Need
from projects.needs.permissions import can_edit_need, can_withdraw_need, may_withdraw_needs
from projects.needs.views.page import need_page
from projects.needs.views.register import CONTRIBUTORS, find_need
from projects.permissions import can_facilitate


@door(contributes, because=CONTRIBUTORS)
def need_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    need = find_need(request, slug)
    require(can_edit_need(request.user, need), f"Only contributors of {need.council} change this need.")
    # A copy, so that the page's heading does not change with what is being typed.
    form = NeedWordsForm(request.POST or None, instance=Need.objects.get(pk=need.pk))
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_need(need, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Changed.")
            return redirect(need)
    return render(request, "projects/need_form.html", {"form": form, "need": need})


@door(may_withdraw_needs, because=CONTRIBUTORS)
@require_POST
def need_withdraw(request: SignedInRequest, slug: str) -> HttpResponse:
    need = find_need(request, slug)
    require(can_withdraw_need(request.user, need), "Only the council that raised this need withdraws it.")
    form = WithdrawForm(request.POST, prefix="withdraw")
    if form.is_valid():
        try:
            operations.withdraw_need(need, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Withdrawn. The page stays, with the reason.")
        return redirect(need)
    return need_page(request, need, withdraw=form)


@door(can_facilitate, because="Only a facilitator, with a second factor, merges needs.")
@require_POST
def need_merge(request: SignedInRequest, slug: str) -> HttpResponse:
    need = find_need(request, slug)
    form = MergeForm(request.POST, user=request.user, prefix="merge")
    if form.is_valid():
        try:
            operations.merge_need(need, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            into = Truncator(form.cleaned_data["into"].title).chars(60)
            messages.success(request, f"Merged into “{into}”. Its councils are asked to join there.")
            return redirect(need)
    return need_page(request, need, merge=form)
