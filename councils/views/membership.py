"""Asking for a place in a council, and the council's own narrow screen for deciding who has one."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.permissions import may_manage_people
from core.answering import way_back
from core.errors import Refused
from core.forms import refuse
from core.pagination import page_of
from core.permissions import door, require, signed_in
from councils import operations
from councils.forms import JoinForm, MayBeAskedForm, RoleForm
from councils.inbox import member_line
from councils.models import Membership, Organisation
from councils.permissions import can_confirm_members, visible_memberships, visible_organisations
from councils.queries import living_memberships, organisations_for, verified_domains, waiting_memberships

NOT_YOURS = "Only a lead of this council, with a second factor set up, or the secretariat decides about its members."


def _organisation(request: HttpRequest, slug: str) -> Organisation:
    return get_object_or_404(visible_organisations(request.user), slug=slug)


@door(signed_in)
def join(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask to act for a council. The lead or the secretariat decides, whatever the address says."""
    organisation = _organisation(request, slug)
    living = request.user.memberships.filter(organisation=organisation).exclude(state=Membership.State.ENDED).first()
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            place = operations.ask_to_join(organisation, by=request.user, role=form.cleaned_data["role"])
        except Refused as refusal:
            refuse(form, refusal)
        else:
            is_waiting = place.state == Membership.State.CANDIDATE
            said = "You asked to join. We have written to the people who decide." if is_waiting else "You belong here."
            messages.success(request, f"{organisation}: {said}")
            return redirect(way_back(request) or organisation)
    own = [domain for domain in verified_domains(request.user) if organisation in organisations_for(domain)]
    context = {"organisation": organisation, "form": form, "membership": living, "own_domain": own[0] if own else ""}
    return render(request, "councils/join.html", context)


@door(signed_in)
def members(request: SignedInRequest, slug: str) -> HttpResponse:
    """Everyone who acts for the council or asks to; each line with what may be done."""
    organisation = _organisation(request, slug)
    require(can_confirm_members(request.user, organisation), NOT_YOURS)
    page = page_of(request, living_memberships(organisation))
    lines = [(membership, RoleForm(membership=membership)) for membership in page]
    context = {"organisation": organisation, "page": page, "lines": lines}
    return render(request, "councils/members.html", context)


def _members_page_or_profile(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    if can_confirm_members(request.user, organisation):
        return redirect("councils:members", slug=organisation.slug)
    return redirect(organisation)


def _decide(
    request: SignedInRequest, slug: str, membership_id: int, deed: Callable[[Membership], Membership], done: str
) -> HttpResponse:
    """One line's deed, only ever for a membership of this very council."""
    found = visible_memberships(request.user).select_related("organisation", "person")
    membership = get_object_or_404(found, pk=membership_id, organisation__slug=slug)
    try:
        membership = deed(membership)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        role = membership.get_role_display().partition(":")[0].lower()
        messages.success(request, done.format(person=membership.person, role=role))
    if onward := way_back(request):
        return redirect(onward)
    return _members_page_or_profile(request, membership.organisation)


def _chosen_role(request: SignedInRequest, membership: Membership) -> str:
    form = RoleForm(request.POST, membership=membership)
    if not form.is_valid():
        raise Refused("Choose one of the roles.")
    return form.cleaned_data["role"]


@door(signed_in)
@require_POST
def confirm(request: SignedInRequest, slug: str, membership_id: int) -> HttpResponse:
    def deed(membership: Membership) -> Membership:
        # Left as it was asked for, the operation may make the first person of a council its lead.
        role = _chosen_role(request, membership)
        return operations.confirm_membership(
            membership, by=request.user, role=None if role == membership.role else role
        )

    return _decide(request, slug, membership_id, deed, "{person} is confirmed as {role}.")


@door(signed_in)
@require_POST
def change_role(request: SignedInRequest, slug: str, membership_id: int) -> HttpResponse:
    def deed(membership: Membership) -> Membership:
        return operations.change_role(membership, by=request.user, role=_chosen_role(request, membership))

    return _decide(request, slug, membership_id, deed, "{person} is now {role}.")


@door(signed_in)
@require_POST
def end(request: SignedInRequest, slug: str, membership_id: int) -> HttpResponse:
    def deed(membership: Membership) -> Membership:
        return operations.end_membership(membership, by=request.user)

    return _decide(request, slug, membership_id, deed, "{person} no longer acts for this organisation.")


@door(signed_in)
@require_POST
def affirm(request: SignedInRequest, slug: str, membership_id: int) -> HttpResponse:
    """One's own place, for another year; back to the page that asked."""
    own = request.user.memberships.select_related("organisation", "person")
    membership = get_object_or_404(own, pk=membership_id, organisation__slug=slug)
    try:
        operations.affirm_membership(membership, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Thank you. You act for {membership.organisation} for another year.")
    return redirect(way_back(request) or "account")


@door(signed_in)
@require_POST
def may_be_asked(request: SignedInRequest, slug: str, membership_id: int) -> HttpResponse:
    """One's own consent to be asked by name, given or taken back."""
    own = request.user.memberships.select_related("organisation", "person")
    membership = get_object_or_404(own, pk=membership_id, organisation__slug=slug)
    form = MayBeAskedForm(request.POST, membership=membership)
    agrees = form.is_valid() and form.cleaned_data["may_be_asked"]
    try:
        (operations.put_name_down if agrees else operations.take_name_off)(membership, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = "Your name is down" if agrees else "Your name is not down"
        messages.success(request, f"{said} as somebody to ask about {membership.organisation}.")
    return redirect(membership.organisation)


@door(may_manage_people, because="Only the secretariat, with a second factor set up, sees everyone who waits.")
def waiting(request: SignedInRequest) -> HttpResponse:
    """Everyone who waits to be confirmed anywhere, the longest first."""
    page = page_of(request, waiting_memberships().exclude(person=request.user))
    context = {"page": page, "lines": [member_line(membership) for membership in page]}
    return render(request, "councils/waiting.html", context)
