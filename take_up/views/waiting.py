"""What waits for those who decide."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.http import SignedInRequest
from assets_registry.inbox import entries_waiting
from core.permissions import allow
from take_up.inbox import adoptions_waiting, commitments_waiting
from take_up.permissions import can_see_waiting


@allow(can_see_waiting, because="Only publishers, leads, Alliance editors and the secretariat have a queue here.")
def waiting(request: SignedInRequest) -> HttpResponse:
    """What waits for this reader: entries to publish, adoptions and commitments to confirm."""
    context = {
        "entries": entries_waiting(request.user, most=100),
        "adoptions": adoptions_waiting(request.user, most=100),
        "commitments": commitments_waiting(request.user, most=100),
    }
    return render(request, "take_up/waiting.html", context)
