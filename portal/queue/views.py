"""The page of the queue, and its two buttons."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core import clock
from core.answering import pressed
from core.numbers import HIGHEST_KEY
from core.permissions import allow
from portal.queue import operations
from portal.queue.attention import attention_for
from portal.queue.permissions import can_see_queue
from portal.queue.queries import queue_of
from portal.queue.sources import BY_KIND
from publishing.permissions import can_bundle

FOR_STAFF = "Only editors and the secretariat see the queue."


@allow(can_see_queue, because=FOR_STAFF)
def queue(request: SignedInRequest) -> HttpResponse:
    """What waits for somebody anywhere on the site, the longest wait first, and what needs care."""
    asked = request.GET.get("kind", "")
    found = queue_of(request.user, asked if asked in BY_KIND and BY_KIND[asked].is_seen_by(request.user) else "")
    tabs = [{"text": "All", "href": reverse("queue"), "count": found.total, "current": not found.kind}]
    tabs += [
        {"text": source.name, "href": f"?kind={source.kind}", "count": count, "current": source.kind == found.kind}
        for source, count in found.counts
    ]
    return render(
        request,
        "portal/queue/queue.html",
        {
            "queue": found,
            "tabs": tabs,
            "attention": attention_for(request.user),
            "counted_on": clock.today(),
            "can_bundle": can_bundle(request.user),
        },
    )


@allow(can_see_queue, because=FOR_STAFF)
@require_POST
def take(request: SignedInRequest, kind: str, key: int) -> HttpResponse:
    said = "You have taken it. Others see that."
    return pressed(request, operations.take_from_queue, kind, min(key, HIGHEST_KEY), said=said, to="queue")


@allow(can_see_queue, because=FOR_STAFF)
@require_POST
def give_back(request: SignedInRequest, kind: str, key: int) -> HttpResponse:
    said = "It waits for somebody else again."
    return pressed(request, operations.give_back_to_queue, kind, min(key, HIGHEST_KEY), said=said, to="queue")
