"""Saving a search under a name; the list of one's own."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed
from core.permissions import allow, signed_in
from outbox.models import Pace
from outbox.queries import paces_of
from search import presenting
from search.asking import SearchQuery
from search.documents import KINDS
from search.saved import operations
from search.saved.emails import newly_found
from search.saved.forms import NameForm
from search.saved.models import SavedSearch
from search.saved.queries import saved_by


@allow(signed_in)
def save(request: SignedInRequest) -> HttpResponse:
    """Save the search that the address holds."""
    asked = SearchQuery.from_query(request.GET)
    if asked.is_empty:
        return redirect("search:search")
    labels = [each["label"] for each in presenting.chosen_filters(asked)]
    words = [asked.q, KINDS[asked.kind][1] if asked.kind else "", *labels]
    form = NameForm(posted(request), initial={"name": ", ".join(word for word in words if word)[:80]})

    def said(made: SavedSearch) -> str:
        return f"“{made}” is saved. On Mondays we write to you if it finds something new."

    if done := answered(request, form, operations.save_search, asked, said=said, to="search:saved"):
        return done
    context: dict[str, Any] = {"form": form, "asked": asked, "labels": labels}
    return render(request, "search/saved/save.html", context)


@allow(signed_in)
def saved(request: SignedInRequest) -> HttpResponse:
    """One's saved searches."""
    is_off = paces_of(request.user)[newly_found.name] == Pace.OFF
    return render(request, "search/saved/saved.html", {"searches": saved_by(request.user), "is_off": is_off})


@allow(signed_in)
@require_POST
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    search = get_object_or_404(SavedSearch, pk=pk, person=request.user)
    return pressed(request, operations.delete_search, search, said=f"“{search}” is deleted.", to="search:saved")
