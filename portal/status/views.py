"""Liveness and readiness, for machines."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from core.permissions import allow, anyone
from portal.status import health


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
