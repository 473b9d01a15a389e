"""The register of needs: the list, raising one, and a need's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_safe

from accounts.http import SignedInRequest
from core.answering import answered, posted
from core.listing import listed
from core.permissions import allow, anyone
from core.text import clean_line
from councils.permissions import contributes
from projects.needs import operations
from projects.needs.forms import RaiseNeedForm
from projects.needs.lists import NEEDS
from projects.needs.models import Need
from projects.needs.permissions import can_raise_need, visible_needs
from projects.needs.reach import why_not_counted
from projects.needs.similarity import similar_needs
from projects.needs.views.page import need_page

CONTRIBUTORS = "Only people whom a council has confirmed as contributors raise and join needs."


@allow(anyone)
@require_safe
def need_list(request: HttpRequest) -> HttpResponse:
    return listed(request, NEEDS, "projects/need_list.html", can_raise=can_raise_need(request.user))


@allow(anyone)
@require_GET
def need_similar(request: HttpRequest) -> HttpResponse:
    """A fragment with similar needs, for the script while somebody types; without one it appears before saving."""
    words = clean_line(request.GET.get("q", "")[:2000])
    found = similar_needs(visible_needs(request.user), words)
    return render(request, "projects/need_similar.html", {"similar": found})


@allow(contributes, because=CONTRIBUTORS)
def need_new(request: SignedInRequest) -> HttpResponse:
    """Raise a need. Where similar ones are open, they are shown before anything is saved."""
    title = clean_line(request.GET.get("title", ""))[:120]
    form = RaiseNeedForm(posted(request), user=request.user, initial={"title": title})
    words = title
    if form.is_valid():
        words = "" if "anyway" in request.POST else f"{form.cleaned_data['title']} {form.cleaned_data['what']}"
    similar = similar_needs(visible_needs(request.user), words) if words else []
    asked = bool(similar) and form.is_valid()
    if not asked and (done := answered(request, form, operations.raise_need, said=_raised)):
        return done
    context = {"form": form, "similar": similar, "asked": asked}
    return render(request, "projects/need_form.html", context)


def _raised(need: Need) -> str:
    why_not = why_not_counted(need.council, need)
    first = f"{need.council} counts as the first council with this need."
    return f"Raised. {f'{why_not} It is not counted.' if why_not else first}"


def find_need(request: HttpRequest, slug: str) -> Need:
    related = ("council", "service", "discovery", "discovery__department", "merged_into", "raised_by")
    return get_object_or_404(visible_needs(request.user).select_related(*related), slug=slug)


@allow(anyone)
@require_safe
def need(request: HttpRequest, slug: str) -> HttpResponse:
    return need_page(request, find_need(request, slug))
