"""The trail, for staff: read and filtered, never changed."""

import json
import re
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from audit import words
from audit.forms import TrailFilter
from audit.models import AuditEvent
from audit.permissions import may_read_trail, visible_lines
from core.csv import csv_response
from core.pagination import page_of
from core.permissions import door

# A spreadsheet of more lines helps nobody; the days narrow it.
MOST_LINES = 10_000


def _filtered(user: Any, chosen: dict[str, Any]) -> QuerySet[AuditEvent]:
    lookups = {
        "kind": "about_kind",
        "key": "about_key",
        "person": "by_id",
        "from_day": "at__date__gte",
        "to_day": "at__date__lte",
    }
    conditions = {lookups[name]: value for name, value in chosen.items() if name in lookups}
    return visible_lines(user).filter(_done(chosen.get("action", "")), **conditions).select_related("by")


def _done(action: str) -> Q:
    """Words of the deed, as the page shows them, or how the action begins, as programs and links say it: `events.`."""
    if "." in action:
        return Q(action__startswith=action)
    return Q(action__contains=re.sub(r"[\s-]+", "_", action.lower())) if action else Q()


def _for_programs(line: AuditEvent) -> tuple[object, ...]:
    return (
        f"{timezone.localtime(line.at):%Y-%m-%d %H:%M:%S}",
        str(line.by) if line.by else "the portal",
        line.action,
        line.about,
        f"{line.about_kind} {line.about_key}".strip(),
        json.dumps(line.details, ensure_ascii=False) if line.details else "",
        line.request_id,
    )


@door(may_read_trail, because="Only the secretariat reads the audit trail.")
def trail(request: HttpRequest) -> HttpResponse:
    """Who did what, to what, when: the latest first."""
    form = TrailFilter(request.GET)
    form.is_valid()
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    found = _filtered(request.user, chosen)
    columns = ["When", "Who", "What", "About", "Record", "Details", "Request"]
    if request.GET.get("format") == "csv":
        rows = (_for_programs(line) for line in found[:MOST_LINES])
        filters = ", ".join(f"{name}={value}" for name, value in chosen.items()) or f"the latest {MOST_LINES:,}"
        return csv_response("Audit trail", columns, rows, filters=filters, name="audit-trail")
    query = request.GET.copy()
    query["format"] = "csv"
    page = page_of(request, found, size=50)
    context = {
        "form": TrailFilter(initial=chosen),
        "page": page,
        "columns": columns[:-1],
        "rows": [words.cells(line) for line in page],
        "csv_url": "?" + query.urlencode(),
    }
    return render(request, "audit/trail.html", context)
