"""The page of the audit trail, for staff: read and filtered, never changed."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render

from audit import words
from audit.forms import TrailFilter
from audit.models import AuditEvent
from audit.owners import done_by, owners_of
from audit.permissions import may_read_trail, visible_lines
from audit.queries import actions_named
from core.filters import not_understood_of
from core.pagination import page_of
from core.permissions import allow
from core.tables import Table, chunks_of, format_not_understood, table_response, wants_table

# More lines help nobody, on paper or page by page; the days narrow them.
MOST_LINES = 10_000
FOR_PROGRAMS = ("When", "Who", "What", "About", "Record", "Details", "Request")


def _filtered(user: Any, chosen: dict[str, Any]) -> QuerySet[AuditEvent]:
    lookups = {
        "kind": "about_kind",
        "key": "about_key",
        "from_day": "at__date__gte",
        "to_day": "at__date__lte",
    }
    conditions = {lookups[name]: value for name, value in chosen.items() if name in lookups}
    if action := chosen.get("action"):
        conditions["action__in"] = actions_named(action)
    found = visible_lines(user).filter(**conditions).select_related("by")
    return found.filter(done_by(chosen["person"])) if "person" in chosen else found


def _narrowed_to(chosen: dict[str, Any], query: QueryDict, lines: list[AuditEvent]) -> list[tuple[str, str]]:
    """The filters that a line's link set, in words, each with the address of the trail without it."""
    wide = []
    for name, others in (("person", ()), ("key", ("kind",))):
        if name not in chosen:
            continue
        rest = query.copy()
        for each in (name, "page", *others):
            rest.pop(each, None)
        wide.append((_called(name, chosen, lines), f"?{rest.urlencode()}"))
    return wide


def _called(name: str, chosen: dict[str, Any], lines: list[AuditEvent]) -> str:
    """“What Amina Shah did”, “What happened to Harlow”, with the name from the lines found."""
    if name == "person":
        who = words.who_did(lines[0], owners_of(lines[:1])) if lines else "an account without lines"
        return f"What {who} did"
    about = words.cells(lines[0], words.people_of(lines[:1]), {})[3] if lines else ""
    called = (about[0] if isinstance(about, tuple) else about) or "a record without lines"
    return f"What happened to {called}"


def _for_programs(line: AuditEvent, owners: dict[str, Any]) -> tuple[object, ...]:
    who = str(words.who_did(line, owners))
    return (
        line.at,
        who,
        line.action,
        line.about,
        f"{line.about_kind} {line.about_key}".strip(),
        json.dumps(line.details, ensure_ascii=False) if line.details else "",
        line.request_id,
    )


def _rows(found: QuerySet[AuditEvent]) -> Iterator[tuple[object, ...]]:
    for chunk in chunks_of(found[:MOST_LINES]):
        owners = owners_of(chunk)
        yield from (_for_programs(line, owners) for line in chunk)


def _table(found: QuerySet[AuditEvent], filters: str) -> Table:
    return Table(
        name="audit-trail",
        title="Audit trail",
        is_personal=True,
        columns=FOR_PROGRAMS,
        rows=_rows(found),
        filters=filters or f"the latest {MOST_LINES:,}",
    )


@allow(may_read_trail, because="Only the secretariat reads the audit trail.")
def trail(request: HttpRequest) -> HttpResponseBase:
    """The audit trail: who did what, to what, when; the latest first."""
    form = TrailFilter(request.GET)
    form.is_valid()
    strange = not_understood_of(form) + format_not_understood(request.GET)
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    found = _filtered(request.user, chosen)
    if wants_table(request):
        said = [f"{form.fields[name].label}: {value}" for name, value in chosen.items()]
        said += [f"not understood: {words}" for words in strange]
        return table_response(request, _table(found, "; ".join(said)))
    page = page_of(request, found, size=50, most=MOST_LINES)
    people, owners = words.people_of(page), owners_of(page)
    context = {
        "form": TrailFilter(initial=chosen),
        "page": page,
        "strange": strange,
        "narrowed": _narrowed_to(chosen, request.GET, list(page)),
        "columns": words.COLUMNS,
        "rows": [words.cells(line, people, owners) for line in page],
        "address": "?" + request.GET.urlencode(),
    }
    return render(request, "audit/trail.html", context)
