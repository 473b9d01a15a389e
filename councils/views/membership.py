"""Asking to join a council, and the council's own page for deciding about members."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.permissions import may_manage_people
from core.answering import answered, posted, pressed, way_back
from core.pagination import page_of
from core.permissions import allow, require, signed_in
from councils import operations
from councils.forms import JoinForm, MayBeAskedForm, RoleForm
from councils.inbox import member_line
from councils.leaving import in_the_name_of
from councils.models import Membership, Organisation
from councils.permissions import can_confirm_members, can_hand_over_work, visible_memberships, visible_organisations
from councils.queries import living_memberships, organisations_for, verified_domains, waiting_memberships

NOT_YOURS = "Only a lead of this council, with a second factor set up, or the secretariat decides about its members."


def _organisation(request: HttpRequest, slug: str) -> Organisation:
    return get_object_or_404(visible_organisations(request.user), slug=slug)


@allow(signed_in)
def join(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask to act for a council. The lead or the secretariat decides, whatever the person's address."""
    organisation = _organisation(request, slug)
    living = request.user.memberships.filter(organisation=organisation).exclude(state=Membership.State.ENDED).first()
    form = JoinForm(posted(request))

    def to(place: Membership) -> Organisation | str:
        return way_back(request) or place.organisation

    if done := answered(request, form, operations.ask_to_join, organisation, said=_asked, to=to):
        return done
    own = [domain for domain in verified_domains(request.user) if organisation in organisations_for(domain)]
    context = {"organisation": organisation, "form": form, "membership": living, "own_domain": own[0] if own else ""}
    return render(request, "councils/join.html", context)


def _asked(place: Membership) -> str:
    is_waiting = place.state == Membership.State.CANDIDATE
    said = "You asked to join. We have written to the people who decide." if is_waiting else "You belong here."
    return f"{place.organisation}: {said}"


@allow(signed_in)
def members(request: SignedInRequest, slug: str) -> HttpResponse:
    """The members page: everyone who acts for the council or asks to, each with the possible actions."""
    organisation = _organisation(request, slug)
    require(can_confirm_members(request.user, organisation), NOT_YOURS)
    page = page_of(request, living_memberships(organisation))
    lines = [(membership, RoleForm(membership=membership)) for membership in page]
    context = {"organisation": organisation, "page": page, "lines": lines}
    context["can_hand_over"] = can_hand_over_work(request.user, organisation)
    return render(request, "councils/members.html", context)


def _membership(request: SignedInRequest, slug: str, membership_id: int) -> Membership:
    """The membership with this id, of this council only."""
    found = visible_memberships(request.user).select_related("organisation", "person")
    return get_object_or_404(found, pk=membership_id, organisation__slug=slug)


def _onward(request: SignedInRequest, membership: Membership) -> str:
    """The page that the form names as `next`, else the members page if still allowed, else the profile."""
    organisation = membership.organisation
    if onward := way_back(request):
        return onward
    if can_confirm_members(request.user, organisation):
        return reverse("councils:members", args=[organisation.slug])
    return organisation.get_absolute_url()


def _role(membership: Membership) -> str:
    return membership.get_role_display().partition(":")[0].lower()


@allow(signed_in)
@require_POST
def confirm(request: SignedInRequest, slug: str, membership_id: int) -> HttpResponse:
    membership = _membership(request, slug, membership_id)

    def confirm_as(asked: Membership, *, by: User, role: str) -> Membership:
        # Left as it was asked for, the operation may make the first person of a council its lead.
        return operations.confirm_membership(asked, by=by, role=None if role == asked.role else role)

    return pressed(
        request,
        confirm_as,
        membership,
        form=RoleForm(request.POST, membership=membership),
        said=lambda confirmed: f"{confirmed.person} is confirmed as {_role(confirmed)}.",
        to=lambda confirmed: _onward(request, confirmed),
    )


@allow(signed_in)
@require_POST
def change_role(request: SignedInRequest, slug: str, membership_id: int) -> HttpResponse:
    membership = _membership(request, slug, membership_id)
    return pressed(
        request,
        operations.change_role,
        membership,
        form=RoleForm(request.POST, membership=membership),
        said=lambda changed: f"{changed.person} is now {_role(changed)}.",
        to=lambda changed: _onward(request, changed),
    )


@allow(signed_in)
@require_POST
def end(request: SignedInRequest, slug: str, membership_id: int) -> HttpResponse:
    membership = _membership(request, slug, membership_id)
    said = f"{membership.person} no longer acts for this organisation."
    return pressed(request, operations.end_membership, membership, said=said, to=lambda ended: _after(request, ended))


def _after(request: SignedInRequest, ended: Membership) -> str:
    """Where something is still in the name of whoever left, the page on which it is handed over."""
    organisation = ended.organisation
    if can_hand_over_work(request.user, organisation) and in_the_name_of(ended.person, organisation):
        return reverse("councils:hand_over", args=[organisation.slug, ended.person_id])
    return _onward(request, ended)


@allow(signed_in)
@require_POST
def affirm(request: SignedInRequest, slug: str, membership_id: int) -> HttpResponse:
    """Affirm one's own membership for another year; back to the page that asked."""
    own = request.user.memberships.select_related("organisation", "person")
    membership = get_object_or_404(own, pk=membership_id, organisation__slug=slug)
    said = f"Thank you. You act for {membership.organisation} for another year."
    return pressed(request, operations.affirm_membership, membership, said=said, to=way_back(request) or "account")


@allow(signed_in)
@require_POST
def may_be_asked(request: SignedInRequest, slug: str, membership_id: int) -> HttpResponse:
    """Give or withdraw one's own consent to be asked by name."""
    own = request.user.memberships.select_related("organisation", "person")
    membership = get_object_or_404(own, pk=membership_id, organisation__slug=slug)
    form = MayBeAskedForm(request.POST, membership=membership)
    agrees = form.is_valid() and form.cleaned_data["may_be_asked"]
    operation = operations.put_name_down if agrees else operations.take_name_off
    said = f"Your name is {'' if agrees else 'not '}down as somebody to ask about {membership.organisation}."
    return pressed(request, operation, membership, said=said, to=membership.organisation)


@allow(may_manage_people, because="Only the secretariat, with a second factor set up, sees everyone who waits.")
def waiting(request: SignedInRequest) -> HttpResponse:
    """Everyone who waits to be confirmed anywhere, the longest first."""
    page = page_of(request, waiting_memberships().exclude(person=request.user))
    context = {"page": page, "lines": [member_line(membership) for membership in page]}
    return render(request, "councils/waiting.html", context)
