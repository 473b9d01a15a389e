"""How case studies behave beyond their fields: the list as CSV, and what a council sees and may do in the admin."""

import json
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from core.csv import csv_response
from publishing.evidence import evidence_level
from publishing.models import CaseStudyIndexPage, CaseStudyPage
from publishing.permissions import can_withdraw_case_study, case_studies_behind_the_scenes, is_editor
from publishing.queries import Filters, case_studies

COLUMNS = (
    "Title",
    "Council",
    "Service",
    "Day",
    "Measure",
    "Unit",
    "Before",
    "Before: day",
    "Before: n",
    "After",
    "After: day",
    "After: n",
    "About the figures",
    "Checked by",
    "Evidence",
    "Address",
)
# What of Wagtail's menu is of use to somebody who writes case studies for a council.
CONTRIBUTORS_MENU = {"explorer"}


@hooks.register("before_serve_page")
def serve_list_as_csv(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """`?format=csv` gives the list of case studies as a table, with the same filters."""
    if not isinstance(page, CaseStudyIndexPage) or request.GET.get("format") != "csv":
        return None
    filters = Filters.read(request.GET)
    here = request.build_absolute_uri(page.get_url(request))
    rows = (
        (
            study.title,
            study.council.full_name,
            study.service.name if study.service else "",
            study.day.isoformat() if study.day else "",
            study.measure,
            study.after_unit or study.before_unit,
            *_figure_cells(study, "before"),
            *_figure_cells(study, "after"),
            study.figures_note,
            f"{study.checked_by}, {study.checker_organisation}" if study.checker_organisation else "",
            str(evidence_level(study)),
            f"{here}{study.slug}/",
        )
        for study in case_studies(request.user, filters)
    )
    return csv_response("Case studies", COLUMNS, rows, filters=str(filters), name="case-studies")


def _figure_cells(study: CaseStudyPage, name: str) -> tuple[str, str, str]:
    """A figure, its day and its base."""
    value, day, n = (getattr(study, field) for field in (name, f"{name}_on", f"{name}_n"))
    return ("" if value is None else str(value), day.isoformat() if day else "", "" if n is None else str(n))


@hooks.register("before_edit_page")
def refuse_what_the_form_never_sends(request: HttpRequest, page: Any) -> None:
    """Two hidden values of the form that Wagtail reads unchecked: anything else in them is no request of its own."""
    extra = request.POST.get("workflow-action-extra-data", "{}")
    version = request.POST.get("overwrite_revision_id") or "0"
    try:
        said = json.loads(extra)
    except (ValueError, RecursionError):
        said = None
    is_said = isinstance(said, dict) and all(isinstance(words, str) for words in said.values())
    if not is_said or not (version.isdecimal() and version.isascii() and len(version) < 19):
        raise BadRequest("The form was not sent by its own page.")


@hooks.register("register_page_header_buttons")
def offer_withdrawal(page: Any, user: Any, view_name: str, next_url: str | None = None) -> list[Button]:
    page = page.specific
    if not isinstance(page, CaseStudyPage) or not page.live or page.is_withdrawn:
        return []
    if not can_withdraw_case_study(user, page):
        return []
    address = reverse("publishing:withdraw", args=[page.slug])
    return [Button("Withdraw", address, icon_name="bin", priority=70)]


@hooks.register("before_copy_page")
def copy_what_one_may_edit(request: HttpRequest, page: Any) -> None:
    """Wagtail asks about the bare page here; ask about the case study. A live alias would pass the workflow by."""
    specific = page.specific
    if isinstance(specific, CaseStudyPage):
        if not specific.permissions_for_user(request.user).can_copy():
            raise PermissionDenied
        if request.POST.get("alias") and not (request.user.is_superuser or is_editor(request.user)):
            raise PermissionDenied


@hooks.register("construct_page_chooser_queryset")
def choose_what_one_may_see(pages: QuerySet, request: HttpRequest) -> QuerySet:
    """A link may point at what is on the site, or at one's own council's drafts."""
    if request.user.is_superuser or is_editor(request.user):
        return pages
    own = case_studies_behind_the_scenes(request.user).values("pk")
    return pages.filter(live=True) | pages.filter(pk__in=own)


@hooks.register("construct_main_menu")
def leave_contributors_what_they_use(request: HttpRequest, items: list[MenuItem]) -> None:
    if not (request.user.is_superuser or is_editor(request.user)):
        items[:] = [item for item in items if item.name in CONTRIBUTORS_MENU]
