"""A new promise, and the former address of the ledger."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.http import SignedInRequest
from core.answering import answered, posted, turned_back
from core.numbers import whole_number
from core.permissions import allow, anyone, require, signed_in
from projects.models import Project
from projects.portfolio.permissions import visible_projects
from take_up import operations
from take_up.forms import ClaimForm
from take_up.models import Adoption
from take_up.operations.benefit import refuse_promise_of_what_waits
from take_up.permissions import can_claim_for, visible_adoptions

# What a state was called at the former address.
_FORMER = {"claimed": "not_checked", "confirmed": "kept", "not_reached": "not_kept"}


@allow(anyone)
def benefits(request: HttpRequest) -> HttpResponse:
    """Redirect to the ledger with the same filters."""
    query = request.GET.copy()
    if "state" in query:
        query.setlist("state", [_FORMER.get(state, state) for state in query.getlist("state")])
    return redirect(reverse("promises:promises") + (f"?{query.urlencode()}" if query else ""))


@allow(signed_in)
def claim(request: SignedInRequest) -> HttpResponse:
    """A new promise of `?project=` or `?adoption=`."""
    owner = _owner(request)
    require(can_claim_for(request.user, owner), "Only the project's lead or the adopting council can claim this.")
    about, of = (owner, {"project": owner}) if isinstance(owner, Project) else (owner.asset, {"adoption": owner})
    if away := turned_back(request, refuse_promise_of_what_waits, owner, to=about):
        return away
    form = ClaimForm(posted(request))
    said = "Written down as a promise. Somebody else will check what became of it."
    done = answered(request, form, partial(operations.claim_benefit, **of), said=said, to=about)
    return done or render(request, "take_up/claim.html", {"form": form, "about": about})


def _owner(request: SignedInRequest) -> Project | Adoption:
    if slug := request.GET.get("project", "").replace("\0", "")[:80]:
        return get_object_or_404(visible_projects(request.user).select_related("lead_council"), slug=slug)
    key = whole_number(request.GET.get("adoption", ""))
    if key is None:
        raise Http404("A promise belongs to a project or an adoption.")
    return get_object_or_404(visible_adoptions(request.user).select_related("asset", "council"), pk=key)
