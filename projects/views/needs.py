from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_safe

from accounts.http import SignedInRequest
from core.errors import Refused
from core.forms import refuse
from core.listing import listed
from core.panels import panel_context
from core.permissions import anyone, door
from core.text import clean_line
from councils.permissions import contributes
from projects import operations
from projects.forms.needs import (
    ForCouncilForm,
    IntoDiscoveryForm,
    MergeForm,
    RaiseNeedForm,
    WithdrawForm,
)
from projects.lists import NEEDS
from projects.models import Need
from projects.permissions import (
    can_edit_need,
    can_facilitate,
    can_raise_need,
    can_withdraw_need,
    councils_to_speak_for,
    visible_needs,
)
from projects.reach import Reach, reach_of, tier_of
from projects.similarity import similar_needs
from projects.steps import day, steps_of

CONTRIBUTORS = "Only people whom a council has confirmed as contributors raise and join needs."


@door(anyone)
@require_safe
def need_list(request: HttpRequest) -> HttpResponse:
    return listed(request, NEEDS, "projects/need_list.html", can_raise=can_raise_need(request.user))


@door(anyone)
@require_GET
def need_similar(request: HttpRequest) -> HttpResponse:
    """A fragment for whoever is typing; the same appears before saving without a script."""
    words = clean_line(request.GET.get("q", "")[:2000])
    found = similar_needs(visible_needs(request.user), words)
    return render(request, "projects/need_similar.html", {"similar": found})


@door(contributes, because=CONTRIBUTORS)
def need_new(request: SignedInRequest) -> HttpResponse:
    """Raise a need. Where similar ones are open, they are shown before anything is saved."""
    title = clean_line(request.GET.get("title", ""))[:120]
    form = RaiseNeedForm(request.POST or None, user=request.user, initial={"title": title})
    similar: list[Need] = []
    asked = False
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        if "anyway" not in request.POST:
            similar = similar_needs(visible_needs(request.user), f"{words['title']} {words['what']}")
            asked = bool(similar)
        if not similar:
            try:
                need = operations.raise_need(by=request.user, **words)
            except Refused as refusal:
                refuse(form, refusal)
            else:
                messages.success(request, f"Raised. {need.council} counts as the first council with this need.")
                return redirect(need)
    elif title:
        similar = similar_needs(visible_needs(request.user), title)
    context = {"form": form, "similar": similar, "asked": asked}
    return render(request, "projects/need_form.html", context)


def need_page(request: HttpRequest, need: Need, **bound: Any) -> HttpResponse:
    """The page of a need; `bound` are forms sent to it that have something wrong."""
    user = request.user
    supports = list(need.supports.select_related("council").order_by("joined_at", "pk"))
    reach = Reach()
    for support in supports:
        reach.by_tier[tier_of(support.council.kind)] += 1
    joined = {support.council_id for support in supports}
    is_open = need.state == Need.State.OPEN
    mine = councils_to_speak_for(user)
    facilitates = is_open and can_facilitate(user)
    prototypes = list(need.prototypes.select_related("project"))
    projects = [prototype.project for prototype in prototypes if hasattr(prototype, "project")]
    if not projects and need.discovery:
        # As its story tells: what came out of the discovery that gathered it.
        projects = list(need.discovery.projects.order_by("started_on", "pk"))
    context = {
        "need": need,
        "supports": supports,
        "reach": reach,
        "reach_label": str(reach).partition(" ")[2],
        "facts": [
            ("Raised by", need.council.full_name, need.council.get_absolute_url()),
            ("On", day(need.raised_at.date())),
            ("For", need.who_for),
            ("Service", need.service),
            ("Discovery", need.discovery, need.discovery and need.discovery.get_absolute_url()),
        ],
        "prototypes": prototypes,
        "steps": steps_of(need.discovery, projects) if need.discovery else None,
        "is_open": is_open,
        "joined_by_mine": [council for council in mine if council.pk in joined],
        "could_join": [council for council in mine if council.pk not in joined] if is_open else [],
        "could_leave": [c for c in mine if c.pk in joined and c.pk != need.council_id] if is_open else [],
        "is_member": bool(mine),
        "can_edit": is_open and can_edit_need(user, need),
        "withdraw_form": bound.get("withdraw") or WithdrawForm(prefix="withdraw")
        if is_open and can_withdraw_need(user, need)
        else None,
        "merge_form": bound.get("merge") or MergeForm(user=user, prefix="merge") if facilitates else None,
        "gather_form": bound.get("gather") or IntoDiscoveryForm(prefix="gather")
        if facilitates and need.discovery_id is None
        else None,
        "bound_form": next(iter(bound.values()), None),
        **panel_context(need, user),
    }
    context["looks_after"] = any(context[deed] for deed in ("can_edit", "withdraw_form", "merge_form", "gather_form"))
    return render(request, "projects/need_detail.html", context)


def find_need(request: HttpRequest, slug: str) -> Need:
    related = ("council", "service", "discovery", "discovery__department", "merged_into", "raised_by")
    return get_object_or_404(visible_needs(request.user).select_related(*related), slug=slug)


@door(anyone)
@require_safe
def need(request: HttpRequest, slug: str) -> HttpResponse:
    return need_page(request, find_need(request, slug))


@door(contributes, because=CONTRIBUTORS)
def need_join(request: SignedInRequest, slug: str) -> HttpResponse:
    """My council has this too. Whoever belongs to several councils says which."""
    need = find_need(request, slug)
    form = ForCouncilForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        council = form.cleaned_data["council"]
        try:
            operations.join_need(need, by=request.user, council=council)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            reach = reach_of([need])[need.pk]
            messages.success(request, f"{council} has this too: {reach} now.")
            return redirect(need)
    reach = reach_of([need])[need.pk]
    return render(request, "projects/need_join.html", {"need": need, "form": form, "reach": reach})
