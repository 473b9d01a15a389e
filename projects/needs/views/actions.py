"""What those who look after a need do with it: change, withdraw, merge."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core.answering import answered, posted
from core.permissions import allow, require
from core.text import cut_at_word
from councils.permissions import contributes
from projects.needs import operations
from projects.needs.forms import MergeForm, NeedWordsForm, WithdrawNeedForm
from projects.needs.models import Need
from projects.needs.permissions import can_edit_need, can_withdraw_need, may_withdraw_needs
from projects.needs.views.page import need_page
from projects.needs.views.register import CONTRIBUTORS, find_need
from projects.permissions import can_facilitate


@allow(contributes, because=CONTRIBUTORS)
def need_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    need = find_need(request, slug)
    require(can_edit_need(request.user, need), f"Only contributors of {need.council} change this need.")
    # A copy, so that the page's heading does not change with what is being typed.
    form = NeedWordsForm(posted(request), instance=Need.objects.get(pk=need.pk))
    done = answered(request, form, operations.change_need, need, said="Changed.")
    return done or render(request, "projects/need_form.html", {"form": form, "need": need})


@allow(may_withdraw_needs, because=CONTRIBUTORS)
@require_POST
def need_withdraw(request: SignedInRequest, slug: str) -> HttpResponse:
    need = find_need(request, slug)
    require(can_withdraw_need(request.user, need), "Only the council that raised this need withdraws it.")
    form = WithdrawNeedForm(request.POST, prefix="withdraw")
    said = "Withdrawn. The page stays, with the reason."
    done = answered(request, form, operations.withdraw_need, need, said=said)
    return done or need_page(request, need, withdraw=form)


@allow(can_facilitate, because="Only a facilitator or the secretariat, with a second factor, merges needs.")
@require_POST
def need_merge(request: SignedInRequest, slug: str) -> HttpResponse:
    need = find_need(request, slug)
    form = MergeForm(request.POST, user=request.user, prefix="merge")
    done = answered(request, form, operations.merge_need, need, said=_merged, to=need)
    return done or need_page(request, need, merge=form)


def _merged(need: Need) -> str:
    into = cut_at_word(need.merged_into.title, 60)
    return f"Merged into “{into}”. Its councils are asked to join there."
