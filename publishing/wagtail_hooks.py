"""How case studies and news behave beyond their fields: tables as CSV, and what a council sees of the admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks

from core.csv import csv_response
from publishing.evidence import evidence_level
from publishing.models import CaseStudyIndexPage
from publishing.queries import Filters, case_studies


@hooks.register("before_serve_page")
def serve_list_as_csv(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """`?format=csv` gives the list of case studies as a table, with the same filters."""
    if not isinstance(page, CaseStudyIndexPage) or request.GET.get("format") != "csv":
        return None
    filters = Filters.read(request.GET)
    rows = (
        (
            study.title,
            study.council.full_name,
            study.service.name if study.service else "",
            study.day.isoformat() if study.day else "",
            study.measure,
            study.baseline,
            study.result,
            study.measured_on.isoformat() if study.measured_on else "",
            study.measured_n,
            str(evidence_level(study)),
            request.build_absolute_uri(f"{page.get_url(request)}{study.slug}/"),
        )
        for study in case_studies(request.user, filters)
    )
    columns = (
        "Title",
        "Council",
        "Service",
        "Day",
        "Measure",
        "Before",
        "After",
        "Measured",
        "On",
        "Evidence",
        "Address",
    )
    return csv_response("Case studies", columns, rows, filters=str(filters), name="case-studies")
