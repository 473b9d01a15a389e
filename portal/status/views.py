"""Liveness and readiness, for machines; how the site is, for people."""

from functools import cache

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from core import clock
from core.permissions import allow, anyone
from core.words import counted
from portal.queue.permissions import can_see_queue
from portal.status import health
from portal.status.engines import MOST_COUNTED, EngineState, engine_states, in_use

_STATES = {"ok": "Works", "degraded": "Needs a look", "failed": "Does not work"}


@allow(anyone)
def healthz(request: HttpRequest) -> JsonResponse:
    """Liveness: 200 without any check."""
    return JsonResponse({"status": "ok"})


@allow(anyone)
def readyz(request: HttpRequest) -> HttpResponse:
    """Readiness: one line per part; 200 while the site can serve, 503 when it cannot."""
    parts = health.parts()
    is_ready = not any(part.state == "failed" for part in parts)
    lines = "".join(f"{part}\n" for part in parts)
    return HttpResponse(lines, status=200 if is_ready else 503, content_type="text/plain; charset=utf-8")


@allow(can_see_queue, because="Only editors and the secretariat see how the site is.")
@require_safe
def site_status(request: SignedInRequest) -> HttpResponse:
    """How each part of the site is and what the search engines hold, as `readyz` says it to machines."""
    asked = cache(engine_states)  # each engine is asked once
    parts, engines = health.parts(asked), asked()
    context = {
        "needs_a_look": [part for part in parts if part.state != "ok"],
        "part_columns": ["Part", "How it is", "What it says"],
        "part_rows": [[part.name.capitalize(), _STATES[part.state], capfirst(part.words)] for part in parts],
        "engine_columns": [
            "Engine", "Answers searches", ("Public documents", "numeric"), ("Changes not followed yet", "numeric"),
            "The oldest has waited",
        ],
        "engine_rows": [_row(state, in_use(engines)) for state in engines],
        "looked_at": clock.now(),
    }  # fmt: skip
    return render(request, "portal/status.html", context)


def _row(state: EngineState, used: EngineState | None) -> list[object]:
    answers = "Yes" if state == used else f"No: it {state.problem}" if state.problem else "Only if the other does not"
    waited = counted(state.seconds, "second") if state.behind else "Nothing waits"
    behind = state.behind if state.behind <= MOST_COUNTED else f"More than {MOST_COUNTED:,}"
    return [state.name.capitalize(), answers, state.documents, behind, waited]
